"""What was done to the people of a group: procedures, other treatments, or a sham."""

from collections.abc import Iterator
from typing import NamedTuple

from curate.formats.fhir.ids import resource_id
from curate.kinds.study import Study
from curate.parts.group import Group, GroupPart

COMPARATORS = frozenset({"sham-comparator", "placebo-comparator", "no-intervention"})


class Exposure(NamedTuple):
    """What one group was exposed to, which groups below it share."""

    place: int
    """The group's index in its study."""
    group: Group
    procedures: tuple[str, ...]
    of_study: bool
    """Whether these are the procedures of the whole study, which may not all be the group's."""


def exposures(study: Study) -> Iterator[Exposure]:
    """Yield what each group was exposed to, for the groups that it is known of."""
    for index, group in enumerate(study.groups):
        found = _own(study, index, group)
        if found is not None:
            yield found


def exposure_id(study: Study, group: Group) -> str:
    """Return the id of the EvidenceVariable of a group's exposure."""
    return resource_id(study.id, group.id, "exposure")


def exposed_group(study: Study, id_: str) -> Group | None:
    """Return the group whose exposure is that of a group or part, if it is known."""
    exposed = {exposure.group.id: exposure.group for exposure in exposures(study)}
    seen: set[str] = set()
    found = group_of(study, id_)
    while found is not None and found.id not in exposed and found.id not in seen:
        seen.add(found.id)
        found = group_of(study, found.within) if found.within is not None else None
    return None if found is None else exposed.get(found.id)


def group_of(study: Study, id_: str) -> Group | None:
    """Return the group of this id, or that holds the part of this id."""
    for group in study.groups:
        if group.id == id_ or any(part.id == id_ for part in group.parts):
            return group
    return None


def named_group(study: Study, id_: str) -> Group | GroupPart | None:
    """Return the group or part of this id."""
    found: dict[str, Group | GroupPart] = {}
    for group in study.groups:
        found |= {group.id: group} | {part.id: part for part in group.parts}
    return found.get(id_)


def group_name(study: Study, id_: str) -> str:
    """Return what a group or part is called."""
    found = named_group(study, id_)
    return (None if found is None else found.label) or id_


def _own(study: Study, index: int, group: Group) -> Exposure | None:
    """Return what is said of this group itself, or of all the study's people."""
    if group.procedures or group.treatments or group.role in COMPARATORS:
        return Exposure(index, group, group.procedures, of_study=False)
    if group.within is None and study.procedures:
        return Exposure(index, group, study.procedures, of_study=True)
    return None
