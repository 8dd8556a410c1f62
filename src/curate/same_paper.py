"""Tell whether two descriptions are of the same paper: titles, authors, journals, years.

Tolerant of how people write: case, punctuation, accents, brackets around a translated title, a
subtitle left out, abbreviated journals, a year between electronic and printed publication. Figures
are never tolerated: a series of 12 people is another than one of 21.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "œ": "oe"}
)
_GREEK: Final = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "µ": "mu", "μ": "mu"}  # noqa: RUF001 - a micro sign and a mu
_SMALL: Final = frozenset({"a", "an", "and", "the", "of", "in", "for", "on", "und", "et", "de"})
_NEAR: Final = 0.9
_FEWEST_WORDS: Final = 4
"""Fewer words of a title than these say too little to leave the rest out."""


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return [*_words(text)]


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """Keep them: one title is held against many."""
    if text.isascii():
        return tuple(_WORD.findall(text.replace("'", "").casefold()))
    folded = re.sub("['’]", "", text.translate(_LETTERS)).casefold()
    for letter, name in _GREEK.items():
        folded = folded.replace(letter, name)
    if not folded.isascii():
        plain = unicodedata.normalize("NFKD", folded)
        folded = "".join(one for one in plain if not unicodedata.combining(one))
    return tuple(_WORD.findall(folded))


def same_title(one: str, other: str) -> bool:
    """Tell whether two titles are of the same paper."""
    left, right = _words(one), _words(other)
    # Where one leaves a subtitle out, its figures are missing too.
    if _begins(left, right):
        return True
    if not _may_be_near(left, right) or _figures(left) != _figures(right):
        return False
    return SequenceMatcher(None, left, right).ratio() >= _NEAR


def same_author(one: str, other: str) -> bool:
    """Tell whether two names can be of one person or group: the family name decides."""
    left, right = set(_name(one)), set(_name(other))
    return bool(left and right) and (left <= right or right <= left)


def same_journal(one: str, other: str) -> bool:
    """Tell whether two names can be of one journal: words may be cut short, or be initials."""
    left, right = _telling(one), _telling(other)
    return _abbreviates(left, right) or _abbreviates(right, left)


def same_year(one: int, other: int) -> bool:
    """Tell whether two years can be of one paper, published electronically and in print."""
    return abs(one - other) <= 1


def paper_keys(title: str, doi: str | None, pmcid: str | None) -> list[str]:
    """Return the keys under which descriptions of a paper meet: its title, DOI and PMCID."""
    keys = [f"title:{' '.join(words(title))}"]
    if doi is not None:
        keys.append(f"doi:{doi.casefold()}")
    if pmcid is not None:
        keys.append(f"pmcid:{pmcid}")
    return keys


def title_keys(title: str) -> list[str]:
    """Return keys of a title: two titles for which `same_title` holds have one in common.

    Titles that are alike share so many words that, put in one order, they share two of the first
    few; titles of which one goes on where the other ends begin alike. Two words, since one that is
    common in a field would have each of its papers held against all others.
    """
    found = _words(title)
    if not found:
        return [""]
    seen: Counter[str] = Counter()
    numbered = []
    for word in found:
        seen[word] += 1
        numbered.append((-len(word), word, seen[word]))
    # Of n words at least 9n/11 are shared where twice the shared are nine tenths of both.
    shared = -(-9 * len(found) // 11)
    first = [f"{word}/{number}" for _, word, number in sorted(numbered)[: len(found) - shared + 2]]
    keys = [" ".join(pair) for pair in combinations(first, 2)] or first
    if len(found) >= _FEWEST_WORDS:
        keys.append(" ".join(found[:_FEWEST_WORDS]))
    return keys


def author_keys(name: str) -> list[str]:
    """Return keys of a name: two names for which `same_author` holds have one in common."""
    return sorted(set(_name(name)))


def _figures(found: Iterable[str]) -> list[str]:
    return [word for word in found if any(one.isdecimal() for one in word)]


def _begins(left: Sequence[str], right: Sequence[str]) -> bool:
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    return left == right or (len(short) >= _FEWEST_WORDS and long[: len(short)] == short)


def _may_be_near(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell cheaply that two titles have too few words in common for a closer look."""
    known = frozenset(right)
    return 2 * sum([word in known for word in left]) >= _NEAR * (len(left) + len(right))


def _name(text: str) -> list[str]:
    """Return the words of a name without initials and suffixes; all of them if there are no others.

    PubMed writes initials in capitals, such as `van der Berg AB`.
    """
    kept = [
        word
        for word in re.split(r"[\s,]+", text)
        if not re.fullmatch(r"(?:[^\W\d_]\.?-?){1,3}", word) or not word.replace(".", "").isupper()
    ]
    return [part for word in kept for part in words(word)] or words(text)


def _telling(text: str) -> list[str]:
    return [word for word in words(re.sub(r"\([^)]*\)", " ", text)) if word not in _SMALL]


def _abbreviates(short: list[str], long: list[str]) -> bool:
    if not short or not long:
        return False
    if len(short) == 1 and short[0] == "".join(word[0] for word in long) and len(long) > 1:
        return True
    return len(short) == len(long) and all(
        full.startswith(cut) or _contracts(cut, full) for cut, full in zip(short, long, strict=True)
    )


def _contracts(cut: str, full: str) -> bool:
    """Tell whether a word is one with letters left out, from first to last: `jl` for journal."""
    letters = iter(full)
    return cut[0] == full[0] and cut[-1] == full[-1] and all(letter in letters for letter in cut)
