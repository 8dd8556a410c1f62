"""N02."""

from collections.abc import Iterator

from curate.evidence.look import look
from curate.kinds.study import Study
from curate.results import PARTICIPANTS, results, sizes
from curate.rule import Problem, rule


@rule("N02", needs=("outcomes, adverse_events: count",))
def count_exceeds_denominator(study: Study) -> Iterator[Problem]:
    """Refuse a count above the number it is a count of.

    Of nine people no more than nine can have improved. Mostly count and denominator have changed
    places.

    Formula: count ≤ analysed; where no denominator is printed, count ≤ enrolled.

    Applies to every count of an outcome or adverse event but `counted: events`: one person can have
    several. Danger: events that are not recorded as such. Source: counting.

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
      - id: reoperated
        label: People operated on again
        enrolled: 9
    follow_up:
      mean: 25.4
      unit: mo
    outcomes:
      - id: reoperation-improved
        title: Improved after the second operation
        group: reoperated
        follow_up: study
        analysed: 7
        count: 9
    #          ^ count-exceeds-denominator
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
      - id: reoperated
        label: People operated on again
        enrolled: 9
    follow_up:
      mean: 25.4
      unit: mo
    outcomes:
      - id: reoperation-improved
        title: Improved after the second operation
        group: reoperated
        follow_up: study
        analysed: 9
        count: 7
    ```
    """
    if not look(study).exceeds:
        return
    for where, result in results(study):
        counted = result.counted or PARTICIPANTS
        if result.count is None or counted == "events":
            continue
        if result.analysed is not None:
            limit, what = result.analysed, "analysed"
        else:
            size = sizes(study).get(result.group)
            if size is None or size.enrolled is None or size.counted != counted:
                continue
            limit, what = size.enrolled, f"enrolled in `{result.group}`"
        if result.count > limit:
            yield Problem(
                (*where, "count"),
                f"{result.count} are counted among {limit} {what}.",
                "Check both numbers; they may have changed places. If one person can count more "
                "than once, write `counted: events`.",
            )
