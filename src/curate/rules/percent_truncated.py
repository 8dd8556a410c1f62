"""N04."""

from collections.abc import Iterator
from fractions import Fraction

from curate.document import number_text
from curate.finding import Severity
from curate.kinds.study import Study
from curate.results import results
from curate.rounding import highest, last_place
from curate.rule import Problem, rule


@rule("N04", severity=Severity.WARNING, needs=("outcomes, adverse_events: percent",))
def percent_truncated(study: Study) -> Iterator[Problem]:
    """Warn of a percentage that was cut off rather than rounded.

    Some papers do that, so it may be right as printed; more often a digit was misread.

    Formula: p + u/2 < 100 · count / analysed < p + u, where u is one unit of the last printed digit
    of p.

    Applies where count, `analysed` and percentage are given and no rounding gives the percentage.
    Danger: a paper that cuts off throughout; waive it once for all its outcomes. Source: the
    conventions of rounding.

    Bad:

    ```yaml
    # records/studies/scs-leg-pain-1994.yaml
    id: scs-leg-pain-1994
    title: Spinal cord stimulation for leg pain in 116 people
    status: in_review
    pmid: 8142944
    design: retrospective-cohort
    adverse_events_reported: not-reported
    follow_up:
      mean: 47
      unit: mo
    groups:
      - id: implanted
        label: People who received a permanent implant
        enrolled: 84
    outcomes:
      - id: less-medication
        title: Took less medication
        group: implanted
        follow_up: study
        analysed: 84
        count: 77
        percent: 91
    #            ^ percent-truncated
    ```

    Good:

    ```yaml
    # records/studies/scs-leg-pain-1994.yaml
    id: scs-leg-pain-1994
    title: Spinal cord stimulation for leg pain in 116 people
    status: in_review
    pmid: 8142944
    design: retrospective-cohort
    adverse_events_reported: not-reported
    follow_up:
      mean: 47
      unit: mo
    groups:
      - id: implanted
        label: People who received a permanent implant
        enrolled: 84
    outcomes:
      - id: relief-50
        title: Half or more of the pain relieved
        group: implanted
        follow_up: study
        analysed: 84
        count: 45
        percent: 54
    ```
    """
    for where, result in results(study):
        percent, n, count = result.percent, result.analysed, result.count
        if percent is None or count is None or not n or count > n:
            continue
        if result.hedge == "about" or result.counted == "events":
            continue
        exact = Fraction(100 * count, n)
        if highest(percent) < exact < Fraction(percent) + last_place(percent):
            yield Problem(
                (*where, "percent"),
                f"{count} of {n} are rounded up, and {number_text(percent)} % is rounded down.",
                "Check the number; if the source prints it so, leave it and add a waiver.",
            )
