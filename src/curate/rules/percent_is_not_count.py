"""N03."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import floor

from curate.document import number_text
from curate.finding import Where
from curate.kinds.study import Study
from curate.results import results
from curate.rule import Problem, rule
from curate.statistics.roots import share_text
from curate.statistics.shares import counts, denominators

Number = int | Decimal


@rule("N03", needs=("outcomes, adverse_events: percent",))
def percent_is_not_count(study: Study) -> Iterator[Problem]:
    """Refuse a percentage that cannot come from its count and denominator.

    One of the three is wrong, or the percentage is of another denominator. Every way of rounding is
    allowed for, and cutting off as well.

    Formula: p - u/2 ≤ 100 · count / analysed < p + u, where u is one unit of the last printed digit
    of p: half a unit below is rounded up to it, and anything up to the next number is cut off to
    it. Without a count, some whole number must fit.

    Applies where the percentage and `analysed` are given, and the figures are exact: not where the
    source says `about`, and not of events. Danger: a percentage of another denominator, such as of
    those who answered. Source: GRIM, Brown and Heathers 2017, for percentages.

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
        fitting = counts(percent, n)
        if count is None:
            if not fitting:
                yield _no_count((*where, "percent"), percent, n)
        elif count not in fitting:
            yield _another((*where, "percent"), percent, n, count)


def _no_count(where: Where, percent: Number, n: int) -> Problem:
    below = floor(Fraction(percent) * n / 100)
    near = " and ".join(
        f"{count} would be {_shown(count, n, percent)} %"
        for count in (below, below + 1)
        if count <= n
    )
    return Problem(
        where, f"No whole number of {n} is {number_text(percent)} %: {near}.", f"Check both. {_OF}"
    )


def _another(where: Where, percent: Number, n: int, count: int) -> Problem:
    shown = number_text(percent)
    return Problem(
        where,
        f"{count} of {n} are {_shown(count, n, percent)} %, not {shown} %: "
        f"{_fitting(percent, n, count)}.",
        f"Check the three numbers. {_OF}{_whole(percent, n, count)}",
    )


_OF = (
    "If the percentage is of another denominator, write that one as `analysed:`; if it is "
    "printed so, add a waiver that says it."
)


def _fitting(percent: Number, n: int, count: int) -> str:
    """Say which counts give the percentage, or that none does and which comes nearest."""
    fitting = counts(percent, n)
    if len(fitting) == 1:
        return f"{fitting[0]} of {n} would fit"
    if fitting:
        return f"{fitting[0]} to {fitting[-1]} of {n} would fit"
    near = min(n, floor(Fraction(percent) * n / 100 + Fraction(1, 2)))
    none = f"no count of {n} is {number_text(percent)} %"
    if near == count:
        return f"{none}, and {count} comes nearest"
    return f"{none}; {near} comes nearest, with {_shown(near, n, percent)} %"


def _whole(percent: Number, n: int, count: int) -> str:
    """Say of which denominators the count would be the percentage, where these are few."""
    wholes = denominators(percent, count) if percent else range(0)
    if not wholes or len(wholes) > _FEW or wholes[0] > 2 * n:
        return ""
    listed = f"{wholes[0]}" if len(wholes) == 1 else f"{wholes[0]} to {wholes[-1]}"
    return f" {count} would be {number_text(percent)} % of {listed}."


_FEW = 10


def _shown(count: int, n: int, percent: Number) -> str:
    """Show a share in per cent, with a digit more where it would look like the printed one."""
    exact = Fraction(100 * count, n)
    decimals = max(2, len(number_text(percent).partition(".")[2]))
    shown = share_text(exact, decimals)
    return shown if Decimal(shown) != percent else share_text(exact, decimals + 1)
