"""Guess what a value was meant to be, from how people write figures, dates and identifiers.

A guess is only an offer: it is made to the editor where the schema would take it, never applied.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from curate.document import number_text
from curate.scalar import NUMBER


def readings(text: str) -> Iterator[Any]:
    """Yield what a text may have been meant as, the likeliest first, in values of YAML."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if not plain or len(plain) > _LONGEST:
        return
    seen: list[Any] = []
    for read in _READERS:
        for value in read(plain):
            if value not in seen:
                seen.append(value)
                yield value


def numbers(text: str) -> list[int | Decimal]:
    """Return the numbers that a text may stand for: several where a comma can be read both ways."""
    bare = _AROUND_A_NUMBER.sub("", text.strip().casefold().translate(_SIGNS)).strip()
    if bare in _WORDS:
        return [_WORDS[bare]]
    if _GROUPED.fullmatch(bare):
        whole = [re.sub(r"[ ,'_]", "", bare)]
        both_ways = bare.count(",") == 1 and "." not in bare
        read_both_ways = [bare.replace(",", ".")] if both_ways else []
        return [number for form in whole + read_both_ways for number in _number(form)]
    return _number(bare.replace("_", "").replace(",", "."))


def thousands(number: Decimal) -> int | None:
    """Return the whole number that is meant if a point stands between thousands and hundreds."""
    text = number_text(number)
    return int(text.replace(".", "")) if _POINTED.fullmatch(text) else None


def _number(text: str) -> list[int | Decimal]:
    """Read one number, without the plus sign and the zeros that JSON does not write."""
    form = re.sub(r"^(-?)0+(?=[0-9])", r"\1", text.removeprefix("+"))
    form = re.sub(r"^(-?)\.(?=[0-9])", r"\g<1>0.", form).removesuffix(".")
    if not NUMBER.fullmatch(form):
        return []
    return [Decimal(form) if "." in form else int(form)]


def _itself(text: str) -> Iterator[str]:
    yield text


def _identifiers(text: str) -> Iterator[Any]:
    """Take identifiers out of addresses and give them their prefix."""
    if found := re.search(r"(?i)\bpubmed[^0-9]*([0-9]+)/?$|^pmid[\s:#]*([0-9]+)$", text):
        yield int(found[1] or found[2])
    if found := re.search(r"(?i)\b(10\.[0-9]{4,9}[.0-9]*/\S+)$", text):
        yield found[1]
    if found := re.search(r"(?i)\bpmc[\s:]*([1-9][0-9]*)/?$", text):
        yield f"PMC{found[1]}"
    if found := re.search(r"(?i)\b(nct|isrctn)[\s-]*([0-9o]{8})\b", text):
        yield found[1].upper() + found[2].upper().replace("O", "0")
    digits = re.sub(r"[\s-]", "", text.rstrip("/").rsplit("/", 1)[-1]).upper()
    if re.fullmatch(r"[0-9]{15}[0-9X]", digits):
        yield "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def _times(text: str) -> Iterator[str]:
    lower = text.casefold()
    if _LAST_SEEN.fullmatch(lower):
        yield "study"
    if _BEFORE.fullmatch(lower):
        yield "baseline"
    found = _TIME.fullmatch(lower)
    if found is None:
        return
    amount = found["number"]
    for number in [1] if amount in {"a", "an"} else numbers(amount)[:1]:
        yield f"{number} {_UNITS[found['unit']]}"


def _units(text: str) -> Iterator[str]:
    lower = text.casefold()
    if lower in _UNITS:
        yield _UNITS[lower]
    if lower in _UCUM:
        yield _UCUM[lower]


def _p_values(text: str) -> Iterator[str]:
    found = re.fullmatch(r"(?i)p?\s*(<=?|>=?|≤|≥)\s*(0?[.,][0-9]+)", text)
    if found:
        sign = {"≤": "<=", "≥": ">="}.get(found[1], found[1])
        yield f"{sign}0.{found[2].lstrip('0').lstrip('.,')}"


def compact_date(text: str) -> Iterator[str]:
    """Read a date in figures in which the year comes first, such as 2026/11/21 or 20261121."""
    yield from _read_dates(text, _YEAR_FIRST)


def named_date(text: str) -> Iterator[str]:
    """Read a date whose month is a word, such as 21 November 2026 or Nov. 2026."""
    yield from _read_dates(text, _NAMED)


def _dates(text: str) -> Iterator[str]:
    yield from _read_dates(text, (*_YEAR_FIRST, *_NAMED, *_YEAR_LAST))


def _read_dates(text: str, patterns: tuple[str, ...]) -> Iterator[str]:
    lower = text.casefold().replace(",", " ")
    for pattern in patterns:
        found = re.fullmatch(pattern, lower.strip(), re.ASCII)
        if found is None:
            continue
        parts = found.groupdict()
        month = parts.get("month") or str(_MONTHS[(parts.get("name") or "")[:3]])
        day = parts.get("day")
        if _is_date(parts["year"], month, day or "1"):
            yield "-".join(
                (parts["year"], f"{int(month):02}", *([f"{int(day):02}"] if day else []))
            )


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _places(text: str) -> Iterator[str]:
    """Read a JSON Pointer or a path with brackets as a waiver's place."""
    yield re.sub(r"[/.\[\]>\s]+", ".", text).strip(".")


def _ids(text: str) -> Iterator[str]:
    parts = re.split(r"\s*[#/:]\s*", text)
    slugs = [slug(part) for part in parts]
    if len(slugs) == 2 and all(slugs):  # noqa: PLR2004 - a record and one of its parts
        yield "#".join(slugs)
    yield slug(text)


def slug(text: str) -> str:
    """Write words as an id: lower case, without accents, joined by hyphens."""
    bare = re.sub(r"['’]", "", text)
    ascii_only = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.casefold()).strip("-")


_READERS: Final[tuple[Callable[[str], Any], ...]] = (
    _itself,
    numbers,
    _identifiers,
    _p_values,
    _times,
    _dates,
    _units,
    _ids,
    _places,
)

_LONGEST = 200
_SIGNS = str.maketrans({"−": "-", "–": "-", "’": "'", "\u00a0": " "})
# What people write around a number: PMID, n =, about, %, the names of things that are counted.
_AROUND_A_NUMBER = re.compile(
    r"^(?:pmid\s*:?|n\s*=|p\s*=|=)\s*"
    r"|\s*(?:%|per ?cent|percent|patients?|participants?|people|points?|cases?)$"
)
_POINTED: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_GROUPED = re.compile(r"[0-9]{1,3}([ ,'_])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]+)?")
_WORDS: Final = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_UNITS = {
    name: unit
    for unit, names in {
        "min": "min mins minute minutes",
        "h": "h hr hrs hour hours",
        "d": "d day days",
        "wk": "wk wks w week weeks",
        "mo": "mo mos mth mths m month months",
        "a": "a y yr yrs year years",
    }.items()
    for name in names.split()
}
_UCUM = {
    "percent": "%",
    "per cent": "%",
    "points": "{score}",
    "point": "{score}",
    "score": "{score}",
    "mm hg": "mm[Hg]",
    "mmhg": "mm[Hg]",
}
_TIME = re.compile(
    r"(?:at |after |for )?(?:about )?(?P<number>[0-9]+(?:[.,][0-9]+)?|[a-z]+)[\s-]*"
    rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})\.?"
    r"(?: (?:follow[ -]?up|post-?operative(?:ly)?|after (?:surgery|the operation|treatment)))?"
)
_LAST_SEEN = re.compile(
    r"(?:at )?(?:the )?(?:last|latest|final|end of|study|whole)(?: of)?"
    r"(?: (?:follow[ -]?up|visit|study|assessment|observation))?|follow[ -]?up"
)
_BEFORE = re.compile(
    r"(?:at )?(?:the )?base[ -]?line|pre-?op(?:erative(?:ly)?)?|before(?: (?:surgery|treatment|the "
    r"operation))?"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        start=1,
    )
}
# A word that only begins like a month is none: "3 march 2020", not "3 marathon 2020".
_FULL_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december", "sept"),
)
_NAME = rf"(?P<name>{'|'.join((*_FULL_NAMES, *_MONTHS))})\.?"
_YEAR_FIRST = (
    r"(?P<year>[0-9]{4})[-/. ](?P<month>[0-9]{1,2})(?:[-/. ](?P<day>[0-9]{1,2}))?",
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
)
_NAMED = (
    rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.)?\s+{_NAME}\s+(?P<year>[0-9]{{4}})",
    rf"{_NAME}\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?P<year>[0-9]{{4}})",
    rf"{_NAME}\s+(?P<year>[0-9]{{4}})",
)
# 3/4/2026 is a day in March or in April: only a first number above 12 tells.
_YEAR_LAST = (
    r"(?P<day>[0-9]{1,2})\.\s?(?P<month>[0-9]{1,2})\.\s?(?P<year>[0-9]{4})",
    r"(?P<day>1[3-9]|2[0-9]|3[01])[-/](?P<month>[0-9]{1,2})[-/](?P<year>[0-9]{4})",
    r"(?P<month>[0-9]{1,2})[-/](?P<day>1[3-9]|2[0-9]|3[01])[-/](?P<year>[0-9]{4})",
    r"(?P<month>[0-9]{1,2})[-/](?P<year>[0-9]{4})",
)
