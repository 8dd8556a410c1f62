"""ResearchStudy: a study with its design, its groups and what it measured."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from curate.formats.fhir.citation import id_of_study, registration
from curate.formats.fhir.codes import ARM, concept
from curate.formats.fhir.design import design_note, study_design
from curate.formats.fhir.exported import Exported, Item, Origin, Resource
from curate.formats.fhir.exposure import exposed_group, exposure_id
from curate.formats.fhir.follow_up import everybody
from curate.formats.fhir.group import group_id, participants
from curate.formats.fhir.ids import resource_id
from curate.formats.fhir.measured import results, shared_variables, variable_id
from curate.formats.fhir.narrative import Row, markdown
from curate.formats.fhir.note import note, record_notes
from curate.formats.fhir.paper import derived_from
from curate.formats.fhir.resource import Head, Page, replaced_with, resource
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study
from curate.part import plain
from curate.parts.citation import Citation
from curate.parts.group import Group

TYPE = "ResearchStudy"

_HARMS = {
    "with-counts": "The source reports adverse events with counts.",
    "named-only": "The source names adverse events without counts.",
    "none-observed": "The source says that there were no adverse events.",
    "not-reported": "What was read of the source does not speak of adverse events.",
}


def items(exported: Exported) -> Iterator[Item]:
    """Yield the ResearchStudy of every study."""
    for entry, study in exported.records(Study):
        make = partial(_study, exported, Origin(entry), study)
        yield Item(TYPE, study_id(study.id), make)


def study_id(id_: str) -> str:
    """Return the id of the ResearchStudy of a study."""
    return resource_id(id_)


def _study(exported: Exported, origin: Origin, study: Study) -> Resource:
    facts = list(_facts(study))
    conduct = study.conduct
    citation = id_of_study(study)
    return resource(
        exported,
        Head(TYPE, study_id(study.id), origin),
        Page(
            study.title,
            [*_rows(exported, study), *facts],
        ),
        identifier=[registration(number) for number in study.registrations],
        title=study.title,
        relatedArtifact=[*_related(exported, study)],
        studyDesign=study_design(study),
        focus=[{"concept": exported.term(Procedure, id_)} for id_ in study.procedures],
        condition=[exported.term(Condition, id_) for id_ in study.conditions],
        description=study.population and markdown(study.population),
        period=None if conduct is None else {"start": conduct.start, "end": conduct.end},
        note=[*(note(text) for _, text in facts), design_note(study), *record_notes(origin)],
        recruitment=_recruitment(exported, study),
        comparisonGroup=[_comparison_group(exported, study, group) for group in study.groups],
        outcomeMeasure=[*_measures(exported, study)],
        result=[] if citation is None else [exported.refer("Citation", citation)],
    )


def _facts(study: Study) -> Iterator[tuple[str, str]]:
    """Yield what has no element of its own."""
    if study.read is not None:
        yield "Read", f"Read for this record: {study.read.replace('-', ' ')}."
    if study.design_note is not None:
        yield "Design", study.design_note
    if study.screened is not None:
        yield "Screened", f"Screened: {study.screened}."
    if study.citation is not None:
        yield "The paper prints", _printed(study.citation)
    yield "Adverse events", _HARMS[study.adverse_events_reported]


def _printed(citation: Citation) -> str:
    said = plain(citation).items()
    return "; ".join(f"{field.replace('_', ' ')}: {value}" for field, value in said) + "."


def _rows(exported: Exported, study: Study) -> list[Row]:
    return [
        ("Paper", None if study.pmid is None else f"PMID {study.pmid}"),
        ("Study design", "; ".join((study.design, *study.features)).replace("-", " ")),
        ("Conditions", "; ".join(exported.name(Condition, id_) for id_ in study.conditions)),
        ("Procedures", "; ".join(exported.name(Procedure, id_) for id_ in study.procedures)),
        ("Population", study.population),
    ]


def _related(exported: Exported, study: Study) -> Iterator[dict[str, Any]]:
    yield from derived_from(exported, study)
    for other in study.overlaps:
        link: dict[str, Any] = {"type": "similar-to", "label": "Reports some of the same people"}
        if exported.get(Study, other) is None:
            yield link | {"display": other}
        else:
            yield link | {"resourceReference": exported.refer(TYPE, study_id(other))}
    successor = study.replaced_by
    link_ = replaced_with(exported, study, TYPE, successor and study_id(successor))
    if link_ is not None:
        yield link_


def _recruitment(exported: Exported, study: Study) -> dict[str, Any] | None:
    """Return who was enrolled, where one group is everybody; numbers are never added up."""
    whole = everybody(study)
    if whole is None:
        return None
    _, group = whole
    reference = exported.refer("Group", group_id(study, group.id), group.label)
    return {"actualNumber": participants(group), "actualGroup": reference}


def _comparison_group(exported: Exported, study: Study, group: Group) -> dict[str, Any]:
    exposed = exposed_group(study, group.id)
    exposure = (
        []
        if exposed is None
        else [exported.refer("EvidenceVariable", exposure_id(study, exposed), exposed.label)]
    )
    role = group.role
    return {
        "linkId": group.id,
        "name": group.label,
        "type": None if role is None else concept(ARM[role], role.replace("-", " ").capitalize()),
        "description": group.note and markdown(group.note),
        "intendedExposure": exposure,
        "observedGroup": exported.refer("Group", group_id(study, group.id), group.label),
    }


def _measures(exported: Exported, study: Study) -> Iterator[dict[str, Any]]:
    shared = shared_variables(study)
    for result in results(study):
        if shared[result.id] == result.id:
            reference = exported.refer("EvidenceVariable", variable_id(study, result.id))
            yield {"name": result.figures.title, "reference": reference}
