"""What the claims of a record say, looked at as one text.

Rules on claims ask for a few words that hardly any claim has; one look at all claims answers that.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure

BETWEEN = "\0"
"""Between texts that are looked at as one: no record holds it, and no number goes on across it."""
_LETTERS = bytes(one if chr(one).isalpha() else ord(" ") for one in range(128)).ljust(256)
"""Leaves letters as they are, and turns all else into a space."""


class Wording(NamedTuple):
    """The texts of all claims of a record."""

    texts: list[str]
    whole: str
    """All of them in a row, with `BETWEEN` between."""
    lower: str
    """The same in small letters."""
    words: frozenset[str]
    """Its words in small letters, as far as they are in ASCII; none holds anything but letters."""


def wording(record: Procedure | Condition) -> Wording:
    """Return what the claims of a record say; kept until another record is asked about."""
    if not _kept or _kept[0][0] is not record:
        _kept[:] = [(record, worded([claim.text for claim in record.claims]))]
    return _kept[0][1]


_kept: list[tuple[Procedure | Condition, Wording]] = []


def worded(texts: list[str]) -> Wording:
    """Return some texts as one."""
    whole = BETWEEN.join(texts)
    lower = whole.lower()
    return Wording(texts, whole, lower, words_of(lower))


def words_of(lower: str) -> frozenset[str]:
    """Return the words of a text in small letters, as far as they are in ASCII."""
    return frozenset(lower.encode("ascii", "replace").translate(_LETTERS).decode().split())


def holding(said: Wording, words: AbstractSet[str], stems: tuple[str, ...] = ()) -> Iterator[int]:
    """Yield which of the texts may hold one of some words, or a word with one of some stems.

    They are in small letters, and found in any. Where case is ignored, a letter that is not ASCII
    may stand for one that is.
    """
    if not said.whole.isascii():
        yield from range(len(said.texts))
        return
    held = [stem for stem in stems if stem in said.lower]
    if held or not said.words.isdisjoint(words):
        held += words & said.words
        for index, text in enumerate(said.texts):
            lower = text.lower()
            if any(one in lower for one in held):
                yield index


def may_hold(lower: str, stems: Iterable[str]) -> bool:
    """Tell quickly whether a text in small letters may hold one of some stems in any letters."""
    for stem in stems:
        if stem in lower:
            return True
    return not lower.isascii()
