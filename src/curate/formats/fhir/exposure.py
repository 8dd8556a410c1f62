"""What was done to the people of a group: procedures, other treatments, or a sham."""

from collections.abc import Iterator
from typing import NamedTuple

from curate.formats.fhir.ids import resource_id
from curate.kinds.study import Study
from curate.parts.group import Group, GroupPart

_COMPARATORS = frozenset(
    {"active-comparator", "sham-comparator", "placebo-comparator", "no-intervention"}
)


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
    for place, group in enumerate(study.groups):
        found = _own(study, place, group)
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


def _own(study: Study, place: int, group: Group) -> Exposure | None:
    """Return what is said of this group itself, or of all the study's people.

    The study's procedures are not what its comparators had, nor what all had who were divided into
    arms.
    """
    if group.procedures or group.treatments or group.role in _COMPARATORS:
        return Exposure(place, group, group.procedures, of_study=False)
    everybody = group.within is None and not any(map(_is_arm, study.groups))
    if study.procedures and (everybody or group.role == "experimental"):
        return Exposure(place, group, study.procedures, of_study=True)
    return None


def _is_arm(group: Group) -> bool:
    given = group.procedures or group.treatments
    return bool(given) or group.role == "experimental" or group.role in _COMPARATORS
