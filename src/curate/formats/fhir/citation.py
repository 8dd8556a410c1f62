"""Citation: one for each paper that is cited, whether or not the corpus has a record of it."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import quote

from curate.cited import cited
from curate.finding import Where
from curate.formats.fhir.codes import (
    ARTICLE_STATE,
    AUTHOR,
    AUTHOR_STRING,
    OTHER_LANGUAGE,
    PERIODICAL,
    PRIMARY_TITLE,
    PUBLICATION_TYPE,
    concept,
)
from curate.formats.fhir.exported import Exported, Item, Origin, Resource
from curate.formats.fhir.ids import citation_id, resource_id
from curate.formats.fhir.narrative import Row, markdown
from curate.formats.fhir.note import record_notes
from curate.formats.fhir.resource import Head, Page, replaced_with, resource
from curate.kinds.reference import Notice, Noticed, Reference
from curate.kinds.study import Study
from curate.record import Record

TYPE = "Citation"

_DOI = "https://doi.org"
_PUBMED = "https://pubmed.ncbi.nlm.nih.gov"
_PMC = "https://www.ncbi.nlm.nih.gov/pmc/"
_NOTICES = {
    "erratum": "correction-in",
    "expression-of-concern": "comment-in",
    "retraction": "retracted-by",
    "retracted-and-republished": "retracted-by",
    "corrected-and-republished": "replaced-with",
    "update": "amended-with",
}
_NOTICES_OF = {
    "erratum": "corrects",
    "expression-of-concern": "comments-on",
    "retraction": "retracts",
}
_STATES = {
    "concern": "Published; under an expression of concern",
    "corrected": "Published; a correction has been published",
}
_DOUBTS = {
    "retracted": "HAS BEEN RETRACTED",
    "concern": "is under an expression of concern",
}
_ORIGINS = {
    "fetched": "Fetched from PubMed by machine.",
    "imported": "Imported by machine from a citation file.",
    "by-hand": "Entered by hand; not compared with PubMed by machine.",
}
_INITIALS = re.compile(r".+ ([A-Z]{1,4})")


class Cited(NamedTuple):
    """A paper that a record cites, and where; without a PMID it is the paper of that study."""

    id: str
    pmid: int | None
    where: Where


def items(exported: Exported) -> Iterator[Item]:
    """Yield the Citation of a reference."""
    for entry, reference in exported.records(Reference):
        make = partial(_full, exported, Origin(entry), reference)
        yield Item(TYPE, citation_id(reference.pmid), make)


def items_without_reference(exported: Exported, papers: Iterable[Cited]) -> Iterator[Item]:
    """Yield the Citations of papers that a record is the first to cite, and that have no record."""
    for paper in papers:
        origin = Origin(exported.entry, paper.where)
        yield Item(TYPE, paper.id, partial(_minimal, exported, origin, paper))


def cited_by(record: Record) -> Iterator[Cited]:
    """Yield every paper that a record cites, with the place where it does."""
    for where, pmid in _pmids(record):
        yield Cited(citation_id(pmid), pmid, where)
    if isinstance(record, Study) and record.pmid is None:
        id_ = id_of_study(record)
        if id_ is not None:
            yield Cited(id_, None, ())


def id_of_study(study: Study) -> str | None:
    """Return the id of the Citation of a study's paper, if anything identifies the paper."""
    if study.pmid is not None:
        return citation_id(study.pmid)
    known = study.doi is not None or study.pmcid is not None
    return resource_id(f"study-{study.id}") if known else None


def registration(number: str) -> dict[str, Any]:
    """Return a trial registration as an Identifier."""
    if number.startswith("NCT"):
        return {"system": "http://clinicaltrials.gov", "value": number}
    # HL7 lists no system for the numbers of other registries.
    registry = "ISRCTN registry" if number.startswith("ISRCTN") else "Trial registry"
    return {"assigner": {"display": registry}, "value": number}


def doubts(exported: Exported, pmids: Iterable[int]) -> list[str]:
    """Say which of these papers were retracted, or stand under an expression of concern."""
    found = ((pmid, exported.get(Reference, citation_id(pmid))) for pmid in sorted(set(pmids)))
    return [
        f"PMID {pmid} {_DOUBTS[reference.publication_status]}."
        for pmid, reference in found
        if reference is not None and reference.publication_status in _DOUBTS
    ]


def _pmids(record: Record) -> Iterator[tuple[Where, int]]:
    """Yield what a record leans on, and what a reference's notices are."""
    yield from cited(record)
    if isinstance(record, Reference):
        for field in ("notices", "notice_of"):
            for index, notice in enumerate(getattr(record, field)):
                if notice.pmid is not None:
                    yield (field, index, "pmid"), notice.pmid


def _minimal(exported: Exported, origin: Origin, paper: Cited) -> Resource:
    """Return the Citation of a paper that the corpus has no record of."""
    id_, pmid, _ = paper
    studies = [*_own(exported)] if pmid is None else exported.studies_of(pmid)
    title = f"Paper of {studies[0].title}" if pmid is None else f"PMID {pmid}"
    identifiers = _identifiers(pmid, None, None, studies)
    return resource(
        exported,
        Head(TYPE, id_, origin),
        Page(
            title,
            _identifier_rows(identifiers),
        ),
        title=title,
        status="unknown",
        citedArtifact={"identifier": identifiers},
    )


def _own(exported: Exported) -> Iterator[Study]:
    return (study for _, study in exported.records(Study))


def _full(exported: Exported, origin: Origin, reference: Reference) -> Resource:
    """Return the Citation of a paper that the corpus has a record of."""
    studies = exported.studies_of(reference.pmid)
    identifiers = _identifiers(reference.pmid, reference.doi, reference.pmcid, studies)
    return resource(
        exported,
        Head(TYPE, citation_id(reference.pmid), origin),
        Page(
            reference.title,
            [*_rows(reference), *_identifier_rows(identifiers)],
        ),
        title=f"PMID {reference.pmid}",
        relatedArtifact=[replaced_with(exported, reference, TYPE, _successor(exported, reference))],
        note=[
            *record_notes(origin),
            {"text": _origin(reference)},
            *_revised(reference.revised),
        ],
        citedArtifact={
            "identifier": identifiers,
            "dateAccessed": reference.retrieved,
            "currentState": [_state(reference)],
            "relatedIdentifier": [registration(number) for number in reference.registrations],
            "title": [*_titles(reference)],
            "relatesTo": [
                *(_notice(exported, notice) for notice in reference.notices),
                *(_noticed(exported, noticed) for noticed in reference.notice_of),
            ],
            "publicationForm": [_published_in(reference)],
            "classification": [_publication_types(reference)],
            "contributorship": _authors(reference),
        },
    )


def _successor(exported: Exported, reference: Reference) -> str | None:
    """Return the id of the Citation of the reference that takes a retired one's place."""
    other = exported.get(Reference, reference.replaced_by or "")
    return reference.replaced_by if other is None else citation_id(other.pmid)


def _origin(reference: Reference) -> str:
    digest = reference.digest
    return _ORIGINS[reference.origin] + (f" Digest of the data: {digest}." if digest else "")


def _titles(reference: Reference) -> Iterator[dict[str, Any]]:
    yield {"type": [concept(PRIMARY_TITLE)], "text": markdown(reference.title)}
    if reference.title_in_original is not None:
        original = markdown(reference.title_in_original)
        yield {"type": [concept(OTHER_LANGUAGE)], "text": original}


def _revised(day: str | None) -> list[dict[str, Any]]:
    """Say when PubMed last revised its entry; R5 has no code for that among a paper's dates."""
    return [] if day is None else [{"text": f"PubMed last revised its entry on {day}."}]


def _publication_types(reference: Reference) -> dict[str, Any] | None:
    words = [{"text": word} for word in reference.publication_types]
    return {"type": concept(PUBLICATION_TYPE), "classifier": words} if words else None


def _identifiers(
    pmid: int | None, doi: str | None, pmcid: str | None, studies: list[Study]
) -> list[dict[str, Any]]:
    """Return a paper's identifiers: its reference's, and what the studies of it add."""
    dois = dict.fromkeys(found for found in (doi, *(study.doi for study in studies)) if found)
    pmcids = dict.fromkeys(found for found in (pmcid, *(s.pmcid for s in studies)) if found)
    return [
        *([{"system": _PUBMED, "value": str(pmid)}] if pmid is not None else []),
        *({"system": _DOI, "value": value} for value in dois),
        *({"system": _PMC, "value": value} for value in pmcids),
    ]


def _identifier_rows(identifiers: list[dict[str, Any]]) -> list[Row]:
    names = {_PUBMED: "PMID", _DOI: "DOI", _PMC: "PMCID"}
    return [(names[identifier["system"]], identifier["value"]) for identifier in identifiers]


def _rows(reference: Reference) -> list[Row]:
    issue = f"({reference.issue})" if reference.issue else ""
    volume = f"{reference.volume or ''}{issue}"
    pages = f":{reference.pages}" if reference.pages else ""
    date = reference.published or (str(reference.year) if reference.year is not None else None)
    status = reference.publication_status
    return [
        ("Authors", _author_string(reference)),
        ("Published", " ".join(part for part in (reference.journal, date) if part)),
        ("Pages", f"{volume}{pages}"),
        (
            "State of the paper",
            status.upper() if status == "retracted" else _STATES.get(status or ""),
        ),
    ]


def _author_string(reference: Reference) -> str:
    names = ", ".join(reference.authors)
    return f"{names}, et al." if names and reference.authors_complete is False else names


def _state(reference: Reference) -> dict[str, Any] | None:
    status = reference.publication_status
    if status is None:
        return None
    state = ARTICLE_STATE["retracted" if status == "retracted" else "published"]
    return concept(state, _STATES.get(status))


def _authors(reference: Reference) -> dict[str, Any] | None:
    if not reference.authors:
        return None if reference.authors_complete is None else {"complete": False}
    entries = [
        {
            "contributor": {"display": author},
            "forenameInitials": found[1] if (found := _INITIALS.fullmatch(author)) else None,
            "role": concept(AUTHOR),
            "rankingOrder": rank,
        }
        for rank, author in enumerate(reference.authors, 1)
    ]
    summary = {"type": concept(AUTHOR_STRING), "value": markdown(_author_string(reference))}
    return {"complete": reference.authors_complete, "entry": entries, "summary": [summary]}


def _published_in(reference: Reference) -> dict[str, Any]:
    year = None if reference.year is None else str(reference.year)
    journal = {"type": concept(PERIODICAL), "title": reference.journal}
    return {
        "publishedIn": journal if reference.journal else None,
        "volume": reference.volume,
        "issue": reference.issue,
        "articleDate": reference.published or year,
        "publicationDateText": year,
        "pageString": reference.pages,
    }


def _notice(exported: Exported, notice: Notice) -> dict[str, Any]:
    name = notice.type.replace("-", " ").capitalize()
    link = exported.cite(notice.pmid, _NOTICES[notice.type]) if notice.pmid is not None else {}
    return {
        "type": _NOTICES[notice.type],
        "label": name,
        "display": notice.note,
        "citation": notice.citation and markdown(notice.citation),
        "document": {"url": f"{_DOI}/{quote(notice.doi, safe='/:;()')}"} if notice.doi else None,
        **link,
    }


def _noticed(exported: Exported, noticed: Noticed) -> dict[str, Any]:
    link = exported.cite(noticed.pmid) if noticed.pmid is not None else {}
    return {
        "label": f"This is a notice: {noticed.type.replace('-', ' ')}",
        "citation": noticed.citation and markdown(noticed.citation),
        **link,
        "type": _NOTICES_OF[noticed.type],
    }
