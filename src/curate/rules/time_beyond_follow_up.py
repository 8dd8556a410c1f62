"""N10."""

from collections.abc import Iterator

from curate.document import number_text
from curate.evidence.look import look
from curate.kinds.study import Study
from curate.results import is_past, results
from curate.rule import Problem, rule


@rule(
    "N10",
    needs=("follow_up: max, unit", "outcomes, adverse_events: follow_up"),
)
def time_beyond_follow_up(study: Study) -> Iterator[Problem]:
    """Refuse a result from later than anybody was followed.

    Either the time or the longest follow-up is wrong, often by its unit.

    Formula: time ≤ follow_up.max, in days. A visit may be a tenth early.

    Applies where `follow_up.max` and its unit are given, to every outcome and adverse event with a
    time. Danger: a longest follow-up that is of other people than the outcome. Source: arithmetic
    of times.

    Bad:

    ```yaml
    # records/studies/lara-almunia-2024.yaml
    id: lara-almunia-2024
    title: Radiosurgical central lateral thalamotomy in nine people
    status: in_review
    pmid: 39579928
    design: prospective-cohort
    adverse_events_reported: not-reported
    follow_up:
      min: 12
      max: 37
      unit: mo
    groups:
      - id: all
        label: All treated patients
        enrolled: 9
    outcomes:
      - id: relief
        title: Half or more of the pain relieved
        group: all
        follow_up: 12 a
    #              ^ time-beyond-follow-up
        analysed: 9
        count: 8
    ```

    Good:

    ```yaml
    # records/studies/lara-almunia-2024.yaml
    id: lara-almunia-2024
    title: Radiosurgical central lateral thalamotomy in nine people
    status: in_review
    pmid: 39579928
    design: prospective-cohort
    adverse_events_reported: not-reported
    follow_up:
      min: 12
      max: 37
      unit: mo
    groups:
      - id: all
        label: All treated patients
        enrolled: 9
    outcomes:
      - id: relief
        title: Half or more of the pain relieved
        group: all
        follow_up: 12 mo
        analysed: 9
        count: 8
    ```
    """
    follow_up = study.follow_up
    if follow_up is None or follow_up.max is None or follow_up.unit is None:
        return
    last, unit = number_text(follow_up.max), follow_up.unit
    if not [time for time in look(study).times if time is not None and is_past(time, last, unit)]:
        return
    for where, result in results(study):
        if result.follow_up is not None and is_past(result.follow_up, last, unit):
            yield Problem(
                (*where, "follow_up"),
                f"{result.follow_up} is later than the longest follow-up, {last} {unit}.",
                "Check both numbers and their units.",
            )
