"""Show values of a record as Markdown shows plain text, whatever they hold."""

import re
from decimal import Decimal
from typing import Any

from curate.document import number_text
from curate.printable import printable

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#|~!&])")
_LONGEST = 400


def plain(value: Any) -> str:
    """Return a text or a number so that it shows as it is; nothing for any other value."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return ""
    text = value if isinstance(value, str) else number_text(value)
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return _MARKUP.sub(r"\\\1", printable(" ".join(cut.split())))


def bare(markdown: str) -> str:
    """Return one of our own Markdown texts for a client that shows no Markdown."""
    lines = [line.rstrip() for line in markdown.replace("**", "").split("\n")]
    return _ESCAPED.sub(r"\1", "\n".join(lines))


def texts(value: Any) -> list[str]:
    """Return the texts and numbers of what should be a list of them."""
    return [plain(item) for item in value if plain(item)] if isinstance(value, list) else []


def dicts(value: Any) -> list[dict[str, Any]]:
    """Return the parts of what should be a list of them."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def short(value: Any, most: int = 80) -> str:
    """Return a text on one line as it stands beside a name, cut where it is long; not Markdown."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return ""
    text = printable(" ".join((value if isinstance(value, str) else number_text(value)).split()))
    return text if len(text) <= most else f"{text[: most - 1]}…"
