"""Evidence: the figures of one outcome or adverse event in one group at one time."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from curate.formats.fhir import follow_up
from curate.formats.fhir.citation import doubts
from curate.formats.fhir.codes import ROLE, concept
from curate.formats.fhir.design import design_note, study_design
from curate.formats.fhir.exported import Exported, Item, Origin, Resource
from curate.formats.fhir.exposure import exposed_group, exposure_id, group_name, named_group
from curate.formats.fhir.figures import figures_text
from curate.formats.fhir.group import group_id, participants
from curate.formats.fhir.ids import resource_id
from curate.formats.fhir.measured import (
    Result,
    results,
    shared_variables,
    variable_id,
    when_text,
)
from curate.formats.fhir.narrative import markdown
from curate.formats.fhir.note import note, waiver_for, waiver_note, waivers_of_part
from curate.formats.fhir.paper import derived_from
from curate.formats.fhir.resource import Head, Page, resource
from curate.formats.fhir.statistic import Setting, statistics
from curate.kinds.measure import Measure
from curate.kinds.study import Study
from curate.parts.result import AdverseEvent, Outcome

TYPE = "Evidence"


def items(exported: Exported) -> Iterator[Item]:
    """Yield the Evidence of every result, and of every study's follow-up."""
    yield from follow_up.evidence(exported)
    for entry, study in exported.records(Study):
        shared = shared_variables(study)
        for result in results(study):
            origin = Origin(entry, result.where)
            make = partial(_evidence, exported, origin, study, result, shared[result.id])
            yield Item(TYPE, evidence_id(study.id, result.id), make)


def evidence_id(study: str, result: str) -> str:
    """Return the id of the Evidence of a result."""
    return resource_id(study, result)


def _evidence(
    exported: Exported, origin: Origin, study: Study, result: Result, measured: str
) -> Resource:
    figures = result.figures
    against = _against(study, figures)
    setting = Setting(
        unit=_unit(exported, figures),
        participants=participants(named_group(study, figures.group)),
        against=against,
        without_denominator=waiver_for(origin, "denominator"),
    )
    text = figures_text(figures, setting.unit, against)
    group = group_name(study, figures.group)
    when = when_text(figures)
    doubt = doubts(exported, [] if study.pmid is None else [study.pmid])
    return resource(
        exported,
        Head(TYPE, evidence_id(study.id, result.id), origin),
        Page(
            figures.title,
            [
                ("Study", study.title),
                ("Group", group),
                ("When", when),
                ("Figures", text),
                ("Note", figures.note),
                ("Paper", None if study.pmid is None else f"PMID {study.pmid}"),
                *(("Caution", text) for text in doubt),
            ],
        ),
        title=figures.title,
        relatedArtifact=[*_sources(exported, study, figures)],
        description=markdown(text),
        note=[
            *map(note, doubt),
            note(figures.note),
            note(figures.hedge and f"The source says: {figures.hedge.replace('-', ' ')}."),
            note(_derived(figures)),
            design_note(study),
            *(waiver_note(waiver) for waiver in waivers_of_part(origin)),
        ],
        variableDefinition=[*_variables(exported, study, figures, measured)],
        studyDesign=study_design(study),
        statistic=statistics(figures, setting),
    )


def _sources(
    exported: Exported, study: Study, figures: Outcome | AdverseEvent
) -> Iterator[dict[str, Any]]:
    """Yield the paper, and the study's follow-up where the time point is that."""
    yield from derived_from(exported, study)
    if figures.follow_up == "study" and study.follow_up is not None:
        reference = exported.refer(
            TYPE, follow_up.follow_up_id(study), "How long people were followed"
        )
        yield {"type": "depends-on", "resourceReference": reference}


def _variables(
    exported: Exported, study: Study, figures: Outcome | AdverseEvent, measured: str
) -> Iterator[dict[str, Any]]:
    """Yield who was observed, what they were given, against whom, and what was measured."""
    population = exported.refer("Group", group_id(study, figures.group))
    name = group_name(study, figures.group)
    yield _variable("population", population | {"display": name})
    yield from _exposure(exported, study, "exposure", figures.group)
    effect = figures.effect if isinstance(figures, Outcome) else None
    if effect is not None and effect.against != "baseline":
        yield from _exposure(exported, study, "reference-exposure", effect.against)
    variable = exported.refer("EvidenceVariable", variable_id(study, measured), figures.title)
    yield _variable("measured-variable", variable)


def _exposure(exported: Exported, study: Study, role: str, group: str) -> Iterator[dict[str, Any]]:
    exposed = exposed_group(study, group)
    if exposed is not None:
        id_ = exposure_id(study, exposed)
        yield _variable(role, exported.refer("EvidenceVariable", id_, exposed.label))


def _variable(role: str, observed: Resource) -> dict[str, Any]:
    return {"variableRole": concept(ROLE[role]), "observed": observed}


def _against(study: Study, figures: Outcome | AdverseEvent) -> str | None:
    effect = figures.effect if isinstance(figures, Outcome) else None
    if effect is None:
        return None
    return "baseline" if effect.against == "baseline" else group_name(study, effect.against)


def _unit(exported: Exported, figures: Outcome | AdverseEvent) -> str | None:
    """Return the unit of a mean or median: its own, per cent, or that of its measure."""
    if not isinstance(figures, Outcome):
        return None
    if figures.unit is not None:
        return figures.unit
    if figures.quantity in {"percent-change", "percent-improvement"}:
        return "%"
    measure = None if figures.measure is None else exported.get(Measure, figures.measure)
    return None if measure is None else measure.unit


def _derived(figures: Outcome | AdverseEvent) -> str | None:
    named = ("effect (its value)" if name == "effect" else name for name in figures.derived)
    names = ", ".join(named)
    return (
        f"Not printed in the source, but follows from what it prints: {names}." if names else None
    )
