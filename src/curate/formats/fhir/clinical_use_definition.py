"""ClinicalUseDefinition: what a procedure is for, where it must not be done, and its harms."""

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from curate.corpus import Entry
from curate.formats.fhir.activity_definition import activity_id
from curate.formats.fhir.citation import doubts
from curate.formats.fhir.claim import Claimed, adverse_events, claims_of, conditions_of
from curate.formats.fhir.codes import PUBLICATION_STATUS, concept, term
from curate.formats.fhir.exported import Exported, Item, Resource
from curate.formats.fhir.ids import resource_id
from curate.formats.fhir.narrative import markdown
from curate.formats.fhir.paper import as_extensions
from curate.formats.fhir.resource import Head, Page, resource
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure

TYPE = "ClinicalUseDefinition"


class Use(NamedTuple):
    """One use of a procedure: its id, its FHIR type, and the claims that it rests on."""

    id: str
    type: str
    claims: tuple[Claimed, ...]
    condition: str | None = None
    """The condition of an indication."""


def items(exported: Exported) -> Iterator[Item]:
    """Yield the uses of every procedure."""
    for entry, procedure in exported.records(Procedure):
        for use in uses(exported, entry, procedure):
            yield Item(TYPE, use.id, partial(_use, exported, procedure, use))


def uses(exported: Exported, entry: Entry, procedure: Procedure) -> list[Use]:
    """Return the uses of one procedure, indications first.

    An indication is one for each condition that indication claims name. A claim of benefit makes
    none: it may well say that there was no benefit. A contraindication is one for each claim, and
    so is a harm: an undesirable effect where it leans on adverse events that were observed, a
    warning where it leans on none. A harm that was looked for and never observed is neither.
    """
    indications: dict[str | None, list[Claimed]] = {}
    others: list[Use] = []
    for claimed in claims_of(entry, procedure):
        id_ = resource_id(procedure.id, claimed.claim.id)
        if claimed.claim.about == "indication":
            for condition in conditions_of(claimed) or (None,):
                indications.setdefault(condition, []).append(claimed)
        elif claimed.claim.about == "contraindication":
            others.append(Use(id_, "contraindication", (claimed,)))
        elif claimed.claim.about == "harm":
            others += [Use(id_, type_, (claimed,)) for type_ in _harm(exported, claimed)]
    return [
        Use(
            resource_id(procedure.id, "indication", condition or "unspecified"),
            "indication",
            tuple(found),
            condition,
        )
        for condition, found in indications.items()
    ] + others


def _harm(exported: Exported, claimed: Claimed) -> Iterator[str]:
    events = adverse_events(exported, claimed.claim)
    if not events:
        yield "warning"
    elif any(event.count != 0 for event in events):
        yield "undesirable-effect"


def _use(exported: Exported, procedure: Procedure, use: Use) -> Resource:
    texts = [claimed.claim.text for claimed in use.claims]
    pmids = [pmid for claimed in use.claims for pmid in claimed.claim.pmids]
    subject = exported.refer("ActivityDefinition", activity_id(procedure.id), procedure.title)
    name = use.type.replace("-", " ").capitalize()
    condition = None if use.condition is None else exported.name(Condition, use.condition)
    return resource(
        exported,
        Head(TYPE, use.id, use.claims[0].origin),
        Page(
            f"{name}: {procedure.title}",
            [
                ("Condition", condition),
                *(("Claim", text) for text in texts),
                ("Papers", ", ".join(f"PMID {pmid}" for pmid in sorted(set(pmids)))),
                *(("Caution", text) for text in doubts(exported, pmids)),
            ],
        ),
        extension=as_extensions(exported.cite_all(pmids)),
        type=use.type,
        subject=[subject],
        status=concept(PUBLICATION_STATUS[procedure.status]),
        **_block(exported, use, " ".join(texts)),
    )


def _block(exported: Exported, use: Use, text: str) -> dict[str, Any]:
    """Return the one block that the type of the use asks for."""
    if use.type == "warning":
        return {"warning": {"description": markdown(text)}}
    if use.type == "undesirable-effect":
        return {"undesirableEffect": {"symptomConditionEffect": {"concept": term(text)}}}
    if use.type == "contraindication":
        return {"contraindication": {"diseaseSymptomProcedure": {"concept": term(text)}}}
    concept_ = term(text) if use.condition is None else exported.term(Condition, use.condition)
    return {"indication": {"diseaseSymptomProcedure": {"concept": concept_}}}
