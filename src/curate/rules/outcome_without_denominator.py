"""E02."""

from collections.abc import Iterator

from curate.kinds.study import Study
from curate.results import results, said
from curate.rule import Problem, rule


@rule("E02", completeness=True, needs=("outcomes, adverse_events: no analysed",))
def outcome_without_denominator(study: Study) -> Iterator[Problem]:
    """Require on every outcome and adverse event how many were analysed.

    Seven who improved are a success among nine and a failure among ninety. The number is the one
    printed for this very figure: those enrolled are often more. Where the source prints none, a
    waiver says so.

    Bad:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: with-counts
    follow_up:
      mean: 25.4
      unit: mo
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    outcomes:
      - id: recurrence
      # ^ outcome-without-denominator
        title: Dystonia came back
        group: all
        follow_up: study
        count: 18
    adverse_events:
      - id: permanent
      # ^ outcome-without-denominator
        title: Any permanent adverse event
        group: all
        follow_up: study
        count: 6
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
    follow_up:
      mean: 25.4
      unit: mo
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    outcomes:
      - id: recurrence
        title: Dystonia came back
        group: all
        follow_up: study
        analysed: 171
        count: 18
      - id: score-12-mo
        title: Dystonia score at 12 months
        group: all
        follow_up: 12 mo
        measure: tsfd-scale
        mean: 4.30
    waivers:
      - rule: outcome-without-denominator
        at: outcomes.score-12-mo
        reason: The abstract prints no number of people measured at this time.
        by: The editors
        date: "2026-11-22"
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    ```
    """
    for where, result in results(study):
        if result.analysed is None:
            yield Problem(
                where,
                f"{said(result)} does not say of how many: the denominator is missing.",
                "Add `analysed:` with the number printed for this figure; do not copy it from "
                "those enrolled. If the source prints none, add a waiver with the reason.",
            )
