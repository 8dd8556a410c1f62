"""An exposure as an EvidenceVariable: what the people of one group were given."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from curate.formats.fhir.codes import term
from curate.formats.fhir.exported import Exported, Item, Origin, Resource
from curate.formats.fhir.exposure import Exposure, exposure_id, exposures
from curate.formats.fhir.note import note
from curate.formats.fhir.paper import derived_from
from curate.formats.fhir.resource import Head, Page, resource
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study

TYPE = "EvidenceVariable"

_OF_STUDY = "The record names what was done for the study as a whole, not for this group."


def variables(exported: Exported) -> Iterator[Item]:
    """Yield the variable of each group's exposure, where it is known."""
    for entry, study in exported.records(Study):
        for exposure in exposures(study):
            origin = Origin(entry, ("groups", exposure.place))
            make = partial(_variable, exported, origin, study, exposure)
            yield Item(TYPE, exposure_id(study, exposure.group), make)


def _variable(exported: Exported, origin: Origin, study: Study, exposure: Exposure) -> Resource:
    group = exposure.group
    given = [
        *(exported.term(Procedure, id_) for id_ in exposure.procedures),
        *(term(treatment.name, treatment.codes) for treatment in group.treatments),
    ]
    said = _OF_STUDY if exposure.of_study else None
    unsure = exposure.of_study and len(exposure.procedures) > 1
    title = f"{group.label}: {'; '.join(concept['text'] for concept in given)}".rstrip(": ")
    return resource(
        exported,
        Head(TYPE, exposure_id(study, group), origin),
        Page(
            title,
            [("Study", study.title), ("Note", said)],
        ),
        title=title,
        note=[note(said)],
        relatedArtifact=[
            *derived_from(exported, study),
            *(
                {
                    "type": "depends-on",
                    "resourceReference": exported.refer(
                        "ActivityDefinition", id_, exported.name(Procedure, id_)
                    ),
                }
                for id_ in exposure.procedures
                if exported.get(Procedure, id_) is not None
            ),
        ],
        characteristic=_characteristics(group.role, given, any_of=unsure),
    )


def _characteristics(
    role: str | None, given: list[dict[str, Any]], *, any_of: bool
) -> list[dict[str, Any]]:
    """Define an exposure by all that was given, by any of it, or by the arm's role alone."""
    if not given and role is not None:
        return [{"definitionCodeableConcept": term(role.replace("-", " ").capitalize())}]
    defined = [{"definitionCodeableConcept": concept} for concept in given]
    if any_of:
        return [{"definitionByCombination": {"code": "any-of", "characteristic": defined}}]
    return defined
