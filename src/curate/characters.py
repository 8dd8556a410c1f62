"""Judge a text's characters: which may not stand in a record, and which only look like others."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Controls, the separators that YAML takes for line ends, invisible and direction marks, surrogates,
# noncharacters and the private use areas. A line feed and a carriage return before it are layout.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
    "|\r(?!\n)"
)
_WORD = re.compile(r"[^\W\d_]+")
# Greek letters that cannot be told from Latin ones in print.
_LATIN_LOOKALIKES = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲ")


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


def _script(letter: str) -> str:
    """Return the first word of a letter's Unicode name, which names its script."""
    if letter.isascii():
        return "LATIN"
    name = unicodedata.name(letter, "")
    return (
        ""
        if name.startswith(("MICRO", "MODIFIER", "MASCULINE", "FEMININE"))
        else name.split(" ", 1)[0].split("-", 1)[0]
    )


_CONTROL_NAMES = {
    0x00: "NULL",
    0x07: "BELL",
    0x08: "BACKSPACE",
    0x0B: "VERTICAL TAB",
    0x0C: "FORM FEED",
    0x0D: "CARRIAGE RETURN",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
    0x85: "NEXT LINE",
}
