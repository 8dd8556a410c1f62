"""Composition: the readable page of a procedure, with links to all that belongs to it."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from curate.corpus import Entry
from curate.formats.fhir.activity_definition import activity_id
from curate.formats.fhir.artifact_assessment import assessment_id
from curate.formats.fhir.citation import id_of_study
from curate.formats.fhir.claim import claims_of
from curate.formats.fhir.clinical_use_definition import uses
from curate.formats.fhir.codes import PROFESSIONAL, concept, term
from curate.formats.fhir.evidence import evidence_id
from curate.formats.fhir.exported import Exported, Item, Origin, Resource
from curate.formats.fhir.follow_up import follow_up_id
from curate.formats.fhir.ids import citation_id, resource_id
from curate.formats.fhir.measured import results
from curate.formats.fhir.narrative import narrative
from curate.formats.fhir.note import ABSENT, record_notes
from curate.formats.fhir.research_study import study_id
from curate.formats.fhir.resource import Head, Page, resource
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study

TYPE = "Composition"

_STATUS = {"in_review": "preliminary", "approved": "final", "retired": "deprecated"}
_USES = {
    "indication": "Indications",
    "contraindication": "Contraindications",
    "undesirable-effect": "Undesirable effects",
    "warning": "Warnings",
}


def items(exported: Exported, studies: Iterable[str]) -> Iterator[Item]:
    """Yield the page of a procedure; the studies of it are in these files."""
    for entry, procedure in exported.records(Procedure):
        found = exported.studies_at(studies)
        make = partial(_page, exported, entry, procedure, found)
        yield Item(TYPE, resource_id(procedure.id), make)


def _page(exported: Exported, entry: Entry, procedure: Procedure, studies: list[Study]) -> Resource:
    origin = Origin(entry)
    review = procedure.review
    reviewed = None if review is None else review.date
    approved = procedure.status == "approved"
    return resource(
        exported,
        Head(TYPE, resource_id(procedure.id), origin),
        Page(
            procedure.title,
            [("Description", procedure.description)],
        ),
        status=_STATUS[procedure.status],
        type=term("Procedure: what it is, and the evidence for it"),
        subject=[_refer(exported, "ActivityDefinition", activity_id(procedure.id))],
        # R5 asks for a date; a record that nobody reviewed has none.
        **({"_date": ABSENT} if reviewed is None else {"date": reviewed}),
        author=[{"display": exported.publisher}],
        title=procedure.title,
        note=record_notes(origin),
        attester=[
            None
            if review is None or not approved
            else {
                "mode": concept(PROFESSIONAL),
                "time": review.date,
                "party": {"display": review.by},
            }
        ],
        section=[*_sections(exported, entry, procedure, studies)],
    )


def _sections(
    exported: Exported, entry: Entry, procedure: Procedure, studies: list[Study]
) -> Iterator[dict[str, Any]]:
    if procedure.description is not None:
        text = narrative("Description", [(procedure.title, procedure.description)])
        yield {"title": "Description", "text": text}
    found = uses(exported, entry, procedure)
    for type_, title in _USES.items():
        ids = [use.id for use in found if use.type == type_]
        yield from _section(exported, title, "ClinicalUseDefinition", ids)
    claims = [assessment_id(claimed) for claimed in claims_of(entry, procedure)]
    yield from _section(exported, "Claims", "ArtifactAssessment", claims)
    ids = [study_id(study.id) for study in studies]
    yield from _section(exported, "Studies", "ResearchStudy", ids)
    ids = [id_ for study in studies for id_ in _evidence(study)]
    yield from _section(exported, "Evidence", "Evidence", ids)
    cited = {citation_id(pmid) for claim in procedure.claims for pmid in claim.pmids}
    cited |= {id_ for study in studies if (id_ := id_of_study(study)) is not None}
    yield from _section(exported, "References", "Citation", sorted(cited))


def _evidence(study: Study) -> Iterator[str]:
    if study.follow_up is not None:
        yield follow_up_id(study)
    for result in results(study):
        yield evidence_id(study.id, result.id)


def _section(
    exported: Exported, title: str, type_: str, ids: Iterable[str]
) -> Iterator[dict[str, Any]]:
    entries = [_refer(exported, type_, id_) for id_ in ids]
    if entries:
        yield {"title": title, "entry": entries}


def _refer(exported: Exported, type_: str, id_: str) -> Resource:
    return exported.refer(type_, id_)
