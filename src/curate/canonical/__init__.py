"""Write a document in its canonical form: one layout for every record, comments kept.

Two spaces a level, lists indented below their key, quotes only where a reader needs them, every
text on one line unless it is a block of text, at most one empty line between two others, LF, NFC.
What is written is proven before it is handed out: read again, it holds the same values and the
same comments.
"""

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from curate.canonical.comments import comments
from curate.canonical.layout import lay_out
from curate.document import Document, Fault, Value, number_text

MENDED: Final = frozenset({"line-ending", "not-nfc", "ambiguous-scalar"})
"""The faults that the canonical form is free of."""
_HARMLESS: Final = frozenset({"comment-cuts-text", "mixed-script"})


class NotTheSameError(Exception):
    """The canonical form would change what a document says: a bug of ours."""


def hindrances(document: Document) -> tuple[Fault, ...]:
    """Return the faults that must be mended by hand before a document can be laid out."""
    return tuple(fault for fault in document.faults if fault.name not in MENDED | _HARMLESS)


def canonical(document: Document) -> str:
    """Return the canonical text of a document that has no hindrances."""
    text = lay_out(document)
    again = Document(document.path, text.encode())
    if hindrances(again) or [*_facts(again)] != [*_facts(document)]:
        raise NotTheSameError(f"laying out {document.path} would change what it says")
    return text


def _facts(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield all that a document says, in order: comments, keys, values with their type."""
    yield from (("comment", comment.text) for comment in comments(document))
    yield from _values(document.value)


def _values(value: Value) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict):
        yield ("fields", str(len(value)))
        for key, item in value.items():
            yield ("key", key)
            yield from _values(item)
    elif isinstance(value, list):
        yield ("list", str(len(value)))
        for item in value:
            yield from _values(item)
    elif isinstance(value, str):
        yield ("text", unicodedata.normalize("NFC", value))
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield ("number", number_text(value))
    else:
        yield ("word", repr(value))
