"""Judge a text's characters: which may not stand in a record, and which only look like others."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from curate.pattern import pattern

# Controls, the separators that YAML takes for line ends, invisible and direction marks, surrogates,
# noncharacters and the private use areas; and the two characters that stand for a lost one, which
# an earlier program put where it could not read. A line feed, a carriage return before it, and a
# tab are layout.
FORBIDDEN = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\ufdd0-\ufdef\ud800-\udfff\ue000-\uf8ff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 15))
    + "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
    "|\r(?!\n)"
)
# What libyaml takes for a line end, or stops at.
HARD = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
REPLACEMENT = "\ufffd"

MOST_MARKS = 30
"""Accents on one letter; more take quadratic time to put in order (UAX #15, stream-safe text)."""
_FOREIGN = pattern(rf"[^\x00-\x7f]{{{MOST_MARKS + 1},}}")
_WORD = pattern(r"[^\W\d_]+")
# Greek letters that cannot be told from Latin ones in print.
_LATIN_LOOKALIKES = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲ")  # noqa: RUF001 - that is why they are listed


class Odd(NamedTuple):
    """A character or word that needs saying, by its place in the text."""

    start: int
    end: int
    text: str


def forbidden(text: str) -> Iterator[Odd]:
    """Yield every character that may not stand in a record."""
    for found in FORBIDDEN.finditer(text):
        yield Odd(found.start(), found.end(), found.group())


def mixed_script(text: str) -> Iterator[Odd]:
    """Yield words that mix letters of several scripts, as an invisible typing error does.

    A Greek letter at the edge of a word (TNFα, µg, Aβ) is how medicine writes, and passes.
    """
    if text.isascii():
        return
    for found in _WORD.finditer(text):
        word = found.group()
        if not word.isascii() and _mixes(word):
            yield Odd(found.start(), found.end(), word)


def stacked(text: str) -> int | None:
    """Return where more accents than any language has are piled on one letter, if anywhere."""
    for run in _FOREIGN.finditer(text):
        marks = 0
        for at, character in enumerate(run.group(), run.start()):
            marks = marks + 1 if unicodedata.combining(character) else 0
            if marks > MOST_MARKS:
                return at - marks
    return None


def denormal(text: str) -> Iterator[Odd]:
    """Yield each letter, with its accents, that is not written as Unicode NFC writes it."""
    start, found = 0, False
    for end in range(1, len(text) + 1):
        if end == len(text) or _begins(text[end]):
            if not unicodedata.is_normalized("NFC", text[start:end]):
                found = True
                yield Odd(start, end, text[start:end])
            start = end
    if not found and not unicodedata.is_normalized("NFC", text):
        # Some Indic vowels are joined from two signs that both begin a letter.
        yield Odd(0, len(text), text)


def _begins(character: str) -> bool:
    """Tell whether a character starts a letter: it is no accent, and no later part of a syllable.

    The vowels and final consonants of a Korean syllable join the consonant before them.
    """
    return not unicodedata.combining(character) and not "\u1161" <= character <= "\u11ff"


def named(character: str) -> str:
    """Name a character so that a person can look it up: `U+200B (ZERO WIDTH SPACE)`."""
    name = unicodedata.name(character, "") or _CONTROL_NAMES.get(ord(character), "unnamed")
    return f"U+{ord(character):04X} ({name})"


def _mixes(word: str) -> bool:
    scripts = [_script(letter) for letter in word]
    present = set(scripts) - {""}
    if len(present) <= 1:
        return False
    if present != {"LATIN", "GREEK"}:
        return True
    greek = [letter for letter, script in zip(word, scripts, strict=True) if script == "GREEK"]
    inner = "LATIN" in _between(scripts)
    return inner or any(letter in _LATIN_LOOKALIKES for letter in greek)


def _between(scripts: list[str]) -> list[str]:
    """Return what stands between the first and the last Greek letter, beside a Latin outside."""
    first = scripts.index("GREEK")
    last = len(scripts) - 1 - scripts[::-1].index("GREEK")
    outside_both = "LATIN" in scripts[:first] and "LATIN" in scripts[last + 1 :]
    return ["LATIN"] if outside_both else scripts[first : last + 1]


@cache
def _script(letter: str) -> str:
    """Return the first word of a letter's Unicode name, which names its script."""
    if letter.isascii():
        return "LATIN"
    name = unicodedata.name(letter, "")
    if not unicodedata.category(letter).startswith("L") or name.startswith(_OF_NO_SCRIPT):
        return ""
    return name.split(" ", 1)[0].split("-", 1)[0]


# Raised and lowered letters, the micro sign, and the ordinal signs stand beside any other.
_OF_NO_SCRIPT = ("MICRO", "MODIFIER", "MASCULINE", "FEMININE", "SUPERSCRIPT", "SUBSCRIPT")
_CONTROL_NAMES = {
    0x00: "NUL",
    0x07: "BELL",
    0x08: "BACKSPACE",
    0x0B: "VERTICAL TAB",
    0x0C: "FORM FEED",
    0x0D: "CARRIAGE RETURN",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
    0x85: "NEXT LINE",
}
