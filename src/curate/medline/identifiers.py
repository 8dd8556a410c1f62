"""Take identifiers out of PubMed's XML, those only that are written as they should be."""

import re
from typing import Final
from xml.etree.ElementTree import Element

from curate.medline.words import text_of

DOI: Final = re.compile(r"10\.[0-9]{4,9}(\.[0-9]+)*/[^\s]+")
PMCID: Final = re.compile(r"PMC[1-9][0-9]*")


def doi_in(identifiers: Element | None, body: Element) -> str | None:
    """Return the DOI that PubMed lists, or the one that the article was published with."""
    nodes = [
        *(identifiers.iterfind("ArticleId[@IdType='doi']") if identifiers is not None else ()),
        *body.iterfind("ELocationID[@EIdType='doi']"),
    ]
    found = (text_of(node) or "" for node in nodes if node.get("ValidYN") != "N")
    return next((text for text in found if DOI.fullmatch(text)), None)


def pmcid_in(identifiers: Element | None) -> str | None:
    """Return the PubMed Central id."""
    nodes = identifiers.iterfind("ArticleId[@IdType='pmc']") if identifiers is not None else ()
    return next((text for node in nodes if PMCID.fullmatch(text := text_of(node) or "")), None)
