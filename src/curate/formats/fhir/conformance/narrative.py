"""The readable text of a resource: the part of XHTML that we write, and no more of it."""

from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

_XHTML = "{http://www.w3.org/1999/xhtml}"
_TAGS = frozenset(f"{_XHTML}{name}" for name in ("div", "p", "b", "ul", "li"))


def is_plain_xhtml(div: Any) -> bool:
    """Say whether a text is one XHTML div of plain elements without attributes.

    R5 allows more: all of HTML's formatting, links, images and styles, none of which we write.
    """
    root = _parsed(div)
    return (
        root is not None
        and root.tag == f"{_XHTML}div"
        and all(element.tag in _TAGS and not element.attrib for element in root.iter())
    )


def has_content(div: Any) -> bool:
    """Say whether a div shows anything; what cannot be read is judged by `is_plain_xhtml`."""
    root = _parsed(div)
    return root is None or any(text.strip() for text in root.itertext())


def _parsed(div: Any) -> ET.Element | None:
    return _root(div) if isinstance(div, str) else None


@lru_cache(maxsize=1)
def _root(div: str) -> ET.Element | None:
    # A declaration could name entities; a div needs none.
    if "<!" in div or "<?" in div:
        return None
    try:
        return ET.fromstring(div)  # noqa: S314 - our own text, and without a declaration
    except (ET.ParseError, ValueError):
        return None
