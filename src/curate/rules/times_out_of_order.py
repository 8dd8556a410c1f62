"""N34."""

from collections.abc import Iterator
from fractions import Fraction

from curate.duration import in_days
from curate.finding import Severity
from curate.kinds.study import Study
from curate.rule import Problem, rule


@rule(
    "N34",
    severity=Severity.WARNING,
    needs=("outcomes: measure, follow_up",),
)
def times_out_of_order(study: Study) -> Iterator[Problem]:
    """Warn of outcomes of one measure that do not stand in the order of their times.

    Results of one measure in one group are written as the source's table has them, from the first
    time to the last. One that goes back often has a wrong unit, or a digit missing.

    Formula: each time is no earlier than the one before, in days; `baseline` is 0.

    Applies to outcomes of the same group, measure, quantity and unit with times or `baseline`.
    Danger: an editor who listed them otherwise; put them in order. Source: arithmetic of times.

    Bad:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    outcomes:
      - id: score-first
        title: Dystonia score, first time
        group: all
        follow_up: 12 mo
        analysed: 100
        measure: tsfd-scale
        quantity: value
        mean: 4.3
      - id: score-second
        title: Dystonia score, second time
        group: all
        follow_up: 3 mo
        #          ^ times-out-of-order
        analysed: 100
        measure: tsfd-scale
        quantity: value
        mean: 4.4
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    data: continuous
    minimum: 1
    maximum: 5
    ```

    Good:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    outcomes:
      - id: score-first
        title: Dystonia score, first time
        group: all
        follow_up: 3 mo
        analysed: 100
        measure: tsfd-scale
        quantity: value
        mean: 4.3
      - id: score-second
        title: Dystonia score, second time
        group: all
        follow_up: 12 mo
        analysed: 100
        measure: tsfd-scale
        quantity: value
        mean: 4.4
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    data: continuous
    minimum: 1
    maximum: 5
    ```
    """
    last: dict[tuple[str | None, ...], tuple[Fraction, str]] = {}
    for index, outcome in enumerate(study.outcomes):
        if outcome.measure is None or outcome.follow_up is None:
            continue
        time = Fraction(0) if outcome.follow_up == "baseline" else in_days(outcome.follow_up)
        if time is None:
            continue
        series = (outcome.group, outcome.measure, outcome.quantity, outcome.unit)
        before = last.get(series)
        if before is not None and time < before[0]:
            yield Problem(
                ("outcomes", index, "follow_up"),
                f"{outcome.follow_up} comes after {before[1]} in the list.",
                "Check both times and their units; if they are right, put the outcomes in order.",
            )
        last[series] = time, outcome.follow_up
