"""What all resources share: id, narrative, identifiers, status, dates and reviewer."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from curate.formats.fhir.codes import PUBLICATION_STATUS, concept
from curate.formats.fhir.exported import Exported, Origin, Resource
from curate.formats.fhir.narrative import Row, narrative
from curate.formats.fhir.prune import prune
from curate.record import Record

STATUS = {"in_review": "draft", "approved": "active", "retired": "retired"}
"""Our status as a FHIR publication status."""

_HEAD = ("url", "version", "status", "date")
_REVIEWED = (*_HEAD, "publisher", "copyright", "approvalDate", "lastReviewDate", "reviewer")
# Which of the shared elements R5 gives to each type.
_ELEMENTS: dict[str, tuple[str, ...]] = {
    "Citation": _REVIEWED,
    "EvidenceVariable": _REVIEWED,
    "Evidence": _REVIEWED,
    "ActivityDefinition": _REVIEWED,
    "ResearchStudy": _HEAD,
    "ArtifactAssessment": ("date", "copyright", "approvalDate", "lastReviewDate"),
    "Composition": ("url", "version"),
    "ClinicalUseDefinition": (),
    "Group": (),
}
# R5 gives these no status of publication, so a tag says it.
_TAGGED = frozenset({"ArtifactAssessment", "Group"})
_SHOWN = {"in_review": "in review: no named reviewer has approved it", "retired": "retired"}


class Head(NamedTuple):
    """What a resource is: its type, its id, and the place in the records that it comes from."""

    type: str
    id: str
    origin: Origin


class Page(NamedTuple):
    """What a resource's narrative shows."""

    heading: str
    rows: Iterable[Row] = ()


def resource(exported: Exported, head: Head, page: Page, **body: Any) -> Resource:
    """Return a resource with all that its type shares with others, and nothing empty.

    An `identifier` in the body follows our own.
    """
    type_, id_, origin = head
    record = origin.entry.record if body.get("status") != "unknown" else None
    system = exported.addresses.system
    identifiers = [
        {"system": system("identifier"), "value": f"{type_}/{id_}"},
        {
            "use": "secondary",
            "system": system("source"),
            "value": str(origin),
        },
        *body.pop("identifier", ()),
    ]
    rows = [*page.rows, *_status_rows(record), ("Source", str(origin))]
    whole: Resource = prune(
        {"resourceType": type_, "id": id_, "meta": _meta(type_, record)}
        | {"text": narrative(page.heading, rows)}
        | _shared(exported, head, record)
        | {"identifier": identifiers}
        | body
    )
    return whole


def replaced_with(
    exported: Exported, record: Record, type_: str, id_: str | None
) -> Resource | None:
    """Return the link to the resource of the record that takes a retired one's place."""
    if record.replaced_by is None or id_ is None:
        return None
    if exported.get(type(record), record.replaced_by) is None:
        return {"type": "replaced-with", "display": record.replaced_by}
    return {"type": "replaced-with", "resourceReference": exported.refer(type_, id_)}


def _meta(type_: str, record: Record | None) -> dict[str, Any] | None:
    if record is None or type_ not in _TAGGED:
        return None
    return {"tag": concept(PUBLICATION_STATUS[record.status])["coding"]}


def _shared(exported: Exported, head: Head, record: Record | None) -> dict[str, Any]:
    config = exported.config
    values = {
        "url": exported.addresses.url(head.type, head.id),
        "version": config.version,
        "publisher": config.publisher,
        "copyright": config.license,
        **(_reviewed(record) if record is not None else {}),
    }
    return {name: values.get(name) for name in _ELEMENTS[head.type]}


def _reviewed(record: Record) -> dict[str, Any]:
    """Return status, dates and reviewer, as far as the record gives them."""
    found: dict[str, Any] = {"status": STATUS[record.status]}
    if record.review is not None:
        day = record.review.date
        found |= {"date": day, "lastReviewDate": day, "reviewer": [_reviewer(record)]}
        if record.status == "approved":
            found["approvalDate"] = day
    return found


def _reviewer(record: Record) -> dict[str, Any]:
    assert record.review is not None  # noqa: S101 - asked for only where there is one
    orcid = record.review.orcid
    telecom = {"system": "url", "value": f"https://orcid.org/{orcid}"} if orcid else None
    return {"name": record.review.by, "telecom": [telecom]}


def _status_rows(record: Record | None) -> list[Row]:
    """Say how far the record is: a reader must not take a draft for approved knowledge."""
    if record is None:
        return [("Status", "unknown: the paper is cited, but the corpus has no record of it")]
    review = record.review
    if review is None:
        return [("Status", _SHOWN.get(record.status, record.status))]
    orcid = f" (ORCID {review.orcid})" if review.orcid else ""
    return [
        ("Status", record.status.replace("_", " ")),
        ("Reviewed", f"{review.date} by {review.by}{orcid}"),
        ("Next review", review.next),
    ]
