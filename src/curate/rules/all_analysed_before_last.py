"""N08."""

from collections.abc import Iterator

from curate.document import number_text
from curate.kinds.study import Study
from curate.parts.result import Outcome
from curate.results import PARTICIPANTS, is_past
from curate.rule import Problem, rule


@rule(
    "N08",
    needs=(
        "follow_up: min, unit",
        (
            "outcomes: analysed, follow_up, measure or value or mean or median or sd or "
            "se or q1 or q3 or min or max"
        ),
    ),
)
def all_analysed_before_last(study: Study) -> Iterator[Problem]:
    """Refuse that all were measured at a time that some never reached.

    Where the shortest follow-up is 3 months, at least one person was not there at 12: the number
    analysed then is smaller than the number enrolled, and was probably copied from it.

    Formula: if shortest follow-up < time, then analysed ≤ enrolled - 1. A visit may be a tenth
    early.

    Applies where `follow_up.min` and its unit are given and one group holds everybody; to what is
    measured, not to what is counted up to a time. Danger: values that were carried forward for
    those who had left; waive it and say so. Source: counting.

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
    follow_up:
      min: 3
      max: 165
      unit: mo
    outcomes:
      - id: score-12-mo
        title: Dystonia score at 12 months
        group: all
        follow_up: 12 mo
        analysed: 171
    #             ^ all-analysed-before-last
        unit: "{score}"
        mean: 4.30
        sd: 1.13
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
    follow_up:
      min: 3
      max: 165
      unit: mo
    outcomes:
      - id: score-3-mo
        title: Dystonia score at 3 months
        group: all
        follow_up: 3 mo
        analysed: 171
        unit: "{score}"
        mean: 4.30
        sd: 1.06
    ```
    """
    follow_up = study.follow_up
    if follow_up is None or follow_up.min is None or follow_up.unit is None:
        return
    everybody = [group for group in study.groups if group.within is None]
    if len(everybody) != 1 or (everybody[0].counted or PARTICIPANTS) != PARTICIPANTS:
        return
    enrolled = everybody[0].enrolled
    for index, outcome in enumerate(study.outcomes):
        if (
            outcome.group == everybody[0].id
            and outcome.analysed is not None
            and enrolled is not None
            and outcome.analysed == enrolled
            and outcome.follow_up is not None
            and is_past(outcome.follow_up, number_text(follow_up.min), follow_up.unit)
            and _is_measured(outcome)
        ):
            yield Problem(
                ("outcomes", index, "analysed"),
                f"This cannot have been measured in all {enrolled} at {outcome.follow_up}: the "
                f"shortest follow-up is {number_text(follow_up.min)} {follow_up.unit}.",
                "Write the number that the source prints for this time; if it prints none, take "
                "`analysed:` out and add a waiver of outcome-without-denominator. If missing "
                "values were carried forward, add a waiver here that says so.",
            )


def _is_measured(outcome: Outcome) -> bool:
    given = outcome.given & _MEASURED
    return any(getattr(outcome, field) is not None for field in given)


_MEASURED = frozenset({"measure", "value", "mean", "median", "sd", "se", "q1", "q3", "min", "max"})
