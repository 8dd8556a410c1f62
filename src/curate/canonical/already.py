"""Tell at a glance that a text is laid out already, as most are that somebody asks about."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from curate.document import Document, number_text
from curate.quoting import scalar

_SHORT: Final = 24
"""Texts that are longer are no words that return in the next record."""
_known = lru_cache(4096)(scalar)


class _Row(NamedTuple):
    """One line as it would be written, and whether what its key holds follows below."""

    text: str
    opens: bool


class _UnsureError(Exception):
    """How a value is to be written depends on how it was, which is not looked at here."""


def is_laid_out(document: Document) -> bool:
    """Tell whether a document's text is surely the canonical one; False where it may be.

    Comments are only known above the first line: where others belong takes a closer look.
    """
    text = document.text
    if document.value is None or text[-1:] != "\n" or not unicodedata.is_normalized("NFC", text):
        return False
    wanted = _rows(document.value, "", "")
    try:
        return _are_written(text[:-1].split("\n"), wanted)
    except _UnsureError:
        return False


def _are_written(lines: list[str], wanted: Iterator[_Row]) -> bool:
    """Tell whether the lines are the wanted ones, parted as the canonical layout allows it."""
    row: _Row | None = next(wanted)
    at_top, may_part = True, False
    for line in lines:
        if row is not None and line == row.text:
            at_top, may_part = False, not row.opens
            row = next(wanted, None)
        elif not line and may_part:
            may_part = False
        elif at_top and line[:1] == "#" and line == line.rstrip(" \t"):
            may_part = True
        else:
            return False
    return row is None and lines[-1] != ""


def _rows(value: Any, first: str, rest: str) -> Iterator[_Row]:
    """Yield the lines of a value: what stands before its first line, and before its others."""
    if value and isinstance(value, dict):
        below = f"{rest}  "
        for key, item in value.items():
            if item and isinstance(item, dict | list):
                yield _Row(f"{first}{_known(key)}:", opens=True)
                yield from _rows(item, below, below)
            else:
                yield _Row(f"{first}{_known(key)}: {_one(item)}", opens=False)
            first = rest
    elif value and isinstance(value, list):
        below = f"{rest}  "
        for item in value:
            yield from _rows(item, f"{first}- ", below)
            first = rest
    else:
        yield _Row(f"{first}{_one(value)}", opens=False)


def _one(value: Any) -> str:
    """Return a value without parts as it is written on one line."""
    if isinstance(value, str):
        if "\n" in value:
            raise _UnsureError
        return _known(value) if len(value) <= _SHORT else scalar(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    if value is None:
        raise _UnsureError
    return number_text(value)
