"""Read an exported site as a browser does, and walk what it shows."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import html5lib

from curate.corpus import Corpus
from curate.formats import load_format

Element = ET.Element
SVG = "{http://www.w3.org/2000/svg}"


def written(corpus: Corpus) -> dict[str, bytes]:
    """Return the files of the site by their address from its root."""
    made = load_format("html").render(corpus)
    return {one.path.removeprefix("html/"): b"".join(one.chunks) for one in made}


def pages(files: dict[str, bytes]) -> dict[str, Element]:
    """Return the pages, each read by the rules of HTML; where a browser would guess, it fails."""
    return {path: parsed(data) for path, data in files.items() if path.endswith(".html")}


def parsed(data: bytes) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    found: Element = parser.parse(data, transport_encoding="utf-8")
    return found


def text(element: Element) -> str:
    """Return all text in an element as it stands there."""
    return "".join(element.itertext())


def shown(element: Element) -> str:
    """Return the text that a reader sees, blanks joined, with a space between elements."""
    return re.sub(r"\s+", " ", " ".join(element.itertext())).strip()


def by_id(page: Element, id_: str) -> Element:
    (found,) = [one for one in page.iter() if one.get("id") == id_]
    return found


def classed(page: Element, class_: str) -> list[Element]:
    return [one for one in page.iter() if class_ in (one.get("class") or "").split()]


def anchors(page: Element) -> list[str]:
    return [id_ for one in page.iter() if (id_ := one.get("id")) is not None]


def links(page: Element) -> Iterator[str]:
    """Yield every address that a page leads to or loads."""
    for one in page.iter():
        for name in ("href", "src", "action"):
            if (address := one.get(name)) is not None:
                yield address


def target(page: str, address: str) -> tuple[str, str]:
    """Return the file, from the root of the site, and the anchor that a page's link leads to."""
    parts = urlsplit(address)
    if not parts.path:
        return page, unquote(parts.fragment)
    steps: list[str] = []
    for step in (PurePosixPath(page).parent / unquote(parts.path)).parts:
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps), unquote(parts.fragment)


def data_of(page: Element) -> Iterator[str]:
    """Yield the JSON-LD of a page."""
    for script in page.iter("script"):
        if script.get("type") == "application/ld+json":
            yield text(script)
