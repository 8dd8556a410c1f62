"""The readable text of a resource, as XHTML, and text as Markdown."""

import re
from collections.abc import Iterable
from html import escape
from typing import Any

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG_OPENS = re.compile(r"<(?=[A-Za-z/!?])")

Row = tuple[str, str | None]
"""A fact to show: what it is, and its text; one without text is not shown."""


def narrative(title: str, rows: Iterable[Row]) -> dict[str, Any]:
    """Return a Narrative that shows a title and facts; every character of them is shown."""
    shown = [f"<li><b>{xhtml(name)}</b>: {xhtml(text)}</li>" for name, text in rows if text]
    facts = f"<ul>{''.join(shown)}</ul>" if shown else ""
    div = f'<div xmlns="http://www.w3.org/1999/xhtml"><p><b>{xhtml(title)}</b></p>{facts}</div>'
    return {"status": "generated", "div": div}


def xhtml(text: str) -> str:
    """Escape text for XHTML; a character that XML cannot hold becomes U+FFFD."""
    return escape(_NOT_XML.sub("\ufffd", text), quote=False)


def markdown(text: str) -> str:
    r"""Write text as Markdown: `<b` could open a tag and becomes `\<b`; `p <.001` stays."""
    return _TAG_OPENS.sub(r"\\<", text)
