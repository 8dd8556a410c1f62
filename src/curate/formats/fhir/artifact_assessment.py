"""ArtifactAssessment: a claim about a procedure or condition, with what it rests on."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from curate.formats.fhir.activity_definition import activity_id
from curate.formats.fhir.citation import doubts
from curate.formats.fhir.claim import Claimed, claims, supports
from curate.formats.fhir.codes import CERTAINTY, RATING, concept, term
from curate.formats.fhir.condition import condition_id
from curate.formats.fhir.exported import Exported, Item, Resource
from curate.formats.fhir.ids import resource_id
from curate.formats.fhir.narrative import markdown
from curate.formats.fhir.note import signed_waiver_text, waivers_of_part
from curate.formats.fhir.resource import Head, Page, resource
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.parts.claim import Certainty
from curate.parts.quote import Quote

TYPE = "ArtifactAssessment"

# A retired record's claims have no workflow status that fits; their artifact is retired.
_WORKFLOW = {"in_review": "submitted", "approved": "published"}


def items(exported: Exported) -> Iterator[Item]:
    """Yield the assessment of every claim."""
    for claimed in claims(exported):
        id_ = assessment_id(claimed)
        yield Item(TYPE, id_, partial(_assessment, exported, id_, claimed))


def assessment_id(claimed: Claimed) -> str:
    """Return the id of the assessment of a claim."""
    return resource_id(f"{claimed.record.kind}-{claimed.record.id}", claimed.claim.id)


def _assessment(exported: Exported, id_: str, claimed: Claimed) -> Resource:
    record, claim = claimed.record, claimed.claim
    waivers = [signed_waiver_text(waiver) for waiver in waivers_of_part(claimed.origin)]
    said = [*doubts(exported, claim.pmids), *_quoted(claim.quote), *waivers]
    conditions = "; ".join(exported.name(Condition, one) for one in claim.conditions)
    certainty = claim.certainty
    links = [*exported.cite_all(claim.pmids), *supports(exported, claim)]
    about = claim.about.capitalize()
    return resource(
        exported,
        Head(TYPE, id_, claimed.origin),
        Page(
            f"{record.title}: {claim.about}",
            [
                ("Claim", claim.text),
                ("Holds for", conditions),
                ("Certainty (GRADE)", _rating_text(certainty)),
                *(("Note", text) for text in said),
                ("Papers", ", ".join(f"PMID {pmid}" for pmid in claim.pmids)),
            ],
        ),
        title=f"{record.title}: {claim.about}",
        artifactReference=_artifact(exported, record),
        content=[
            {
                "informationType": "comment",
                "summary": markdown(claim.text),
                "type": term(about),
                "classifier": [exported.term(Condition, one) for one in claim.conditions],
                "relatedArtifact": links,
            },
            *({"informationType": "comment", "summary": markdown(text)} for text in said),
            None if certainty is None else _rating(certainty),
        ],
        workflowStatus=_WORKFLOW.get(record.status),
    )


def _quoted(quote: Quote | None) -> Iterator[str]:
    """Say what is quoted, and what came of looking for it."""
    if quote is None:
        return
    yield f"Quoted from PMID {quote.pmid}: “{quote.text}”"
    if quote.checked is not None:
        checked = quote.checked
        result = "found" if checked.result == "found" else "NOT FOUND"
        yield (
            f"The quotation was {result} there on {checked.date} "
            f"(digest of the text {checked.text_digest}, of the claim {checked.claim_digest})."
        )


def _artifact(exported: Exported, record: Procedure | Condition) -> Resource:
    if isinstance(record, Procedure):
        return exported.refer("ActivityDefinition", activity_id(record.id), record.title)
    return exported.refer("EvidenceVariable", condition_id(record.id), record.title)


def _rating(certainty: Certainty) -> dict[str, Any]:
    """Return how sure the evidence makes us, with the reasons as components."""
    return {
        "informationType": "container" if certainty.reasons else "rating",
        "type": concept(CERTAINTY["overall"]),
        "classifier": [concept(RATING[certainty.rating])],
        "component": list(_reasons(certainty)),
    }


def _rating_text(certainty: Certainty | None) -> str | None:
    return None if certainty is None else certainty.rating.replace("-", " ")


def _reasons(certainty: Certainty) -> Iterator[dict[str, Any]]:
    for reason in certainty.reasons:
        yield {
            "informationType": "comment",
            "summary": markdown(reason.note),
            "type": concept(CERTAINTY[reason.domain]),
        }
