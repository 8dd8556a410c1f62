"""Read the layout that `curate format` writes, line by line; leave every other to the exact reader.

In a record nearly every line is `key: value`, `key:` above what is indented further, `- value` or
`- key: value`. Such a text is read here in a seventh of the time that YAML's grammar takes. At the
first line that is anything else, or of which the exact reader would have something to say, this one
gives up: it either returns what the other would, or nothing.
"""

import re
from typing import Any, Final

from curate.reading import plain
from curate.scalar import NUMBER, PLAIN_WORDS, ambiguity

MAX_LINES: Final = 10_000
MAX_DEPTH: Final = 20
"""Both stay well below what the exact reader refuses."""

_MOST_KEPT: Final = 8192
_LONGEST_KEPT: Final = 80
_LONGEST_WORD: Final = 5
"""`false`: what is longer and begins with a letter is a text to every program."""

_LINE: Final = re.compile(r"( *)(- (?=.))?(?:([a-z][a-z0-9_]{,99}):(?: (?=.)|$))?(.*)")
_QUOTED: Final = re.compile(r"\"[^\"\\]*\"|'(?:[^']|'')*'")
_INDICATORS: Final = frozenset(f"-?:,[]{{}}#&*!|>'\"%@` {plain.OPENING}")

FIELD, ENTRY, ENTRY_FIELD = range(3)
Token = tuple[int, int, str, Any]
"""A line: the column that it begins in, which of the three it is, its key and its value."""


class _Open:
    """Stands for the value of a key that has none on its own line."""


OPEN: Final = _Open()
_NOTHING: Final[Token] = (-1, FIELD, "", None)
"""An empty line, or a comment."""


class _Unusual(Exception):  # noqa: N818 - never leaves this module
    """Give up: this text is for the exact reader."""


def read(text: str) -> dict[str, Any] | None:
    """Return the value of a text of whole lines, or None where this reader cannot tell it.

    The text is one that `Text` found no fault with.
    """
    lines = text.split("\n")
    if len(lines) > MAX_LINES or "\t" in text:
        return None
    try:
        return _compose(lines)
    except _Unusual:
        return None


def _compose(lines: list[str]) -> dict[str, Any]:  # noqa: C901, PLR0912 - one call a line costs most
    root: dict[str, Any] = {}
    here: Any = root
    """What the next line belongs to if it begins in column `at`."""
    at = 0
    outside: list[tuple[int, Any]] = []
    opened = ""
    """The key of the line above, where its value is still to come."""
    known = _known.get
    for line in lines:
        column, shape, key, value = known(line) or _keep(line)
        if column == at:
            if opened:
                raise _Unusual
        elif column > at:
            if not opened or len(outside) > MAX_DEPTH:
                raise _Unusual
            outside.append((at, here))
            below: Any = [] if shape else {}
            here[opened] = below
            here, at, opened = below, column, ""
        elif column < 0:
            continue
        else:
            if opened:
                raise _Unusual
            while at > column:
                at, here = outside.pop()
            if at != column:
                raise _Unusual
        if shape:
            if here.__class__ is not list:
                raise _Unusual
            if shape == ENTRY:
                here.append(value)
                continue
            outside.append((at, here))
            below = {}
            here.append(below)
            here, at = below, column + 2
        elif here.__class__ is list or key in here:
            raise _Unusual
        if value is OPEN:
            opened = key
        else:
            here[key] = value
    if opened or not root:
        raise _Unusual
    return root


_known: dict[str, Token] = {}


def token(line: str) -> Token:
    """Take one line apart."""
    return _known.get(line) or _keep(line)


def _keep(line: str) -> Token:
    """Take a new line apart, and keep it: records share half of their lines."""
    found = _parse(line)
    if len(line) <= _LONGEST_KEPT:
        if len(_known) >= _MOST_KEPT:
            _known.clear()
        _known[line] = found
    return found


def _parse(line: str) -> Token:
    text = line.lstrip(" ")
    column, shape = len(line) - len(text), FIELD
    if text[:2] == "- ":
        text, shape = text[2:], ENTRY_FIELD
    key, _, value = text.partition(": ")
    if not value or key not in _keys:
        return _parse_any(line)
    # As `_scalar` would find: nearly every line that is new is one of prose.
    is_prose = len(value) > _LONGEST_WORD and value[0].isalpha() and value[-1] != " "
    if is_prose and ":" not in value and "#" not in value:
        return column, shape, key, value
    return column, shape, key, _scalar(value, is_entry=False)


_keys: set[str] = set()
"""Names of fields that were found right before: the same few in every record."""


def _parse_any(line: str) -> Token:
    match = _LINE.fullmatch(line)
    if match is None:
        raise _Unusual
    spaces, dash, key, text = match.groups()
    if key is not None:
        if key in PLAIN_WORDS or ambiguity(key) is not None:
            raise _Unusual
        if len(_keys) < _MOST_KEPT:
            _keys.add(key)
        shape = FIELD if dash is None else ENTRY_FIELD
        return len(spaces), shape, key, _scalar(text, is_entry=False) if text else OPEN
    if dash is not None:
        return len(spaces), ENTRY, "", _scalar(text, is_entry=True)
    if text and not text.startswith("#"):
        raise _Unusual
    return _NOTHING


def _scalar(text: str, *, is_entry: bool) -> Any:
    first = text[:1]
    if first in _INDICATORS and not NUMBER.fullmatch(text):
        if _QUOTED.fullmatch(text):
            return text[1:-1].replace("''", "'") if first == "'" else text[1:-1]
        raise _Unusual
    # One character is found much faster than two, and hardly any text has these.
    if ":" in text and (is_entry or ": " in text or text[-1] == ":"):
        raise _Unusual
    if text[-1:] == " " or ("#" in text and " #" in text):
        raise _Unusual
    if len(text) > _LONGEST_WORD and first.isalpha():
        return text
    value, said = plain.read(text)
    if said is not None:
        raise _Unusual
    return value
