"""Write one text as a YAML scalar that every reader takes for the same text."""

import re
from typing import Final

from curate.characters import FORBIDDEN
from curate.finding import Span
from curate.reading.plain import slips
from curate.scalar import NUMBER, PLAIN_WORDS, ambiguity

_FIRST: Final = frozenset("?:,[]{}#&*!|>'\"%@`")
# A plain text ends at ": " and " #"; a tab in it is kept by some readers and not by others.
_BREAKS_PLAIN: Final = re.compile(r": |:\Z|\s#|[\t\n]|\A- |\A-\Z|\A---|\A\.\.\.")
# What is all figures (a year and month, pages, a ratio) is quoted, so that nobody has to know which
# of these some reader takes for a number or a date. To some readers of YAML 1.1 E10 is one, too.
_LIKE_A_NUMBER: Final = re.compile(
    r"[-+.]?[0-9][-+0-9_.:,]*|[-+]?[0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?"
)
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
_LAST_BMP: Final = 0xFFFF
_LAST_BYTE: Final = 0xFF


def scalar(text: str) -> str:
    """Write a text on one line: bare where that is safe, else in quotes."""
    return text if is_plain(text) else quoted(text)


def is_plain(text: str) -> bool:
    """Tell whether readers of YAML 1.1 and 1.2 all take the bare text for this text."""
    return not (
        text != text.strip()
        or text == ""
        or text[0] in _FIRST
        or text in PLAIN_WORDS
        or _BREAKS_PLAIN.search(text)
        or NUMBER.fullmatch(text)
        or ambiguity(text)
        or _LIKE_A_NUMBER.fullmatch(text)
        or FORBIDDEN.search(text)
        or any(slips([text], text, Span(1, 1, 1, len(text) + 1), entry=True))
    )


def quoted(text: str) -> str:
    """Write a text in double quotes, or in single ones where it holds double quotes itself."""
    if '"' in text and not _needs_escapes(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _needs_escapes(text: str) -> bool:
    return any(character in "\n\t\r" for character in text) or bool(FORBIDDEN.search(text))


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if not FORBIDDEN.match(character):
        return character
    code = ord(character)
    if code <= _LAST_BYTE:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= _LAST_BMP else f"\\U{code:08X}"
