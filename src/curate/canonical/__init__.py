"""Write a document in its canonical form: one layout for every record, comments kept.

Two spaces a level, lists indented below their key, quotes only where a reader needs them, every
text on one line unless it is a block of text, at most one empty line between two others, LF, NFC.
What is written is proven before it is handed out: read again, it holds the same values and the
same comments.
"""

from typing import Final

from curate.canonical.already import is_laid_out
from curate.canonical.facts import facts
from curate.canonical.layout import lay_out
from curate.document import Document, Fault

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
    if is_laid_out(document):
        return document.text
    text = lay_out(document)
    again = Document(document.path, text.encode())
    if hindrances(again) or [*facts(again)] != [*facts(document)]:
        raise NotTheSameError(f"laying out {document.path} would change what it says")
    return text
