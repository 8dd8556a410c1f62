"""Say in words what records say in codes: times, units, days, and the words of a vocabulary."""

import re
from functools import cache
from typing import Any

from curate.document import number_text
from curate.formats.html.markup import Html, tag
from curate.published import schema

_TIMES = {
    "min": ("minute", "minutes"),
    "h": ("hour", "hours"),
    "d": ("day", "days"),
    "wk": ("week", "weeks"),
    "mo": ("month", "months"),
    "a": ("year", "years"),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_NUMBERED = {f"{number:02}": name for number, name in enumerate(_MONTHS, 1)}
_ANNOTATION = re.compile(r"\{([^}]*)\}")
_SPELLED = {"non-randomized-trial": "non-randomized trial"}
_HARMS = {
    "with-counts": "The source counts harms; they are listed here.",
    "named-only": "The source names harms, but prints no numbers.",
    "none-observed": "The source says that there were none.",
    "not-reported": "What was read of the source does not speak of harms. That does not mean that "
    "there were none.",
}
_NAMES = {
    "mesh": "MeSH",
    "snomed-ct": "SNOMED CT",
    "icd-10-cm": "ICD-10-CM",
    "icd-11": "ICD-11",
    "loinc": "LOINC",
}


def time(text: str) -> str:
    """Return a time in words: `12 mo` as `12 months`; one without a unit as it is."""
    number, _, unit = text.partition(" ")
    if not unit:
        return text
    return f"{number} {_TIMES[unit][number != '1']}"


def time_unit(unit: str) -> str:
    """Return a unit of time in words, in the plural."""
    return _TIMES[unit][1]


def unit(ucum: str | None) -> str:
    """Return a unit as a reader writes it, with the space before it: ` points`, ` %`, ` mm`."""
    if ucum is None:
        return ""
    if ucum in _TIMES:
        return f" {time_unit(ucum)}"
    if ucum == "{score}":
        return " points"
    return " " + _ANNOTATION.sub(r"\1", ucum).strip()


def day(text: str) -> Html:
    """Return a date as far as it is known: `2026-11-22` as 22 November 2026."""
    year, month, of_month = (*text.split("-"), "", "")[:3]
    if month and month not in _NUMBERED:
        # A date that is none: it is an error, which the page of who mends it must not fail on.
        return tag("span", text)
    words = [of_month.lstrip("0"), _NUMBERED[month] if month else "", year]
    return tag("time", " ".join(word for word in words if word), datetime=text)


def brief_day(text: str) -> str:
    """Return a date as citations have it: `2019-01-22` as 2019 Jan 22."""
    year, month, of_month = (*text.split("-"), "", "")[:3]
    return " ".join(
        [
            year,
            *([_NUMBERED.get(month, month)[:3]] if month else []),
            *([of_month.lstrip("0")] if of_month else []),
        ]
    )


def words(code: str) -> str:
    """Return a word of a vocabulary as a reader writes it: `case-series` as `case series`."""
    return _SPELLED.get(code) or _NAMES.get(code) or code.replace("-", " ").replace("_", " ")


def headed(code: str) -> str:
    """Return a word of a vocabulary with a capital letter."""
    said = words(code)
    return said[:1].upper() + said[1:]


def harms(code: str) -> str:
    """Say whether a study reports harms, where the study's page or a list of studies tells it."""
    return _HARMS[code]


@cache
def meanings(kind: str, field: str, part: str | None = None) -> dict[str, str]:
    """Return what each word of a field means, as the published schema says."""
    whole = schema(kind)
    fields: dict[str, Any] = (whole if part is None else whole["$defs"][part])["properties"]
    node = fields[field].get("items", fields[field])
    return dict(zip(node["enum"], node["enumDescriptions"], strict=True))


def number(value: Any) -> str:
    """Return a number as it was printed, or a p-value with its comparator."""
    return value if isinstance(value, str) else number_text(value)


def p_value(value: Any) -> str:
    """Return a p-value: `p = 0.036`, `p <0.001`."""
    return f"p {value}" if isinstance(value, str) else f"p = {number_text(value)}"
