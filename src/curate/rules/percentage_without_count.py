"""E04."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from curate.document import number_text
from curate.kinds.study import Study
from curate.parts.result import Result
from curate.results import results
from curate.rounding import highest, lowest
from curate.rule import Problem, rule


@rule("E04", completeness=True, needs=("outcomes, adverse_events: percent, no count",))
def percentage_without_count(study: Study) -> Iterator[Problem]:
    """Require the count behind every percentage.

    A percentage hides how few it is of: 67 % are two of three as well as 46 of 69. Where only one
    count fits what is printed, it can be written and listed as derived.

    Formula: count = percent · analysed / 100, where one whole number alone rounds to the
    percentage.

    Applies to every outcome and adverse event with a percentage. Danger: a source that prints the
    percentage only; waive it and say so. Source: the record format.

    Bad:

    ```yaml
    # records/studies/jeanmonod-1994.yaml
    id: jeanmonod-1994
    title: Medial thalamotomy in 69 people with neurogenic pain
    status: in_review
    pmid: 8016511
    design: case-series
    adverse_events_reported: not-reported
    follow_up:
      planned: 12 mo
    groups:
      - id: all
        label: All treated patients
        enrolled: 69
    outcomes:
      - id: relief
        title: Half or more of the pain relieved
        group: all
        follow_up: study
        analysed: 69
        percent: 67
    #            ^ percentage-without-count
    ```

    Good:

    ```yaml
    # records/studies/jeanmonod-1994.yaml
    id: jeanmonod-1994
    title: Medial thalamotomy in 69 people with neurogenic pain
    status: in_review
    pmid: 8016511
    design: case-series
    adverse_events_reported: not-reported
    follow_up:
      planned: 12 mo
    groups:
      - id: all
        label: All treated patients
        enrolled: 69
    outcomes:
      - id: relief
        title: Half or more of the pain relieved
        group: all
        follow_up: study
        analysed: 69
        count: 46
        percent: 67
        derived:
          - count
    ```
    """
    for where, result in results(study):
        if result.percent is not None and result.count is None:
            yield Problem(
                (*where, "percent"),
                f"{number_text(result.percent)} % is given without how many that are.",
                _advice(result),
            )


def _advice(result: Result) -> str:
    printed = "Add `count:` with the number printed."
    if result.percent is None or not result.analysed or result.hedge is not None:
        return f"{printed} If the source prints none, add a waiver with the reason."
    share = Fraction(result.analysed, 100)
    first, last = ceil(lowest(result.percent) * share), floor(highest(result.percent) * share)
    if first == last:
        return (
            f"{printed} If the source prints none: of {result.analysed}, only {first} gives this "
            f"percentage; write `count: {first}` and list `count` below `derived:`."
        )
    return f"{printed} If the source prints none, add a waiver with the reason."
