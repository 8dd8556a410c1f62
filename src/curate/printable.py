"""Make any text safe to show: no control sequence, no invisible mark, nothing that cannot print."""

import unicodedata

from curate.characters import FORBIDDEN

_LAYOUT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SHORT = 40


def printable(text: str) -> str:
    r"""Return a text on one line, with what no screen should be sent written as an escape.

    A file name may hold line feeds, terminal control sequences and bytes that are not UTF-8; a
    text, marks that turn the direction of what follows. `\x1b[31m` is shown as those seven
    characters, a stray byte as `\xff`. Whatever can be seen stays as it is.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = "".join(_LAYOUT.get(character, character) for character in text)
    return FORBIDDEN.sub(lambda found: _escape(found.group()), shown)


def short(text: str) -> str:
    """Return a text's beginning, printable: enough to recognise it by in a sentence."""
    return printable(text if len(text) <= _SHORT else f"{text[:_SHORT]}…")


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: an accent none, a wide sign two."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _escape(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # noqa: PLR2004 - a byte that was not UTF-8, as Python keeps it
        return f"\\x{code - 0xDC00:02x}"
    if code <= 0xFF:  # noqa: PLR2004 - what fits into two digits
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - into four
