"""The numbers in a sentence: digits and words, each with what it is a number of.

Names that hold digits are no numbers: years, levels of the spine (L4-L5, C1), field strengths
(3 T), PMIDs, and words in which letters and digits meet (CYP2D6, PDQ-39).
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from curate.evidence.wording import Wording, words_of
from curate.pattern import pattern


class Mention(NamedTuple):
    """A number in a text: how it is written, its value, and what follows it."""

    text: str
    value: int | Decimal
    kind: str
    """`percent`, `p`, `time` (then `unit` is UCUM's), `points`, `people`, or `plain`."""
    unit: str = ""
    comparator: str = ""
    """For a p-value: `<`, `<=`, `>` or `>=`, as written."""


_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: value for value, word in enumerate(_ONES, 1)}
WORDS |= {word: 10 * value for value, word in enumerate(_TENS, 2)}

UNITS = {
    "minute": "min",
    "hour": "h",
    "day": "d",
    "week": "wk",
    "month": "mo",
    "year": "a",
}
"""Units of time as texts name them, by the word that every mention of a time has."""
_PEOPLE = (
    "people|persons?|patients?|participants?|men|women|cases?|pairs?|interventions?|procedures?|"
    "operations?|sides?|levels?|events?|trials?|studies"
)

EXCEPTIONS = {
    "a level of the spine": r"\b[CTLS][0-9]{1,2}(?:\s?[-–/]\s?[CTLS]?[0-9]{1,2})*\b",
    "a field strength": r"\b[0-9](?:\.[0-9])? ?T\b",
    "a PMID": r"\bPMID:? ?[0-9]+",
    "a year": (
        r"\b(?:in|of|by|to|since|until|from|and|between|before|after)\s(?:19|20)[0-9]{2}\b"
        r"(?!\s?%)(?!\.[0-9])(?!\s(?:" + _PEOPLE + r"))"
    ),
    "a name with digits": r"\b[A-Za-z]+-?[0-9][A-Za-z0-9]*\b|\b[0-9]+[A-Za-z]+[0-9A-Za-z]*\b",
}
"""What is written with digits and is no figure: this is the list."""

_EXCEPTED = pattern("|".join(f"(?:{pattern})" for pattern in EXCEPTIONS.values()))
_BESIDE = re.compile("[0-9](?:[A-Za-z]| ?T|[0-9]{3}|(?<=[A-Za-z].)|(?<=[A-Za-z]-.))")
"""A digit beside what all exceptions but a PMID have there."""
_WORD = "|".join(sorted(_ONES, key=len, reverse=True))
_HOW = rf"""
      (?<![\w.,])(?<![A-Za-z]-)(?:(?<![0-9])[-−](?=[0-9]))?
        (?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?(?![\w]|[.,][0-9])
    | (?<![-\w])(?:(?:{"|".join(_TENS)})(?:[- ](?:{_WORD})\b)?|{_WORD})\b
        (?!-(?!(?:{"|".join(UNITS)})\b)[a-z])
        (?!\s(?:thirds?|quarters?|halves|fifths?|tenths?)\b)
"""
"""How a number is written."""
_WRITTEN = re.compile(_HOW, re.VERBOSE | re.IGNORECASE)
_NUMBER = pattern(
    rf"(?P<p>\bp\s?(?P<comparator><=|>=|≤|≥|[<>=])\s?)?(?P<number>{_HOW})",
    re.VERBOSE | re.IGNORECASE,
)
_JOINED = r"(?:(?:,|\s?(?:to|-|–|±)|,?\s(?:and|or)(?:\s(?:after|at))?)\s?[-−]?[0-9]+(?:\.[0-9]+)?)*"
_PERCENT = pattern(_JOINED + r"\s?(?:%|per\s?cent\b)")
_TIME = re.compile(_JOINED + rf"[\s-](?P<unit>{'|'.join(UNITS)})s?\b", re.IGNORECASE)
_POINTS = pattern(_JOINED + r"\s(?:points?|scores?)\b")
_OF_PEOPLE = re.compile(rf"\s(?:{_PEOPLE})\b")
_OF = pattern(r"\s(?:of|in)\s(?:the\s)?(?:[0-9]|(?:" + _WORD + r")\b)", re.IGNORECASE)
_PATTERNS = {"percent": _PERCENT, "time": _TIME, "points": _POINTS, "people": _OF_PEOPLE}
_ONE_WORD = re.compile(r"\s([A-Za-z]+)[.,;:)]*")
_GOES_ON = frozenset({"to", "and", "or", "per"})
"""Words that lead on to others, which then tell what a number is of."""
_DIGITS = bytes(48 if character in b"0123456789" else 32 for character in range(256))
"""Turns digits into 0 and all else into a space, where several are found at once most quickly."""
_COMPARATORS = {"≤": "<=", "≥": ">=", "=": ""}


def mentions_of(said: Wording) -> list[list[Mention]]:
    """Return the numbers of each claim; in one go where none needs a closer look."""
    if not _is_simple(said.whole):
        return [[*mentions(text)] for text in said.texts]
    found: list[list[Mention]] = [[] for _ in said.texts]
    number, end = 0, len(said.texts[0]) if said.texts else 0
    for start, mention in _simply(said.whole, said.lower, WORDS.keys() & said.words):
        while start > end:
            number += 1
            end += 1 + len(said.texts[number])
        found[number].append(mention)
    return found


def mentions(text: str) -> Iterator[Mention]:
    """Yield the numbers of a text in order."""
    return (mention for _, mention in located(text))


def located(text: str) -> Iterator[tuple[int, Mention]]:
    """Yield the numbers of a text, each with where it begins."""
    if not _is_simple(text):
        return _closely(text)
    lower = text.lower()
    return _simply(text, lower, WORDS.keys() & words_of(lower))


def _is_simple(text: str) -> bool:
    """Tell whether a text is in ASCII, and compares nothing."""
    return text.isascii() and not ("<" in text or ">" in text or "=" in text)


def _closely(text: str) -> Iterator[tuple[int, Mention]]:
    """Yield the numbers of any text."""
    masked = _masked(text)
    for found in _NUMBER.finditer(masked):
        p, comparator, written = found.group("p", "comparator", "number")
        end = found.end()
        if p:
            said = _COMPARATORS.get(comparator, comparator)
            yield found.start("number"), Mention(written, _value(written), "p", "", said)
        elif not _is_pronoun(written, masked, end):
            yield found.start(), _mention(written, *_what(masked, end))


def _simply(text: str, lower: str, words: Iterable[str]) -> Iterator[tuple[int, Mention]]:
    """Yield the numbers of a simple text, looked for where digits or some of the words begin."""
    starts = _digits(text)
    masked = _masked(text) if starts else text
    if "-" in text:
        starts += [start - 1 for start in starts if text[start - 1 : start] == "-"]
    for word in words:
        start = lower.find(word)
        while start >= 0:
            starts.append(start)
            start = lower.find(word, start + 1)
    starts.sort()
    end = 0
    for start in starts:
        if start < end:
            continue
        written = masked[start : masked.find(" ", start) + 1]
        # Digits between two spaces need no closer look, and most numbers are such.
        if written[:-1].isdigit() and (start == 0 or masked[start - 1] == " "):
            written = written[:-1]
        else:
            found = _WRITTEN.match(masked, start)
            if found is None:
                continue
            written = found[0]
        end = start + len(written)
        if not _is_pronoun(written, masked, end):
            yield start, _mention(written, *_what(masked, end))


def _masked(text: str) -> str:
    """Return a text without what is written with digits and is no figure, at the same places."""
    if _may_be_excepted(text):
        return _EXCEPTED.sub(lambda found: "§" * len(found[0]), text)
    return text


def _may_be_excepted(text: str) -> bool:
    """Tell quickly whether a text may have anything that is excepted."""
    return _BESIDE.search(text) is not None or "PMID" in text


def _digits(text: str) -> list[int]:
    """Return where digits begin in a text in ASCII."""
    shown = text.encode().translate(_DIGITS)
    found = []
    start = shown.find(b"0")
    while start >= 0:
        found.append(start)
        end = shown.find(b" ", start)
        start = shown.find(b"0", end) if end >= 0 else end
    return found


def _what(text: str, end: int) -> tuple[str, str]:
    """Say what a number is of, and in which unit, by what follows it."""
    over = text.find(" ", end + 1)
    said = _by_word(text[end:over] if over > 0 else text[end:])
    return said or _by_all(text, end)


@lru_cache(maxsize=1024)
def _by_word(follows: str) -> tuple[str, str] | None:
    """Say the same of a number before a space and a word; None where that is not enough."""
    found = _ONE_WORD.fullmatch(follows)
    return None if found is None or found[1].lower() in _GOES_ON else _by_all(follows, 0)


def _by_all(text: str, end: int) -> tuple[str, str]:
    """Say the same by as much as belongs together."""
    for kind, follows in _PATTERNS.items():
        found = follows.match(text, end)
        if found is not None:
            return kind, UNITS[found["unit"].lower()] if kind == "time" else ""
    return "plain", ""


def _is_pronoun(written: str, text: str, end: int) -> bool:
    """Tell whether it is a "one" that counts nothing: "one series", "on one side"."""
    if len(written) != len("one") or written.lower() != "one" or _OF.match(text, end):
        return False
    return _TIME.match(text, end) is None or _PERCENT.match(text, end) is not None


@lru_cache(maxsize=1024)
def _mention(written: str, kind: str, unit: str) -> Mention:
    return Mention(written, _value(written), kind, unit)


def _value(written: str) -> int | Decimal:
    if written.isdigit():
        return int(written)
    lower = written.lower()
    if lower[0].isalpha():
        return sum(WORDS[word] for word in re.split("[- ]", lower))
    return Decimal(lower.replace("−", "-").replace(",", ""))
