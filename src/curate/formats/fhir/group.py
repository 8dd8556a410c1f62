"""Group: the people of a study who are reported together, each group and each part of one."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from curate.formats.fhir.codes import term
from curate.formats.fhir.exported import Exported, Item, Origin, Resource
from curate.formats.fhir.exposure import exposed_group, exposure_id
from curate.formats.fhir.ids import resource_id
from curate.formats.fhir.narrative import markdown
from curate.formats.fhir.note import signed_waiver_text, waivers_of_part
from curate.formats.fhir.paper import as_extensions, derived_from
from curate.formats.fhir.resource import Head, Page, resource
from curate.kinds.condition import Condition
from curate.kinds.study import Study
from curate.parts.group import Group, GroupPart
from curate.parts.result import Counted

TYPE = "Group"

_PARTS_ARE = {
    "exhaustive": "Its parts add up to the whole group.",
    "overlapping": "Its parts overlap: they do not add up.",
    "incomplete": "Its parts are not all of the group.",
}


def items(exported: Exported) -> Iterator[Item]:
    """Yield a Group for every group of every study, and for every part of one."""
    for entry, study in exported.records(Study):
        for index, group in enumerate(study.groups):
            origin = Origin(entry, ("groups", index))
            make = partial(_of_group, exported, origin, study, group)
            yield Item(TYPE, group_id(study, group.id), make)
            for number, part in enumerate(group.parts):
                origin = Origin(entry, ("groups", index, "parts", number))
                make = partial(_of_part, exported, origin, study, group, part)
                yield Item(TYPE, group_id(study, part.id), make)


def group_id(study: Study, id_: str) -> str:
    """Return the id of the Group of a study's group or part."""
    return resource_id(study.id, id_)


def participants(group: Group | GroupPart | None) -> int | None:
    """Return how many people entered a group; a number of sides or procedures is none of people."""
    counted = group.counted if isinstance(group, Group) else None
    return None if group is None or counted not in {None, "participants"} else group.enrolled


def _of_group(exported: Exported, origin: Origin, study: Study, group: Group) -> Resource:
    said = [
        study.population if group.within is None else None,
        group.role and f"Role: {group.role.replace('-', ' ')}.",
        _counted(group.counted, group.enrolled),
        "The number enrolled is not printed, but follows from printed ones."
        if group.derived
        else None,
        group.parts_are and _PARTS_ARE[group.parts_are],
        group.note,
    ]
    within = None if group.within is None else _part_of(exported, study, group.within)
    # Whether each of the people had each of several conditions, nobody says.
    only = study.conditions if len(study.conditions) == 1 else ()
    characteristics = [within, *_conditions(exported, only), _exposure(exported, study, group.id)]
    return _group(exported, origin, study, group, (group.label, said, characteristics))


def _of_part(
    exported: Exported, origin: Origin, study: Study, group: Group, part: GroupPart
) -> Resource:
    conditions = [exported.name(Condition, id_) for id_ in part.conditions]
    said = [f"Conditions: {'; '.join(conditions)}." if conditions else None]
    only = part.conditions if len(part.conditions) == 1 else ()
    whole = _part_of(exported, study, group.id)
    characteristics = [whole, *_conditions(exported, only), _exposure(exported, study, part.id)]
    return _group(exported, origin, study, part, (part.label or part.id, said, characteristics))


def _group(
    exported: Exported,
    origin: Origin,
    study: Study,
    group: Group | GroupPart,
    content: tuple[str, list[str | None], list[dict[str, Any] | None]],
) -> Resource:
    label, said, characteristics = content
    waivers = [signed_waiver_text(waiver) for waiver in waivers_of_part(origin)]
    texts = [text for text in (*said, *waivers) if text]
    number = participants(group)
    return resource(
        exported,
        Head(TYPE, group_id(study, group.id), origin),
        Page(
            label,
            [
                ("Study", study.title),
                ("People enrolled", None if number is None else str(number)),
                *(("About them", text) for text in texts),
            ],
        ),
        extension=as_extensions(derived_from(exported, study)),
        active=study.status != "retired",
        type="person",
        membership="enumerated",
        name=label,
        description=markdown("\n\n".join(texts)),
        quantity=number,
        characteristic=characteristics,
    )


def _counted(counted: Counted | None, enrolled: int | None) -> str | None:
    """Say a number that is not one of people, which has no element."""
    if counted in {None, "participants"} or enrolled is None:
        return counted and f"Counted: {counted}."
    return f"Enrolled: {enrolled} {counted}."


def _part_of(exported: Exported, study: Study, id_: str) -> dict[str, Any]:
    reference = exported.refer(TYPE, group_id(study, id_))
    return _characteristic("Part of the group", valueReference=reference)


def _conditions(exported: Exported, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
    for id_ in ids:
        concept = exported.term(Condition, id_)
        yield _characteristic("Condition", valueCodeableConcept=concept)


def _exposure(exported: Exported, study: Study, id_: str) -> dict[str, Any] | None:
    exposed = exposed_group(study, id_)
    if exposed is None:
        return None
    reference = exported.refer("EvidenceVariable", exposure_id(study, exposed), exposed.label)
    return _characteristic("Exposure", valueReference=reference)


def _characteristic(code: str, **value: Any) -> dict[str, Any]:
    return {"code": term(code), **value, "exclude": False}
