"""The papers that a resource rests on, in its `relatedArtifact` or where it has none, beside it."""

from collections.abc import Iterable
from typing import Any

from curate.formats.fhir.citation import id_of_study
from curate.formats.fhir.exported import Exported, Resource
from curate.kinds.study import Study

_RELATED_ARTIFACT = "http://hl7.org/fhir/StructureDefinition/artifact-relatedArtifact"


def derived_from(exported: Exported, study: Study) -> list[Resource]:
    """Return the link to the Citation of a study's paper, if anything identifies the paper."""
    citation = id_of_study(study)
    if citation is None:
        return []
    display = None if study.pmid is None else f"PMID {study.pmid}"
    reference = exported.refer("Citation", citation, display)
    return [{"type": "derived-from", "resourceReference": reference}]


def as_extensions(links: Iterable[Resource]) -> list[dict[str, Any]]:
    """Return links for a type that R5 gives no `relatedArtifact`, in its official extension."""
    return [{"url": _RELATED_ARTIFACT, "valueRelatedArtifact": link} for link in links]
