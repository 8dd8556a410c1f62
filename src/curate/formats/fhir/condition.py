"""A condition as an EvidenceVariable, so that claims of its treatment have something to be of."""

from collections.abc import Iterator
from functools import partial

from curate.formats.fhir.codes import term
from curate.formats.fhir.exported import Exported, Item, Origin, Resource
from curate.formats.fhir.ids import resource_id
from curate.formats.fhir.narrative import markdown
from curate.formats.fhir.note import note, record_notes
from curate.formats.fhir.resource import Head, Page, replaced_with, resource
from curate.kinds.condition import Condition

TYPE = "EvidenceVariable"


def variables(exported: Exported) -> Iterator[Item]:
    """Yield the variable of each condition."""
    for entry, condition in exported.records(Condition):
        make = partial(_variable, exported, Origin(entry), condition)
        yield Item(TYPE, condition_id(condition.id), make)


def condition_id(id_: str) -> str:
    """Return the id of the variable of a condition."""
    return resource_id(f"condition-{id_}")


def _variable(exported: Exported, origin: Origin, condition: Condition) -> Resource:
    also = "; ".join(condition.synonyms)
    parent = condition.parent
    next_ = condition.replaced_by
    return resource(
        exported,
        Head(TYPE, condition_id(condition.id), origin),
        Page(
            condition.title,
            [
                ("Also called", also),
                ("Description", condition.description),
                ("A form of", None if parent is None else exported.name(Condition, parent)),
            ],
        ),
        title=condition.title,
        description=condition.description and markdown(condition.description),
        note=[note(also and f"Also called: {also}"), *record_notes(origin)],
        relatedArtifact=[
            _broader(exported, parent),
            replaced_with(exported, condition, TYPE, next_ and condition_id(next_)),
            *exported.cite_all(pmid for claim in condition.claims for pmid in claim.pmids),
        ],
        characteristic=[{"definitionCodeableConcept": term(condition.title, condition.codes)}],
    )


def _broader(exported: Exported, parent: str | None) -> Resource | None:
    """Return the link to the broader condition; only its id where that is not published."""
    if parent is None:
        return None
    link: Resource = {"type": "part-of", "label": "Broader condition"}
    if exported.get(Condition, parent) is None:
        return link | {"display": parent}
    display = exported.name(Condition, parent)
    return link | {"resourceReference": exported.refer(TYPE, condition_id(parent), display)}
