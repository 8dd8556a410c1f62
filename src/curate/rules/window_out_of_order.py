"""N32."""

from collections.abc import Iterator

from curate.duration import in_days
from curate.kinds.study import Study
from curate.results import results
from curate.rule import Problem, rule


@rule("N32", needs=("outcomes, adverse_events: follow_up_from, follow_up",))
def window_out_of_order(study: Study) -> Iterator[Problem]:
    """Refuse a window of time that ends before it begins.

    `follow_up_from` is the beginning of a window such as 4 to 8 weeks, `follow_up` its end. Where
    the end is not later, the two have changed places or a unit is wrong.

    Formula: from < to, in days.

    Applies where both are times. Danger: none. Source: arithmetic of times.

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
        follow_up: 4 wk
        #          ^ window-out-of-order
        follow_up_from: 8 wk
        analysed: 100
        measure: tsfd-scale
        quantity: value
        mean: 4.3
      - id: score-second
        title: Dystonia score, second time
        group: all
        follow_up: 8 wk
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
        follow_up: 8 wk
        follow_up_from: 4 wk
        analysed: 100
        measure: tsfd-scale
        quantity: value
        mean: 4.3
      - id: score-second
        title: Dystonia score, second time
        group: all
        follow_up: 12 wk
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
    for where, result in results(study):
        if result.follow_up is None or result.follow_up_from is None:
            continue
        first, last = in_days(result.follow_up_from), in_days(result.follow_up)
        if first is not None and last is not None and first >= last:
            yield Problem(
                (*where, "follow_up"),
                f"The window begins at {result.follow_up_from} and ends at {result.follow_up}.",
                "Check both times; they may have changed places.",
            )
