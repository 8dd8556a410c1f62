"""Find the comments of a document: what follows a # outside every key and value."""

import re
import unicodedata
from collections import defaultdict
from typing import NamedTuple

from curate.document import Document
from curate.finding import Span

_HEADER = re.compile(r"[|>][-+0-9]*")


class Comment(NamedTuple):
    """One comment: where its # stands, and its text with the #."""

    line: int
    column: int
    text: str
    alone: bool
    """Whether nothing but spaces stands before it on its line."""


def comments(document: Document) -> list[Comment]:
    """Return all comments in reading order, joined to NFC and without spaces at their end."""
    rows = rows_of(document)
    taken = _taken(document, rows)
    found = []
    for number, row in enumerate(rows, 1):
        if "#" in row and (start := _start(row, taken[number])) is not None:
            text = unicodedata.normalize("NFC", row[start:]).rstrip(" \t")
            found.append(Comment(number, start + 1, text, alone=not row[:start].strip(" \t")))
    return found


def rows_of(document: Document) -> list[str]:
    """Return the lines of the text; line n is the item n - 1."""
    return document.text.replace("\r\n", "\n").split("\n")


def _start(row: str, taken: list[tuple[int, int]]) -> int | None:
    """Return the index of the first # of a line that lies in no key and no value."""
    free = 0
    for start, end in sorted(taken):
        found = row.find("#", free, start)
        if found >= 0:
            return found
        free = max(free, end)
    found = row.find("#", free)
    return found if found >= 0 else None


def _taken(document: Document, rows: list[str]) -> defaultdict[int, list[tuple[int, int]]]:
    """Return which stretches of each line belong to keys and to values without parts."""
    taken: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for where, place in document.places.items():
        if place.key is not None:
            _take(place.key, rows, taken)
        if not isinstance(document.get(where), dict | list):
            _take(place.value, rows, taken)
    return taken


def _take(span: Span, rows: list[str], taken: defaultdict[int, list[tuple[int, int]]]) -> None:
    row = rows[span.line - 1]
    header = _HEADER.match(row, span.column - 1)
    for number in range(span.line, span.end_line + 1):
        start = span.column - 1 if number == span.line else 0
        end = span.end_column - 1 if number == span.end_line else len(rows[number - 1])
        if header is not None and number == span.line:
            # Behind the | or > of a block of text a comment may stand.
            end = header.end()
        taken[number].append((start, end))
