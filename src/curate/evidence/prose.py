"""The numbers in a sentence: digits and words, each with what it is a number of.

Names that hold digits are no numbers: years, levels of the spine (L4-L5, C1), field strengths
(3 T), PMIDs, and words in which letters and digits meet (CYP2D6, PDQ-39).
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple


class Mention(NamedTuple):
    """A number in a text: how it is written, its value, and what follows it."""

    start: int
    text: str
    value: Decimal
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

_EXCEPTED = re.compile("|".join(f"(?:{pattern})" for pattern in EXCEPTIONS.values()))
_WORD = "|".join(sorted(_ONES, key=len, reverse=True))
_NUMBER = re.compile(
    rf"""
    (?P<p>\bp\s?(?P<comparator><=|>=|≤|≥|[<>=])\s?)?
    (?P<number>
      (?<![\w.,])(?<![A-Za-z]-)(?:(?<![0-9])[-−](?=[0-9]))?
        (?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?(?![\w]|[.,][0-9])
    | (?<![-\w])(?:(?:{"|".join(_TENS)})(?:[- ](?:{_WORD})\b)?|{_WORD})\b
        (?!-(?!(?:{"|".join(UNITS)})\b)[a-z])
        (?!\s(?:thirds?|quarters?|halves|fifths?|tenths?)\b)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_JOINED = r"(?:(?:,|\s?(?:to|-|–|±)|,?\s(?:and|or)(?:\s(?:after|at))?)\s?[-−]?[0-9]+(?:\.[0-9]+)?)*"
_PERCENT = re.compile(_JOINED + r"\s?(?:%|per\s?cent\b)")
_TIME = re.compile(_JOINED + rf"[\s-](?P<unit>{'|'.join(UNITS)})s?\b", re.IGNORECASE)
_POINTS = re.compile(_JOINED + r"\s(?:points?|scores?)\b")
_OF_PEOPLE = re.compile(rf"\s(?:{_PEOPLE})\b")
_OF = re.compile(r"\s(?:of|in)\s(?:the\s)?(?:[0-9]|(?:" + _WORD + r")\b)", re.IGNORECASE)
_DIGIT = re.compile("[0-9]")  # every exception has one
_OF_P = re.compile("[<>=]")
_SPELT = re.compile(rf"\b(?:{_WORD}|{'|'.join(_TENS)})\b")
_START = re.compile(rf"[-0-9]|{_SPELT.pattern}")
_COMPARATORS = {"≤": "<=", "≥": ">=", "=": ""}


def mentions(text: str) -> Iterator[Mention]:
    """Yield the numbers of a text in order."""
    masked = text
    if _DIGIT.search(text):
        masked = _EXCEPTED.sub(lambda found: "§" * len(found[0]), text)
    for found in _numbers(masked):
        written = found["number"]
        kind, unit = _what(masked[found.end() :])
        if found["p"]:
            kind, unit = "p", ""
        elif written.lower() == "one" and not _is_figure(masked[found.end() :], kind):
            continue  # "one series", "on one side"
        comparator = found["comparator"] or ""
        yield Mention(
            found.start("number"),
            text[found.start("number") : found.end("number")],
            _value(written),
            kind,
            unit,
            _COMPARATORS.get(comparator, comparator),
        )


def holds_any(text: str, stems: Iterable[str]) -> bool:
    """Tell quickly whether a text may hold one of some stems, in small letters or capitals.

    A letter that is not ASCII may stand for one that is where case is ignored.
    """
    lower = text.lower()
    for stem in stems:
        if stem in lower:
            return True
    return not text.isascii()


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield what `_NUMBER` finds; where nothing compares, look only where a number can start."""
    if not text.isascii() or _OF_P.search(text):
        yield from _NUMBER.finditer(text)
        return
    end = 0
    start = _START if _DIGIT.search(text) else _SPELT
    for word in start.finditer(text.lower()):
        found = _NUMBER.match(text, word.start()) if word.start() >= end else None
        if found is not None:
            end = found.end()
            yield found


def _what(rest: str) -> tuple[str, str]:
    """Say what a number is of, by what follows it."""
    if _PERCENT.match(rest):
        return "percent", ""
    time = _TIME.match(rest)
    if time is not None:
        return "time", UNITS[time["unit"].lower()]
    if _POINTS.match(rest):
        return "points", ""
    return ("people" if _OF_PEOPLE.match(rest) else "plain"), ""


def _is_figure(rest: str, kind: str) -> bool:
    return kind == "time" or _OF.match(rest) is not None


def _value(written: str) -> Decimal:
    lower = written.lower()
    if lower[0].isalpha():
        return Decimal(sum(WORDS[word] for word in re.split("[- ]", lower)))
    return Decimal(lower.replace("−", "-").replace(",", ""))
