"""Read a text that is being typed: around the line that cannot be read yet."""

import re
from functools import lru_cache

from curate.document import Document
from curate.finding import Span

_MOST_TRIES = 6
_MOST_KEPT = 4
"""An editor asks many things of one state of a text, and each may need it mended."""
_MOST_LETTERS = 400_000
"""So much is read at most, that nobody waits; a record of 50 KB is tried as often as any."""
_BEYOND_LINES = frozenset({"too-large", "too-deep"})
"""What is wrong with the whole: without the line that it is said of, it is said of the next."""


@lru_cache(maxsize=_MOST_KEPT)
def mended(document: Document) -> Document | None:
    """Return the document, or what can be read of it with its broken lines blank.

    Places stay where they are. None where too much is broken to tell what the rest means.
    """
    left = _MOST_LETTERS
    for _ in range(_MOST_TRIES):
        if document.value is not None:
            return document
        broken = {
            fault.where.line
            for fault in document.faults
            if isinstance(fault.where, Span) and fault.name not in _BEYOND_LINES
        }
        if left <= 0:
            return None
        left -= len(document.text)
        lines = document.text.split("\n")
        full = [number for number in broken if _says(lines, number)]
        if not full:
            return None
        for number in full:
            lines[number - 1] = re.sub(r"[^\r]", " ", lines[number - 1])
        document = Document(document.path, "\n".join(lines).encode("utf-8", "surrogatepass"))
    return document if document.value is not None else None


def _says(lines: list[str], number: int) -> bool:
    return number <= len(lines) and bool(lines[number - 1].strip())
