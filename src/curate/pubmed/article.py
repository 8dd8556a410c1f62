"""Read one PubmedArticle."""

from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

from curate.medline.identifiers import doi_in, pmcid_in
from curate.medline.notices import notice_of, notices
from curate.medline.words import month_and_day, text_at, text_of, title_of, year_and_date
from curate.pubmed.people import authors
from curate.snapshot import Snapshot, publication_status, snapshot

NO_TITLE: Final = "Title not available"
# PubMed's list of data banks holds registries of trials and banks of genes.
_REGISTRIES: Final = frozenset(
    {
        "ANZCTR",
        "CRiS",
        "CTRI",
        "ChiCTR",
        "ClinicalTrials.gov",
        "DRKS",
        "EudraCT",
        "IRCT",
        "ISRCTN",
        "JMACCT",
        "JPRN",
        "JapicCTI",
        "NTR",
        "PACTR",
        "RPCEC",
        "ReBec",
        "REPEC",
        "SLCTR",
        "TCTR",
        "UMIN CTR",
        "UMIN-CTR",
        "UMINCTR",
    }
)


def article(node: Element) -> Snapshot:
    """Return what a PubmedArticle says of its paper."""
    citation = _needed(node, "MedlineCitation")
    body = _needed(citation, "Article")
    types = [text for item in body.iterfind("PublicationTypeList/*") if (text := text_of(item))]
    found = notices(citation)
    year, published = year_and_date(body.find("Journal/JournalIssue/PubDate"))
    names, complete = authors(body.iterfind("AuthorList"))
    identifiers = node.find("PubmedData/ArticleIdList")
    return snapshot(
        {
            "title": title_of(body.find("ArticleTitle"))
            or title_of(body.find("VernacularTitle"))
            or NO_TITLE,
            "title_in_original": title_of(body.find("VernacularTitle")),
            "pmid": int(text_at(citation, "PMID") or 0),
            "doi": doi_in(identifiers, body),
            "pmcid": pmcid_in(identifiers),
            "authors": names,
            "authors_complete": complete,
            "journal": text_at(citation, "MedlineJournalInfo/MedlineTA")
            or text_at(body, "Journal/ISOAbbreviation")
            or text_at(body, "Journal/Title"),
            "year": year,
            "published": published,
            "volume": text_at(body, "Journal/JournalIssue/Volume"),
            "issue": text_at(body, "Journal/JournalIssue/Issue"),
            "pages": pages(body),
            "publication_types": types,
            "publication_status": publication_status(found, types),
            "notices": found,
            "notice_of": notice_of(citation, types),
            "registrations": list(dict.fromkeys(_registrations(body))),
            "revised": day(citation.find("DateRevised")),
        }
    )


def pages(body: Element) -> str | None:
    """Return the pages as PubMed prints them, or the number that an article has instead."""
    return (
        text_at(body, "Pagination/MedlinePgn")
        or text_at(body, "Pagination/StartPage")
        or text_at(body, "ELocationID[@EIdType='pii']")
    )


def day(node: Element | None) -> str | None:
    """Return a date that PubMed knows to the day."""
    year = text_at(node, "Year")
    rest = month_and_day(text_at(node, "Month"), text_at(node, "Day"))
    return f"{year}-{'-'.join(rest)}" if year and len(rest) > 1 else None


def abstract_of(node: Element) -> str:
    """Return title and abstract, a paragraph a line, each after its label."""
    return "\n".join(_paragraphs(node))


def _paragraphs(node: Element) -> Iterator[str]:
    for path in (".//ArticleTitle", ".//VernacularTitle", ".//BookTitle"):
        yield from (text for found in node.iterfind(path) if (text := text_of(found)))
    for found in node.iterfind(".//AbstractText"):
        text, label = text_of(found), found.get("Label")
        if text:
            yield f"{label}: {text}" if label else text


def _registrations(body: Element) -> Iterator[str]:
    for bank in body.iterfind("DataBankList/DataBank"):
        if text_at(bank, "DataBankName") in _REGISTRIES:
            for number in bank.iterfind("AccessionNumberList/AccessionNumber"):
                yield from (text_of(number) or "").split()


def _needed(node: Element, path: str) -> Any:
    """Return an element that every paper has; an empty one where this one does not."""
    found = node.find(path)
    return Element(path) if found is None else found
