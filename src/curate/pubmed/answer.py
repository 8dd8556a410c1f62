"""Read PubMed's answer: XML of PubMed's own DOCTYPE, from a source that is not trusted."""

from collections.abc import Iterator
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from curate.pubmed.article import abstract_of, article
from curate.pubmed.book import book_chapter
from curate.snapshot import Snapshot

_DEEPEST: Final = 60
"""PubMed's own answers are some fifteen elements deep; formulas in titles add a few."""
_MOST_ELEMENTS: Final = 3_000_000


class Paper(NamedTuple):
    """What PubMed says of one paper: facts to keep, and the text that quotations are looked up in.

    The text is kept in no record.
    """

    pmid: int
    facts: Snapshot
    text: str


class Unreadable(Exception):  # noqa: N818 - it is what the answer is
    """An answer that is no PubMed XML; `hostile` where asking again would be no use."""

    def __init__(self, message: str, *, hostile: bool = False) -> None:
        super().__init__(message)
        self.hostile = hostile


def papers(data: bytes) -> Iterator[Paper]:
    """Yield the papers of an answer. Of several versions of a paper, the last one stands."""
    root = _read(data)
    if root.tag != "PubmedArticleSet":
        raise Unreadable(f"it is <{root.tag[:40]}>, not a set of papers.")
    for node in root:
        if node.tag == "PubmedArticle":
            yield _paper(article(node), node)
        elif node.tag == "PubmedBookArticle":
            yield _paper(book_chapter(node), node)


def _paper(facts: Snapshot, node: Element) -> Paper:
    return Paper(facts["pmid"], facts, abstract_of(node))


def _read(data: bytes) -> Element:
    parser = DefusedXMLParser(
        target=_Bounded(), forbid_dtd=False, forbid_entities=True, forbid_external=True
    )
    try:
        parser.feed(data)
        root: Element = parser.close()
    except ParseError as error:
        raise Unreadable(_what_it_is(data)) from error
    except DefusedXmlException as error:
        raise Unreadable("it defines entities, which PubMed never does.", hostile=True) from error
    return root


def _what_it_is(data: bytes) -> str:
    start = data[:1000].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "it is a web page, not XML. Is there a login page between you and the internet?"
    return "it is no whole XML document."


class _Bounded(TreeBuilder):
    """Build a tree that is neither too deep nor too large."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._elements = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Open an element."""
        self._depth += 1
        self._elements += 1
        if self._depth > _DEEPEST or self._elements > _MOST_ELEMENTS:
            raise Unreadable("its elements are nested too deep or too many.", hostile=True)
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """Close an element."""
        self._depth -= 1
        return super().end(tag)
