"""The numbers in a sentence: digits and words, each with what it is a number of.

Names that hold digits are no numbers: years, levels of the spine (L4-L5, C1), field strengths
(3 T), PMIDs, and words in which letters and digits meet (CYP2D6, PDQ-39).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple


class Mention(NamedTuple):
    """A number in a text: how it is written, its value, and what follows it."""

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
_MAY_BE_EXCEPTED = re.compile(
    "[0-9](?:[A-Za-z]| ?T|[0-9]{3}|(?<=[A-Za-z].)|(?<=[A-Za-z]-.)"
    "|(?<=PMID.)|(?<=PMID:.)|(?<=PMID .)|(?<=PMID: .))"
)
"""Whatever is excepted has this, and it is found more quickly."""
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
_PATTERNS = {"percent": _PERCENT, "time": _TIME, "points": _POINTS, "people": _OF_PEOPLE}
_ON = ("to", "and", "or")
_KINDS: dict[str, list[str]] = {}
"""What a number can be of, by the first two letters of the word behind it, the likeliest first."""
for _kind, _words in (
    ("percent", ("per cent", *_ON)),
    ("time", (*UNITS, *_ON)),
    ("points", ("points", "scores", *_ON)),
    ("people", _PEOPLE.split("|")),
):
    for _begins in sorted({word[:2] for word in _words}):
        _KINDS.setdefault(_begins, []).append(_kind)
_DIGITS = bytes(48 if character in b"0123456789" else 32 for character in range(256))
"""Turns digits into 0 and all else into a space, where several are found at once most quickly."""
_STEMS = [
    word
    for word in (*_ONES, *_TENS)
    if not any(word != other and word.startswith(other) for other in _ONES)
]
"""One of these begins each number that is spelt out."""
_BETWEEN = "\0"
"""Between texts that are looked at as one: no record holds it, and no number goes on across it."""
_PLAIN = bytes(set(range(128)) - set(b"0123456789<>="))
"""What is no part of a number in digits, and compares nothing."""
_COMPARATORS = {"≤": "<=", "≥": ">=", "=": ""}


def mentions_of(texts: Sequence[str]) -> list[list[Mention]]:
    """Return the numbers of each of some texts; in one go where none needs a closer look."""
    whole = _BETWEEN.join(texts)
    if not whole.isascii() or _compares(whole):
        return [[*mentions(text)] for text in texts]
    found: list[list[Mention]] = [[] for _ in texts]
    number, end = 0, len(texts[0]) if texts else 0
    for start, mention in _found(whole):
        while start > end:
            number += 1
            end += 1 + len(texts[number])
        found[number].append(mention)
    return found


def mentions(text: str) -> Iterator[Mention]:
    """Yield the numbers of a text in order."""
    return (mention for _, mention in _found(text))


def _found(text: str) -> Iterator[tuple[int, Mention]]:
    """Yield the numbers of a text, each with where it begins."""
    figures = text.encode().translate(None, _PLAIN)
    masked = text
    if figures and _MAY_BE_EXCEPTED.search(text):
        masked = _EXCEPTED.sub(lambda found: "§" * len(found[0]), text)
    for found in _numbers(masked, figures):
        p, comparator, written = found.group("p", "comparator", "number")
        end = found.end()
        if p:
            kind, unit = "p", ""
        elif written.lower() == "one" and not _is_figure(masked, end):
            continue  # "one series", "on one side"
        else:
            kind, unit = _what(masked, end)
        said = _COMPARATORS.get(comparator, comparator) if comparator else ""
        yield found.start(), Mention(written, _value(written), kind, unit, said)


def _compares(text: str) -> bool:
    return "<" in text or ">" in text or "=" in text


def holding(texts: Sequence[str], stems: Iterable[str]) -> Iterator[int]:
    """Yield which of some texts may hold one of some stems: mostly none, as one look tells."""
    if holds_any(_BETWEEN.join(texts), stems):
        yield from (index for index, text in enumerate(texts) if holds_any(text, stems))


def holds_any(text: str, stems: Iterable[str]) -> bool:
    """Tell quickly whether a text may hold one of some stems, in small letters or capitals.

    A letter that is not ASCII may stand for one that is where case is ignored.
    """
    lower = text.lower()
    for stem in stems:
        if stem in lower:
            return True
    return not text.isascii()


def _numbers(text: str, figures: bytes) -> Iterator[re.Match[str]]:
    """Yield what `_NUMBER` finds; where nothing compares, look only where a number can start."""
    if figures and not figures.isdigit():
        yield from _NUMBER.finditer(text)
        return
    lower = text.lower()
    starts = _digits(text) if figures else []
    if "-" in text:
        starts += [start - 1 for start in starts if text[start - 1 : start] == "-"]
    for stem in _STEMS:
        start = lower.find(stem)
        while start >= 0:
            starts.append(start)
            start = lower.find(stem, start + 1)
    end = 0
    for start in sorted(starts):
        found = _NUMBER.match(text, start) if start >= end else None
        if found is not None:
            end = found.end()
            yield found


def _digits(text: str) -> list[int]:
    """Return where digits begin."""
    shown = text.encode("ascii", "replace").translate(_DIGITS)
    found = []
    start = shown.find(b"0")
    while start >= 0:
        found.append(start)
        end = shown.find(b" ", start)
        start = shown.find(b"0", end) if end >= 0 else end
    return found


def _what(text: str, end: int) -> tuple[str, str]:
    """Say what a number is of, by what follows it."""
    for kind in _kinds(text, end):
        found = _PATTERNS[kind].match(text, end)
        if found is not None:
            return kind, UNITS[found["unit"].lower()] if kind == "time" else ""
    return "plain", ""


def _kinds(text: str, end: int) -> Iterable[str]:
    """Return what a number can be of: two letters of a word leave one kind of it, or none."""
    if text[end : end + 1].isspace():
        begins = text[end + 1 : end + 3].lower()
        if begins.isalpha() and begins.isascii():
            return _KINDS.get(begins, ())
    return _PATTERNS


def _is_figure(text: str, end: int) -> bool:
    """Tell whether "one" counts something, by what follows it."""
    if _OF.match(text, end) is not None:
        return True
    return _TIME.match(text, end) is not None and _PERCENT.match(text, end) is None


def _value(written: str) -> Decimal:
    if written.isdigit():
        return Decimal(written)
    lower = written.lower()
    if lower[0].isalpha():
        return Decimal(sum(WORDS[word] for word in re.split("[- ]", lower)))
    return Decimal(lower.replace("−", "-").replace(",", ""))
