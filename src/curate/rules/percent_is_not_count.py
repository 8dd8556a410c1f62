"""N03."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from curate.document import number_text
from curate.kinds.study import Study
from curate.results import results
from curate.rounding import last_place, lowest
from curate.rule import Problem, rule


@rule("N03", needs=("percent",))
def percent_is_not_count(study: Study) -> Iterator[Problem]:
    """Refuse a percentage that cannot come from its count and denominator.

    One of the three is wrong, or the percentage is of another denominator. Every way of rounding
    is allowed for, and cutting off as well; without a count, some whole number must fit. Said only
    of exact figures: not where the source says `about`, and not of events.

    Bad:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: with-counts
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    follow_up:
      mean: 25.4
      unit: mo
    adverse_events:
      - id: temporary
        title: Any temporary adverse event
        group: all
        follow_up: study
        analysed: 171
        count: 28
        percent: 14.6
    #            ^ percent-is-not-count
    ```

    Good:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: with-counts
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    follow_up:
      mean: 25.4
      unit: mo
    adverse_events:
      - id: temporary
        title: Any temporary adverse event
        group: all
        follow_up: study
        analysed: 171
        count: 28
        percent: 16.4
    ```
    """
    for where, result in results(study):
        percent, n, count = result.percent, result.analysed, result.count
        if percent is None or not n or result.hedge == "about" or result.counted == "events":
            continue
        if count is not None and count > n:
            continue  # that is count-exceeds-denominator's
        share = Fraction(100, n)
        # From the half below, rounded up, to just under the next number, cut off.
        low, high = lowest(percent), Fraction(percent) + last_place(percent)
        if count is None:
            if ceil(low / share) * share >= high:
                yield _no_count(where, number_text(percent), n, floor(low / share))
        elif not low <= count * share < high:
            yield Problem(
                (*where, "percent"),
                f"{count} of {n} are {_shown(count * share)} %, not {number_text(percent)} %.",
                "Check the three numbers. If the percentage is of another denominator, write that "
                "one as `analysed:`.",
            )


def _no_count(where: tuple[str | int, ...], percent: str, n: int, below: int) -> Problem:
    share = Fraction(100, n)
    near = " and ".join(
        f"{count} would be {_shown(count * share)} %" for count in (below, below + 1) if count <= n
    )
    return Problem(
        (*where, "percent"),
        f"No whole number of {n} is {percent} %: {near}.",
        "Check both numbers. If the percentage is of another denominator, write that one as "
        "`analysed:`.",
    )


def _shown(share: Fraction) -> str:
    """Show a percentage to two decimals, rounded half up."""
    return str(Decimal(floor(share * 100 + Fraction(1, 2))).scaleb(-2))
