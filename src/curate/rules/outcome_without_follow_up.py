"""E03."""

from collections.abc import Iterator

from curate.kinds.study import Study
from curate.parts.follow_up import FollowUp
from curate.results import results, said
from curate.rule import Problem, rule


@rule(
    "E03",
    completeness=True,
    needs=(
        (
            "outcomes, adverse_events: no follow_up | no follow_up | follow_up: no mean, "
            "no median, no min, no max, no planned"
        ),
    ),
)
def outcome_without_follow_up(study: Study) -> Iterator[Problem]:
    """Require on every outcome and adverse event when it was observed.

    Relief after a week says nothing of relief after years. `study` stands for the study's own
    follow-up, and says something only where that is recorded: a mean, a median, a range or a plan.

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
    outcomes:
      - id: recurrence
      # ^ outcome-without-follow-up
        title: Dystonia came back
        group: all
        analysed: 171
        count: 18
    adverse_events:
      - id: permanent
        title: Any permanent adverse event
        group: all
        follow_up: study
    #              ^ outcome-without-follow-up
        analysed: 171
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
    adverse_events_reported: with-counts
    follow_up:
      mean: 25.4
      sd: 32.1
      min: 3
      max: 165
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
    adverse_events:
      - id: permanent
        title: Any permanent adverse event
        group: all
        follow_up: study
        analysed: 171
        count: 6
    ```
    """
    recorded = _is_recorded(study.follow_up)
    for where, result in results(study):
        if result.follow_up is None:
            yield Problem(
                where,
                f"{said(result)} does not say when it was observed.",
                "Add `follow_up:` with a time such as `12 mo`, `baseline`, or `study` for the "
                "study's own follow-up. If the source does not say, add a waiver with the reason.",
            )
        elif result.follow_up == "study" and not recorded:
            yield Problem(
                (*where, "follow_up"),
                "`study` stands for the study's own follow-up, which is not recorded.",
                "Add `follow_up:` to the study, with a mean, median, range or plan, or write the "
                "time of this figure here. If the source does not say, add a waiver.",
            )


def _is_recorded(follow_up: FollowUp | None) -> bool:
    return follow_up is not None and any(
        figure is not None
        for figure in (
            follow_up.mean,
            follow_up.median,
            follow_up.min,
            follow_up.max,
            follow_up.planned,
        )
    )
