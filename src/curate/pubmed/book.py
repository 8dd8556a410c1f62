"""Read one PubmedBookArticle: a chapter, or a book that is one article."""

from xml.etree.ElementTree import Element

from curate.medline.identifiers import doi_in, pmcid_in
from curate.medline.words import text_at, text_of, title_of, year_and_date
from curate.pubmed.article import NO_TITLE, day, pages
from curate.pubmed.people import authors
from curate.snapshot import Snapshot, publication_status, snapshot


def book_chapter(node: Element) -> Snapshot:
    """Return what a PubmedBookArticle says; the book stands where a paper's journal does."""
    document = node.find("BookDocument")
    document = Element("BookDocument") if document is None else document
    chapter, book = (
        title_of(document.find("ArticleTitle")),
        title_of(document.find("Book/BookTitle")),
    )
    types = [text for item in document.iterfind("PublicationType") if (text := text_of(item))]
    year, published = year_and_date(document.find("Book/PubDate"))
    lists = [*document.iterfind("AuthorList"), *document.iterfind("Book/AuthorList")]
    names, complete = authors(lists)
    identifiers = document.find("ArticleIdList")
    return snapshot(
        {
            "title": chapter or book or NO_TITLE,
            "title_in_original": title_of(document.find("VernacularTitle")),
            "pmid": int(text_at(document, "PMID") or 0),
            "doi": doi_in(identifiers, document),
            "pmcid": pmcid_in(identifiers),
            "authors": names,
            "authors_complete": complete,
            "journal": book if chapter else text_at(document, "Book/Publisher/PublisherName"),
            "year": year,
            "published": published,
            "volume": text_at(document, "Book/Volume"),
            "pages": pages(document),
            "publication_types": types,
            "publication_status": publication_status([], types),
            "revised": day(document.find("DateRevised")),
        }
    )
