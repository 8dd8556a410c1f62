"""N01."""

from collections.abc import Iterator

from curate.evidence.look import look
from curate.kinds.study import Study
from curate.results import PARTICIPANTS, least_enrolled, results, sizes
from curate.rule import Problem, rule


@rule(
    "N01",
    needs=("outcomes, adverse_events: analysed or available", "groups: enrolled"),
)
def denominator_exceeds_enrolled(study: Study) -> Iterator[Problem]:
    """Refuse a denominator above the number enrolled in its group.

    Nobody can be analysed who never entered. Mostly two digits have changed places, or the number
    is of another group.

    Formula: analysed ≤ enrolled, and available ≤ enrolled.

    Applies where the group's `enrolled` is given and both are numbers of the same thing: 156 people
    may well have 312 eyes, which is said with `counted:`. Danger: a source that counts eyes,
    procedures or pairs without saying so. Source: counting.

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
      mean: 25.4
      unit: mo
    outcomes:
      - id: recurrence
        title: Dystonia came back
        group: all
        follow_up: study
        analysed: 711
    #             ^ denominator-exceeds-enrolled
        count: 18
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
      mean: 25.4
      unit: mo
    outcomes:
      - id: recurrence
        title: Dystonia came back
        group: all
        follow_up: study
        analysed: 171
        count: 18
    ```
    """
    if look(study).largest <= least_enrolled(study):
        return
    known = sizes(study)
    for where, result in results(study):
        size = known.get(result.group)
        if size is None or size.counted != (result.counted or PARTICIPANTS):
            continue
        if size.enrolled is None:
            continue
        for field, number in (("analysed", result.analysed), ("available", result.available)):
            if number is not None and number > size.enrolled:
                yield Problem(
                    (*where, field),
                    f"{number} were {field}, and only {size.enrolled} enrolled in "
                    f"`{result.group}`.",
                    "Check both numbers. If this one counts something else, such as eyes or "
                    "procedures, say so with `counted:`.",
                )
                break
