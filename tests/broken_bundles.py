"""Good bundles with one thing broken in each, and the reason for which each must be refused.

A place is a path of names and indices. It starts with a type, and then is in the first resource of
that type that has the place; or it starts with `Bundle`.
"""

import copy
from decimal import Decimal
from typing import Any, NamedTuple

Bundle = dict[str, Any]

_DIV = '<div xmlns="http://www.w3.org/1999/xhtml">'
_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_CITES = "http://hl7.org/fhir/StructureDefinition/artifact-relatedArtifact"
_STATISTIC = "http://terminology.hl7.org/CodeSystem/statistic-type"
GONE = object()
_TRUE: Any = True


class Broken(NamedTuple):
    """One thing to break: in a bundle of this kind, at this place, and the reason it is refused."""

    kind: str
    place: str
    value: Any
    """What to put there; GONE takes it away."""
    reason: str


COLLECTION = [
    # Elements that R5 does not have.
    Broken("collection", "Evidence.colour", "red", "unknown-element"),
    Broken("collection", "Evidence.statistic.0.pValue", Decimal("0.01"), "unknown-element"),
    Broken("collection", "Group.actual", 1, "unknown-element"),
    Broken("collection", "ResearchStudy.arm", [{"name": "x"}], "unknown-element"),
    Broken("collection", "Bundle.entry.0.ressource", {}, "unknown-element"),
    Broken("collection", "Evidence._statistic", [{"id": "x"}], "unknown-element"),
    Broken("collection", "ClinicalUseDefinition._library", [{"colour": "red"}], "unknown-element"),
    Broken("collection", "Evidence.statistic.0.resourceType", "Evidence", "unknown-element"),
    # Too few, too many.
    Broken("collection", "Evidence.status", GONE, "cardinality"),
    Broken("collection", "ClinicalUseDefinition._library", {"id": "x"}, "cardinality"),
    Broken("collection", "Evidence.variableDefinition", GONE, "cardinality"),
    Broken("collection", "Evidence.variableDefinition.0.variableRole", GONE, "cardinality"),
    Broken("collection", "Composition.author", GONE, "cardinality"),
    Broken("collection", "Composition._date", GONE, "cardinality"),
    Broken("collection", "Composition.title", GONE, "cardinality"),
    Broken("collection", "Group.membership", GONE, "cardinality"),
    Broken("collection", "Group.characteristic.0.exclude", GONE, "cardinality"),
    Broken("collection", "ArtifactAssessment.artifactReference", GONE, "cardinality"),
    Broken("collection", "ClinicalUseDefinition.type", GONE, "cardinality"),
    Broken("collection", "Bundle.type", GONE, "cardinality"),
    Broken("collection", "Citation.text.status", GONE, "cardinality"),
    Broken("collection", "Citation.title", ["One", "Two"], "cardinality"),
    Broken("collection", "Evidence.statistic", {"description": "One"}, "cardinality"),
    Broken("collection", "Bundle.entry", {}, "cardinality"),
    # The wrong type of value.
    Broken("collection", "Group.quantity", "20", "primitive"),
    Broken("collection", "Group.quantity", -1, "primitive"),
    Broken("collection", "Evidence.statistic.0.quantity.value", "9.60", "primitive"),
    Broken("collection", "Evidence.statistic.0.quantity.value", _TRUE, "primitive"),
    Broken("collection", "Group.characteristic.0.exclude", "false", "primitive"),
    Broken("collection", "Group.name", 7, "primitive"),
    Broken("collection", "Evidence.statistic.0.quantity", 9, "type"),
    Broken("collection", "Evidence.text", "Plain", "type"),
    Broken("collection", "Bundle.entry.0.resource", "Citation", "type"),
    Broken("collection", "Bundle.entry.0.resource.resourceType", "Patient", "type"),
    Broken("collection", "ActivityDefinition.timingTiming", {"code": {}}, "unwritten-type"),
    Broken("collection", "ActivityDefinition.dosage", [{"text": "x"}], "unwritten-type"),
    # The wrong form.
    Broken("collection", "Citation.citedArtifact.dateAccessed", "21.11.2026", "primitive"),
    Broken("collection", "ResearchStudy.period.start", "2003-13", "primitive"),
    Broken("collection", "Citation.id", "pmid_1", "primitive"),
    Broken("collection", "Citation.id", "p" * 65, "primitive"),
    Broken(
        "collection", "Evidence.statistic.0.statisticType.coding.0.code", " C53319", "primitive"
    ),
    Broken("collection", "Evidence.statistic.0.statisticType.coding.0.system", "a b", "primitive"),
    Broken("collection", "Evidence.title", "a\x00b", "primitive"),
    # Choices.
    Broken(
        "collection",
        "EvidenceVariable.characteristic.0.timeFromEvent.0.eventId",
        "x",
        "choice",
    ),
    Broken("collection", "ArtifactAssessment.artifactUri", "urn:x", "choice"),
    # Codes.
    Broken("collection", "Evidence.status", "in-review", "binding"),
    Broken("collection", "Composition.status", "draft", "binding"),
    Broken("collection", "Group.type", "patient", "binding"),
    Broken("collection", "Bundle.type", "bag", "binding"),
    Broken("collection", "Evidence.relatedArtifact.0.type", "source", "binding"),
    Broken("collection", "ActivityDefinition.kind", "Procedure", "binding"),
    Broken("collection", "ClinicalUseDefinition.type", "benefit", "binding"),
    Broken("collection", "EvidenceVariable.handling", "binary", "binding"),
    Broken("collection", "Citation.text.status", "written", "binding"),
    Broken("collection", "Citation.identifier.1.use", "second", "binding"),
    Broken("collection", "Citation.language", "en", "binding"),
    Broken("collection", "ArtifactAssessment.content.0.informationType", "note", "binding"),
    Broken("collection", "Evidence.studyDesign.0", {"text": "Survey"}, "binding"),
    Broken("collection", "Evidence.statistic.0.statisticType", {"text": "Mean"}, "binding"),
    Broken("collection", "Evidence.statistic.0.statisticType.coding.0.code", "C1", "code"),
    Broken("collection", "Evidence.statistic.0.statisticType.coding.0.display", "Mode", "display"),
    Broken(
        "collection",
        "Group.code",
        {"coding": [{"system": _STATISTIC, "code": "mean"}]},
        "code",
    ),
    # Invariants.
    Broken("collection", "Evidence.statistic.0.quantity.system", GONE, "qty-3"),
    Broken("collection", "ResearchStudy.period.end", "1999", "per-1"),
    Broken(
        "collection",
        "EvidenceVariable.characteristic.0.timeFromEvent.0.range.low.value",
        900,
        "rng-2",
    ),
    Broken(
        "collection",
        "EvidenceVariable.characteristic.0.timeFromEvent.0.range.low.comparator",
        "<",
        "sqty-1",
    ),
    Broken("collection", "EvidenceVariable.characteristic.0.definitionId", "x", "evv-1"),
    Broken("collection", "ClinicalUseDefinition.interaction", {"type": {"text": "x"}}, "cud-1"),
    Broken("collection", "Composition.section.0", {"title": "Nothing"}, "cmp-1"),
    Broken("collection", "Composition.section.1.emptyReason", {"text": "none"}, "cmp-2"),
    Broken(
        "collection", "Evidence.relatedArtifact.0.resourceReference", {"type": "Citation"}, "ref-2"
    ),
    Broken(
        "collection", "Evidence.relatedArtifact.0.resourceReference.reference", "#here", "ref-1"
    ),
    Broken("collection", "Evidence.relatedArtifact.0.document", {"data": "QQ=="}, "att-1"),
    Broken("collection", "Evidence.contact", [{"telecom": [{"value": "x"}]}], "cpt-2"),
    Broken(
        "collection",
        "ActivityDefinition.dynamicValue",
        [{"path": "x", "expression": {"name": "a-b", "expression": "1"}}],
        "exp-2",
    ),
    Broken(
        "collection",
        "ActivityDefinition.dynamicValue",
        [{"path": "x", "expression": {"name": "a"}}],
        "exp-1",
    ),
    Broken(
        "collection",
        "Citation.contained",
        [{"resourceType": "Group", "id": "g", "type": "person", "membership": "enumerated"}],
        "dom-3",
    ),
    Broken(
        "collection",
        "Citation.contained",
        [{"resourceType": "Group", "id": "g", "contained": [{}]}],
        "dom-2",
    ),
    Broken(
        "collection",
        "Citation.contained",
        [{"resourceType": "Group", "id": "g", "meta": {"versionId": "1"}}],
        "dom-4",
    ),
    Broken(
        "collection",
        "Citation.contained",
        [{"resourceType": "Group", "id": "g", "meta": {"security": [{"code": "x"}]}}],
        "dom-5",
    ),
    # What R5 only warns of.
    Broken("collection", "Evidence.name", "not a name", "cnl-0"),
    Broken("collection", "Evidence.url", "https://example.org/fhir/Evidence/a#b", "cnl-1"),
    Broken("collection", "Evidence.studyDesign.0.coding.0.code", GONE, "cod-1"),
    Broken("collection", "Evidence.identifier.0.value", GONE, "ident-1"),
    Broken("collection", "Evidence.note", [], "ele-1"),
    Broken("collection", "Evidence.note", [{}], "ele-1"),
    Broken("collection", "Evidence.title", "", "ele-1"),
    Broken("collection", "Evidence.title", "  ", "ele-1"),
    Broken("collection", "Evidence.title", None, "primitive"),
    Broken("collection", "ClinicalUseDefinition.extension.0.valueRelatedArtifact", GONE, "ext-1"),
    Broken("collection", "Composition._date.extension.0.valueCode", GONE, "ext-1"),
    # Extensions.
    Broken(
        "collection", "Group.extension", [{"url": "urn:x", "valueCode": "x"}], "unknown-extension"
    ),
    Broken("collection", "Group.extension", [{"url": _ABSENT, "valueCode": "lost"}], "binding"),
    Broken(
        "collection", "Group.extension", [{"url": _ABSENT, "valueString": "x"}], "unknown-element"
    ),
    Broken(
        "collection",
        "Evidence.extension",
        [{"url": _CITES, "valueRelatedArtifact": {"type": "citation"}}],
        "extension-context",
    ),
    # The narrative.
    Broken("collection", "Citation.text", GONE, "dom-6"),
    Broken("collection", "Citation.text.div", "<p>No div</p>", "txt-1"),
    Broken("collection", "Citation.text.div", "<div>No namespace</div>", "txt-1"),
    Broken("collection", "Citation.text.div", f"{_DIV}p < 0.001</div>", "txt-1"),
    Broken("collection", "Citation.text.div", f"{_DIV}<script>x()</script></div>", "txt-1"),
    Broken("collection", "Citation.text.div", f'{_DIV}<p onclick="x()">x</p></div>', "txt-1"),
    Broken("collection", "Citation.text.div", f"<!DOCTYPE x>{_DIV}x</div>", "txt-1"),
    Broken("collection", "Citation.text.div", f"{_DIV}<p> </p></div>", "txt-2"),
    # References.
    Broken(
        "collection", "Evidence.variableDefinition.0.observed.reference", "urn:uuid:0", "reference"
    ),
    Broken(
        "collection", "Evidence.variableDefinition.0.observed.reference", "Group/x", "reference"
    ),
    Broken("collection", "Evidence.variableDefinition.0.observed.type", "Citation", "target-type"),
    # Ids and addresses.
    Broken("collection", "Bundle.entry.0.resource.id", GONE, "id"),
    Broken("collection", "Bundle.entry.0.resource.id", "30587520", "id"),
    Broken("collection", "Bundle.entry.0.fullUrl", "urn:uuid:ABC", "full-url"),
    Broken("collection", "Citation.url", "https://example.org/Citation/other", "full-url"),
    # Rules of bundles.
    Broken("collection", "Bundle.entry.0.fullUrl", GONE, "bdl-15"),
    Broken("collection", "Bundle.entry.0.resource", GONE, "bdl-3a"),
    Broken("collection", "Bundle.entry.0.resource", GONE, "bdl-5"),
    Broken("collection", "Bundle.entry.1.request", {"method": "PUT", "url": "x"}, "bdl-3a"),
    Broken("collection", "Bundle.entry.1.search", {"mode": "match"}, "bdl-2"),
    Broken("collection", "Bundle.total", 3, "bdl-1"),
    Broken(
        "collection",
        "Bundle.issues",
        {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "x"}]},
        "bdl-16",
    ),
    Broken(
        "collection", "Bundle.entry.0.fullUrl", "https://a.example/Citation/x/_history/1", "bdl-8"
    ),
    Broken("collection", "Bundle.entry", [], "ele-1"),
    Broken("collection", "Bundle.type", "searchset", "bdl-18"),
    Broken("collection", "Bundle.type", "history", "bdl-3b"),
    Broken("collection", "Bundle.type", "batch-response", "bdl-3d"),
    Broken("collection", "Bundle.type", "message", "bdl-12"),
    Broken("collection", "Bundle.type", "subscription-notification", "bdl-13"),
    Broken("collection", "Bundle.type", "transaction", "bdl-3c"),
    Broken("collection", "Bundle.resourceType", "Bag", "type"),
]
TRANSACTION = [
    Broken("transaction", "Bundle.entry.0.request", GONE, "bdl-3c"),
    Broken("transaction", "Bundle.entry.3.request.method", GONE, "cardinality"),
    Broken("transaction", "Bundle.entry.3.request.method", "put", "binding"),
    Broken("transaction", "Bundle.entry.3.request.method", "DELETE", "bdl-3c"),
    Broken("transaction", "Bundle.entry.3.request.url", "Citation", "request"),
    Broken("transaction", "Bundle.entry.3.resource.id", "another", "request"),
    Broken(
        "transaction", "Evidence.variableDefinition.0.observed.reference", "Group/x", "reference"
    ),
    Broken("transaction", "Evidence.variableDefinition.0.observed.reference", "urn:x", "reference"),
]
DOCUMENT = [
    Broken("document", "Bundle.identifier", GONE, "bdl-9"),
    Broken("document", "Bundle.identifier.system", GONE, "bdl-9"),
    Broken("document", "Bundle.identifier.value", GONE, "bdl-9"),
    Broken("document", "Bundle.timestamp", GONE, "bdl-10"),
    Broken("document", "Bundle.timestamp", "2026-11-21", "primitive"),
    Broken("document", "Bundle.entry.0.resource.section", GONE, "not-of-document"),
    Broken("document", "Bundle.issues", {"resourceType": "OperationOutcome"}, "bdl-17"),
    Broken("document", "Bundle.entry.0", GONE, "bdl-11"),
    Broken("document", "Bundle.entry.1", GONE, "reference"),
    Broken("document", "Composition.subject.0.reference", "Citation/x", "reference"),
]
WITHOUT_BASE_URL = [
    Broken("urn", "Bundle.entry.0.fullUrl", "https://example.org/fhir/Group/x", "full-url"),
    Broken("urn", "Bundle.entry.0.fullUrl", "https://example.org/Citation", "full-url"),
    Broken("urn", "Evidence.relatedArtifact.0.resourceReference.reference", "Group/x", "reference"),
]
TWICE = [Broken("twice", "Bundle.type", "collection", "bdl-7")]
HISTORY = [
    Broken("history", "Bundle.entry.0.request.method", "PATCH", "bdl-14"),
    Broken("history", "Bundle.entry.0.response", GONE, "bdl-3b"),
]
ALL = [*COLLECTION, *TRANSACTION, *DOCUMENT, *WITHOUT_BASE_URL, *TWICE, *HISTORY]


def broken(bundle: Bundle, one: Broken) -> Bundle:
    """Return a copy of a bundle with one thing broken."""
    made = copy.deepcopy(bundle)
    start, *steps = one.place.split(".")
    last = steps.pop()
    holder = next(
        found for top in _tops(made, start) if (found := _at(top, steps, last, one)) is not None
    )
    key: Any = int(last) if isinstance(holder, list) else last
    if one.value is GONE:
        del holder[key]
    else:
        holder[key] = one.value
    return made


def _tops(bundle: Bundle, start: str) -> list[Any]:
    if start == "Bundle":
        return [bundle]
    resources = [entry["resource"] for entry in bundle["entry"]]
    return [resource for resource in resources if resource["resourceType"] == start]


def _at(value: Any, steps: list[str], last: str, one: Broken) -> Any:
    """Return what holds the place; None where it is not, or has nothing to be taken away."""
    for step in steps:
        if isinstance(value, list):
            value = value[int(step)] if int(step) < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    if not isinstance(value, dict | list):
        return None
    if one.value is GONE and isinstance(value, dict) and last not in value:
        return None
    return value
