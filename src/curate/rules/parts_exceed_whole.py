"""N07."""

from collections.abc import Iterator

from curate.kinds.study import Study
from curate.parts.group import Group
from curate.results import PARTICIPANTS, sizes
from curate.rule import Problem, rule


@rule("N07", needs=("groups: parts or within",))
def parts_exceed_whole(study: Study) -> Iterator[Problem]:
    """Refuse parts of a group that do not fit into it.

    Men and women are no more than all. A group that does not hold its parts has a mistyped number,
    or parts that overlap.

    Formula: Σ parts = whole where `parts_are: exhaustive`; Σ parts ≤ whole otherwise; and each
    part, and each group `within` another, ≤ that other.

    Applies where the numbers enrolled are given and count the same thing. The sum is not asked of
    `parts_are: overlapping`. Danger: one person in two parts. Source: counting.

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
        parts:
    #   ^ parts-exceed-whole
          - id: writers-cramp
            enrolled: 92
          - id: musicians-dystonia
            enrolled: 85
          - id: other-occupational
            enrolled: 21
        parts_are: exhaustive
      - id: recurred
        label: People whose dystonia came back
        within: all
        enrolled: 180
    #             ^ parts-exceed-whole
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
        parts:
          - id: writers-cramp
            enrolled: 92
          - id: musicians-dystonia
            enrolled: 58
          - id: other-occupational
            enrolled: 21
        parts_are: exhaustive
      - id: recurred
        label: People whose dystonia came back
        within: all
        enrolled: 18
    ```
    """
    known = sizes(study)
    for index, group in enumerate(study.groups):
        yield from _parts(group, index)
        whole = known.get(group.within or "")
        if (
            whole is not None
            and whole.enrolled is not None
            and group.enrolled is not None
            and whole.counted == (group.counted or PARTICIPANTS)
            and group.enrolled > whole.enrolled
        ):
            yield Problem(
                ("groups", index, "enrolled"),
                f"`{group.id}` has {group.enrolled}, and `{group.within}`, which it is within, "
                f"has {whole.enrolled}.",
                "Check both numbers, and which group it is within.",
            )


def _parts(group: Group, index: int) -> Iterator[Problem]:
    if group.enrolled is None:
        return
    given = [part.enrolled for part in group.parts if part.enrolled is not None]
    for number, part in enumerate(group.parts):
        if part.enrolled is not None and part.enrolled > group.enrolled:
            yield Problem(
                ("groups", index, "parts", number, "enrolled"),
                f"The part `{part.id}` has {part.enrolled}, its group {group.enrolled}.",
                "Check both numbers.",
            )
            return
    total = sum(given)
    complete = group.parts_are == "exhaustive" and len(given) == len(group.parts) > 0
    too_many = group.parts_are != "overlapping" and total > group.enrolled
    if too_many or (complete and total != group.enrolled):
        sum_ = " + ".join(str(number) for number in given)
        yield Problem(
            ("groups", index, "parts"),
            f"The parts are {sum_} = {total}, the group is {group.enrolled}.",
            "Check the numbers; if one can be in several parts, write `parts_are: overlapping`; "
            "if some are in none, `parts_are: incomplete`.",
        )
