"""ActivityDefinition: what a procedure is."""

from collections.abc import Iterator
from functools import partial

from curate.formats.fhir.codes import term
from curate.formats.fhir.exported import Exported, Item, Origin, Resource
from curate.formats.fhir.ids import resource_id
from curate.formats.fhir.narrative import markdown
from curate.formats.fhir.resource import Head, Page, replaced_with, resource
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure

TYPE = "ActivityDefinition"


def items(exported: Exported) -> Iterator[Item]:
    """Yield the ActivityDefinition of every procedure."""
    for entry, procedure in exported.records(Procedure):
        make = partial(_activity, exported, Origin(entry), procedure)
        yield Item(TYPE, activity_id(procedure.id), make)


def activity_id(id_: str) -> str:
    """Return the id of the ActivityDefinition of a procedure."""
    return resource_id(id_)


def _activity(exported: Exported, origin: Origin, procedure: Procedure) -> Resource:
    also = "; ".join(procedure.synonyms)
    technique = f"Technique: {procedure.technique}" if procedure.technique else None
    texts = [text for text in (procedure.description, technique) if text]
    successor = procedure.replaced_by
    return resource(
        exported,
        Head(TYPE, activity_id(procedure.id), origin),
        Page(
            procedure.title,
            [
                ("Also called", also),
                ("Description", procedure.description),
                ("Target", procedure.target),
                ("Technique", procedure.technique),
                (
                    "Conditions",
                    "; ".join(exported.name(Condition, id_) for id_ in procedure.conditions),
                ),
                ("Retired because", procedure.retired_because),
                ("Note", procedure.note),
            ],
        ),
        title=procedure.title,
        subtitle=also and f"Also called: {also}",
        description=markdown("\n\n".join(texts)),
        topic=[exported.term(Condition, id_) for id_ in procedure.conditions],
        relatedArtifact=[
            _broader(exported, procedure.parent),
            replaced_with(exported, procedure, TYPE, successor and activity_id(successor)),
            *exported.cite_all(pmid for claim in procedure.claims for pmid in claim.pmids),
        ],
        kind="ServiceRequest",
        code=term(procedure.title, procedure.codes),
        bodySite=[term(procedure.target)] if procedure.target else [],
    )


def _broader(exported: Exported, parent: str | None) -> Resource | None:
    """Return the link to the broader procedure; only its id where that is not published."""
    if parent is None:
        return None
    link: Resource = {"type": "part-of", "label": "Broader procedure"}
    if exported.get(Procedure, parent) is None:
        return link | {"display": parent}
    display = exported.name(Procedure, parent)
    return link | {"resourceReference": exported.refer(TYPE, activity_id(parent), display)}
