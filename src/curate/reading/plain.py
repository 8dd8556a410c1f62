"""Read a plain (unquoted) scalar, and say where it is not what its writer will have meant."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from curate.fault import Fault
from curate.finding import Span
from curate.printable import short
from curate.reading.slip import bullet, curly_quotes, list_under_text, unspaced_colon, unspaced_dash
from curate.reading.subset import Said
from curate.scalar import NUMBER, PLAIN_WORDS, ambiguity

MAX_DIGITS = 17
MAX_SAFE_INTEGER = 2**53

_ENTRY = re.compile(r"\s*(?P<at>-)\s")
_GLUED_ENTRY = re.compile(r"\s*(?P<at>-)[A-Za-z0-9]")
_BULLET = re.compile(r"\s*(?P<at>[\u2022\u00b7\u2013\u2014*])\s")
_GLUED_FIELD = re.compile(r"\s*[a-z_]+:(?P<at>[^\s/:]|\u00a0)")
OPENING = "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb"
_CLOSING = "\u201c\u201d\u2018\u2019\u00ab\u00bb"
_ONE_WORD = re.compile(r"[a-z0-9][a-z0-9#._-]*|[0-9.,%-]+ ?[a-zA-Z%]*")


def read(text: str) -> tuple[Any, Said | None]:
    """Return the value of a plain scalar, and what is to be said of it."""
    if text in PLAIN_WORDS:
        return PLAIN_WORDS[text], None
    if NUMBER.fullmatch(text):
        return _number(text)
    reading = ambiguity(text)
    if reading is None:
        return text, None
    return text, (
        "ambiguous-scalar",
        f"`{short(text)}` without quotes is {reading} to some programs and text to others.",
        f'Write it in quotes: "{short(text)}".',
    )


def _number(text: str) -> tuple[Any, Said | None]:
    digits = len(text) - text.count("-") - text.count(".")
    if digits > MAX_DIGITS or ("." not in text and abs(int(text)) > MAX_SAFE_INTEGER):
        return text, (
            "number-too-long",
            f"`{short(text)}` has more digits than programs keep exactly.",
            "If it is an id, put it in quotes; if it is a measurement, check its digits.",
        )
    return (Decimal(text) if "." in text else int(text)), None


def cut_by_comment(text: str, after: str, span: Span) -> Fault | None:
    """Warn where ` #` ends a sentence that was meant to go on.

    `after` is the rest of the line behind the text. A comment behind a number, an id or a single
    word is left alone, unless it is glued to its #.
    """
    comment = after.lstrip(" ")
    if comment == after or not comment.startswith("#"):
        return None
    glued = comment[1:2] not in ("", " ", "#")
    if not glued and _ONE_WORD.fullmatch(text):
        return None
    column = span.end_column + len(after) - len(comment)
    return Fault(
        "comment-cuts-text",
        Span(span.end_line, column, span.end_line, column + 1),
        f"The text ends before this #; `{short(comment.rstrip())}` is taken for a comment.",
        "If it belongs to the text, put the whole text in double quotes; if it is a comment, give "
        "it a line of its own.",
    )


def slips(lines: list[str], text: str, span: Span, *, entry: bool) -> Iterator[Fault]:
    """Yield what YAML reads as one plain text although its writer meant a list or fields.

    `lines` are those that the text stands on, `entry` says whether it is an entry of a list.
    """
    if text[0] in OPENING and text[-1] in _CLOSING and len(text) > 1:
        yield curly_quotes(span.line, span.column)
        return
    first = " " * (span.column - 1) + lines[0][span.column - 1 :]
    if entry and (found := _GLUED_FIELD.match(first)):
        yield unspaced_colon(span.line, found.start("at") + 1, found["at"])
        return
    if len(lines) == 1:
        return
    listed = entry or bool(_GLUED_ENTRY.match(first))
    for number, line in enumerate(lines[1:], span.line + 1):
        if found := _BULLET.match(line):
            if _BULLET.match(first):
                yield bullet(span.line, span.column, first[span.column - 1])
                return
        elif listed and (found := _GLUED_ENTRY.match(line)):
            dash = _GLUED_ENTRY.match(first)
            at = (number, found.start("at") + 1) if dash is None else (span.line, span.column)
            yield unspaced_dash(*at)
            return
        elif found := _ENTRY.match(line):
            if _GLUED_ENTRY.match(first):
                yield unspaced_dash(span.line, span.column)
            else:
                yield list_under_text(number, found.start("at") + 1)
            return
