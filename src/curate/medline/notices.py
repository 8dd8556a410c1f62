"""Take what PubMed says of corrections, concerns and retractions out of its XML."""

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

from curate.medline.identifiers import DOI
from curate.medline.words import text_at

ABOUT_THIS: Final = {
    "RetractionIn": "retraction",
    "PartialRetractionIn": "retraction",
    "ExpressionOfConcernIn": "expression-of-concern",
    "ErratumIn": "erratum",
    "RetractedandRepublishedIn": "retracted-and-republished",
    "CorrectedandRepublishedIn": "corrected-and-republished",
    "UpdateIn": "update",
}
ABOUT_ANOTHER: Final = {
    "RetractionOf": "retraction",
    "PartialRetractionOf": "retraction",
    "ExpressionOfConcernFor": "expression-of-concern",
    "ErratumFor": "erratum",
}
TYPES_OF_NOTICES: Final = {
    "Retraction of Publication": "retraction",
    "Retraction Notice": "retraction",
    "Expression of Concern": "expression-of-concern",
    "Published Erratum": "erratum",
}
_DOI: Final = re.compile(r"doi:\s*(" + DOI.pattern + r")", re.IGNORECASE)


def notices(citation: Element) -> list[dict[str, Any]]:
    """Return the notices about a paper; PubMed need not have an entry of its own for them."""
    return [
        _notice(ABOUT_THIS[type_], node)
        for type_, node in _corrections(citation)
        if type_ in ABOUT_THIS
    ]


def notice_of(citation: Element, types: list[str]) -> list[dict[str, Any]]:
    """Return what an entry is a notice of, by what it says of another paper or of itself."""
    found = [
        _without_doi(_notice(ABOUT_ANOTHER[type_], node))
        for type_, node in _corrections(citation)
        if type_ in ABOUT_ANOTHER
    ]
    return found or of_its_own_words(types)


def of_its_own_words(types: list[str]) -> list[dict[str, Any]]:
    """Return what an entry is a notice of where it names no paper."""
    return [{"type": TYPES_OF_NOTICES[word]} for word in types if word in TYPES_OF_NOTICES]


def said_of(type_: str, text: str, pmid: int | None) -> dict[str, Any]:
    """Return one notice: its type, its PMID and, taken out of where it stands, its DOI."""
    doi = _DOI.search(text)
    where = re.sub(r"\s*\b(doi:\s*\S+|PMID:\s*[0-9]+)\.?", "", text).strip()
    notice = {
        "type": type_,
        "pmid": pmid,
        "doi": doi[1].rstrip(".;") if doi else None,
        "citation": where.removesuffix(".")[:400] or None,
    }
    return {name: value for name, value in notice.items() if value is not None}


def _notice(type_: str, node: Element) -> dict[str, Any]:
    pmid = text_at(node, "PMID") or ""
    return said_of(type_, text_at(node, "RefSource") or "", int(pmid) if pmid.isdecimal() else None)


def _without_doi(notice: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in notice.items() if name != "doi"}


def _corrections(citation: Element) -> Iterator[tuple[str, Element]]:
    for node in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        yield node.get("RefType", ""), node
