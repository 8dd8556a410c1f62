"""Say how a text that holds a figure is written as one."""

import re
from collections.abc import Callable
from typing import Any, Final

from curate.document import number_text
from curate.explain.meant import numbers, readings
from curate.explain.verdict import Refused
from curate.explain.words import all_of


def figure(refused: Refused, text: str) -> str:
    """Return what to write for a text where a number belongs, or nothing where none is seen."""
    return next(filter(None, (read(refused, text) for read in _READERS)), "")


def siblings(refused: Refused) -> frozenset[str]:
    """Return the names of the fields that can stand beside this one."""
    return frozenset(refused.around[-1].get("properties", {}))


def _one(refused: Refused, text: str) -> str:
    fitting = [number_text(number) for number in readings(text) if refused.fits(number)]
    if not fitting:
        return ""
    if "," in text and len(fitting) > 1:
        return f"Write {fitting[0]}, or {fitting[1]} if the comma is a decimal comma."
    return f"Write {fitting[0]}."


def _with_share(refused: Refused, text: str) -> str:
    """Read a count with its denominator or percentage: `7/9`, `7/9 (78 %)`, `78 % (7)`."""
    for names, form in _SHARES.items():
        if told := _spread(refused, names, form.fullmatch(text)):
            return told
    return ""


def _range(refused: Refused, text: str) -> str:
    found = _RANGE.fullmatch(text)
    if found is None:
        return ""
    return _spread(refused, ("min", "max"), found) or "Write one number, not a range."


def _plus_minus(refused: Refused, text: str) -> str:
    if refused.where[-1] in _OF_PEOPLE:
        return ""  # `11 (20)` people are 11 of 20, or 20 %, but no mean
    return _spread(refused, ("mean", "sd"), _PLUS_MINUS.fullmatch(text))


def _hedged(refused: Refused, text: str) -> str:
    found = _HEDGED.fullmatch(text)
    plain = _fitting(refused, found[2]) if found else ""
    if not (found and plain):
        return ""
    hedge = f", and `hedge: {_HEDGES[found[1].casefold()]}`" if "hedge" in siblings(refused) else ""
    return f"Write {plain}{hedge}."


def _with_unit(refused: Refused, text: str) -> str:
    found = _WITH_UNIT.fullmatch(text)
    plain = _fitting(refused, found[1]) if found else ""
    if not plain:
        return ""
    unit = ", and the unit in `unit`" if "unit" in siblings(refused) else ", without the unit"
    return f"Write {plain}{unit}."


def _not_known(_: Refused, text: str) -> str:
    if text.strip().casefold() not in _NOT_KNOWN:
        return ""
    return "Delete the line: what the source does not print is left out."


def _fitting(refused: Refused, text: str) -> str:
    return next((number_text(read) for read in numbers(text) if refused.fits(read)), "")


def _spread(refused: Refused, names: tuple[str, ...], found: "re.Match[str] | None") -> str:
    """Say which fields the figures of a text belong in, where there are such fields."""
    if found is None or not siblings(refused).issuperset(names):
        return ""
    read: list[Any] = [numbers(part) for part in found.groups()]
    if not all(read):
        return ""
    lines = [f"{name}: {number_text(values[0])}" for name, values in zip(names, read, strict=True)]
    return f"Write each figure in its field: {all_of(lines)}."


_READERS: Final[tuple[Callable[[Refused, str], str], ...]] = (
    _one,
    _with_share,
    _range,
    _plus_minus,
    _hedged,
    _with_unit,
    _not_known,
)

_NUMBER = r"[-−+]?[0-9]+(?:[.,][0-9]+)?"
_FRACTION = rf"({_NUMBER})\s*(?:/|of|out of)\s*({_NUMBER})"
_BEFORE = r"\s*[(\[,;]?\s*"
_BEHIND = r"\s*[)\]]?\s*"
_PERCENT = rf"({_NUMBER})\s*(?:%|per ?cent)"
_SHARES: Final = {
    ("count", "analysed"): re.compile(rf"\s*{_FRACTION}\s*"),
    ("count", "analysed", "percent"): re.compile(rf"\s*{_FRACTION}{_BEFORE}{_PERCENT}{_BEHIND}"),
    ("percent", "count", "analysed"): re.compile(rf"\s*{_PERCENT}{_BEFORE}{_FRACTION}{_BEHIND}"),
    ("count", "percent"): re.compile(rf"\s*({_NUMBER}){_BEFORE}{_PERCENT}{_BEHIND}"),
    ("percent", "count"): re.compile(rf"\s*{_PERCENT}{_BEFORE}(?:n\s*=\s*)?({_NUMBER}){_BEHIND}"),
}
_OF_PEOPLE: Final = frozenset({"count", "analysed", "available", "enrolled", "percent"})
_RANGE = re.compile(rf"\s*({_NUMBER})\s*(?:-|–|—|to|\.\.)\s*({_NUMBER})\s*")
_PLUS_MINUS = re.compile(rf"\s*({_NUMBER})\s*(?:±|\+/-|\+-|\()\s*({_NUMBER})\)?\s*")
_HEDGES = {
    word: hedge
    for hedge, words in {
        "about": ["~", "ca", "ca.", "about", "approximately", "approx.", "circa"],
        "up-to": ["<", "<=", "≤", "up to"],
        "at-least": [">", ">=", "≥", "at least"],
    }.items()
    for word in words
}
_HEDGE = "|".join(map(re.escape, sorted(_HEDGES, key=len, reverse=True)))
_HEDGED = re.compile(rf"(?i)\s*({_HEDGE})\s*({_NUMBER}\s*%?)\s*")
_WITH_UNIT = re.compile(rf"\s*({_NUMBER})\s*[A-Za-z°%/²³\[\] µμ]+\.?\s*")
_NOT_KNOWN = frozenset(
    ["?", "-", "–", "—", ".", "n/a", "na", "n.a.", "nr", "n.r.", "nd", "n.d.", "unknown", "none"]
) | frozenset(
    ["missing", "tbd", "not reported", "not stated", "not available", "not known", "not given"]
)
