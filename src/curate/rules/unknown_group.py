"""C04."""

from collections.abc import Iterator

from curate.evidence.look import look
from curate.fault import Write
from curate.finding import Where
from curate.kinds.study import Study
from curate.parts.result import Outcome
from curate.results import group_ids, results
from curate.rule import Problem, rule
from curate.suggest import did_you_mean, only_one


@rule("C04", needs=("group or within",))
def unknown_group(study: Study) -> Iterator[Problem]:
    """Refuse a figure for a group that the study does not list.

    A number means something only for the people it was counted in. Parts of a group, such as its
    diagnoses, can be named as well.

    Bad:

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
      - id: reoperated
        label: People operated on again
        enrolled: 9
    outcomes:
      - id: reoperation-improved
        title: Improved after the second operation
        group: re-operated
    #          ^ unknown-group
        follow_up: study
        analysed: 9
        count: 7
    ```

    Guessed:

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
      - id: reoperated
        label: People operated on again
        enrolled: 9
    outcomes:
      - id: reoperation-improved
        title: Improved after the second operation
        group: reoperated
        follow_up: study
        analysed: 9
        count: 7
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
      - id: reoperated
        label: People operated on again
        enrolled: 9
    outcomes:
      - id: reoperation-improved
        title: Improved after the second operation
        group: reoperated
        follow_up: study
        analysed: 9
        count: 7
    ```
    """
    known = {group.id for group in study.groups}
    # Nearly always all are known, and no place need be named.
    if look(study).groups <= known and not _may_name_others(study):
        return
    known = {id_ for _, id_ in group_ids(study)}
    for where, named in _mentions(study):
        if named not in known:
            listed = ", ".join(f"`{id_}`" for id_ in sorted(known))
            yield Problem(
                where,
                f"The study has no group or part of a group `{named}`.",
                did_you_mean(named, known)
                or (f"Its groups are: {listed}." if known else "List it below `groups:` first."),
                guess=None if (meant := only_one(named, known)) is None else Write(meant),
            )


def _may_name_others(study: Study) -> bool:
    """Tell whether a group is named other than by a result that is of it."""
    named = [group.within for group in study.groups]
    named += [outcome.effect and outcome.effect.against for outcome in study.outcomes]
    return any(named)


def _mentions(study: Study) -> Iterator[tuple[Where, str]]:
    for index, group in enumerate(study.groups):
        if group.within is not None:
            yield ("groups", index, "within"), group.within
    for where, result in results(study):
        yield (*where, "group"), result.group
        effect = result.effect if isinstance(result, Outcome) else None
        if effect is not None and effect.against != "baseline":
            yield (*where, "effect", "against"), effect.against
