"""What a page is about, for search engines: schema.org as JSON-LD."""

from collections.abc import Iterable
from typing import Any

from curate.formats.html.citation import vancouver
from curate.formats.html.markup import Html
from curate.formats.html.site import Site
from curate.json_text import encode
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.kinds.reference import Reference
from curate.kinds.study import Study
from curate.record import Record

_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
_SYSTEMS = {
    "mesh": "MeSH",
    "snomed-ct": "SNOMED CT",
    "icd-10-cm": "ICD-10-CM",
    "icd-11": "ICD-11",
    "loinc": "LOINC",
}


def script(value: dict[str, Any]) -> Html:
    """Return a block of data; `<` is written so that no text in it can end the block."""
    text = encode({"@context": "https://schema.org", **value}, indent=None).decode()
    written = text.replace("<", "\\u003c")
    return Html(f'<script type="application/ld+json">{written}</script>')


def of_record(site: Site, record: Record, pmids: Iterable[int]) -> dict[str, Any]:
    """Return what is known of a record's page; it was reviewed only where somebody says so."""
    said = {
        "@type": "MedicalWebPage",
        "name": record.title,
        "about": _about(record),
        "citation": [_article(site, pmid) for pmid in pmids],
        **_reviewed(record),
        **_part_of(site),
    }
    return {key: value for key, value in said.items() if value}


def of_site(site: Site) -> dict[str, Any]:
    """Return what is known of the corpus."""
    config = site.corpus.config
    said = {"@type": "WebSite", "name": config.title, "publisher": _publisher(site)}
    return {key: value for key, value in said.items() if value}


def _reviewed(record: Record) -> dict[str, Any]:
    if record.status != "approved" or record.review is None:
        return {}
    review = record.review
    person: dict[str, Any] = {"@type": "Person", "name": review.by}
    if review.orcid is not None:
        person["sameAs"] = f"https://orcid.org/{review.orcid}"
    return {"lastReviewed": review.date, "reviewedBy": person}


def _part_of(site: Site) -> dict[str, Any]:
    config = site.corpus.config
    return {
        "isPartOf": of_site(site),
        "publisher": _publisher(site),
        "license": f"https://spdx.org/licenses/{config.license}" if config.license else None,
        "version": config.version,
        "inLanguage": "en",
    }


def _publisher(site: Site) -> dict[str, str] | None:
    name = site.corpus.config.publisher
    return {"@type": "Organization", "name": name} if name else None


def _about(record: Record) -> dict[str, Any]:
    kinds = {"procedure": "MedicalProcedure", "condition": "MedicalCondition"}
    kinds |= {"study": "MedicalStudy", "reference": "ScholarlyArticle"}
    about: dict[str, Any] = {
        "@type": kinds.get(record.kind, "MedicalEntity"),
        "name": record.title,
        "alternateName": list(getattr(record, "synonyms", ())) or None,
        "description": getattr(record, "description", None),
    }
    if isinstance(record, Procedure | Condition):
        about["code"] = [
            {"@type": "MedicalCode", "codingSystem": _SYSTEMS[code.system], "codeValue": code.code}
            for code in record.codes
        ]
    if isinstance(record, Study | Reference) and record.pmid is not None:
        about["sameAs"] = f"{_PUBMED}{record.pmid}/"
    return {key: value for key, value in about.items() if value}


def _article(site: Site, pmid: int) -> dict[str, Any]:
    reference = site.references.get(pmid)
    said: dict[str, Any] = {"@type": "ScholarlyArticle", "sameAs": f"{_PUBMED}{pmid}/"}
    if reference is None:
        return said
    return said | {"name": reference.title, "description": vancouver(reference)}
