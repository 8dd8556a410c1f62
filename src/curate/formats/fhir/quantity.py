"""Numbers with units, as FHIR writes them; the digits stay as printed."""

from decimal import Decimal
from typing import Any

UCUM = "http://unitsofmeasure.org"

_NAMES = {"min": "minutes", "h": "hours", "d": "days", "wk": "weeks", "mo": "months", "a": "years"}
_HEDGES = {"up-to": "<=", "at-least": ">="}


def quantity(value: int | Decimal, unit: str | None = None, hedge: str | None = None) -> Any:
    """Return a Quantity in a UCUM unit; a hedge that has a comparator gives it one."""
    found: dict[str, Any] = {"value": value}
    if hedge in _HEDGES:
        found["comparator"] = _HEDGES[hedge]
    if unit is not None:
        found |= {"unit": unit_name(unit), "system": UCUM, "code": unit}
    return found


def unit_name(unit: str) -> str:
    """Return a UCUM unit for readers: months for mo, score for {score}."""
    return _NAMES.get(unit, unit.strip("{}") or unit)


def time(text: str) -> Any:
    """Return a time such as `12 mo` as a Quantity."""
    value, unit = text.split(" ")
    return quantity(Decimal(value), unit)


def time_text(text: str) -> str:
    """Return a time such as `12 mo` for readers."""
    value, unit = text.split(" ")
    return f"{value} {unit_name(unit)}"


def range_(low: int | Decimal | None, high: int | Decimal | None, unit: str | None) -> Any:
    """Return a Range, open where a bound is not known."""
    bounds = {"low": low, "high": high}
    return {name: quantity(value, unit) for name, value in bounds.items() if value is not None}


def probability(p: int | Decimal | str) -> Any:
    """Return a p-value as a Quantity: `<0.001` is a comparator and a number."""
    if not isinstance(p, str):
        return {"value": p}
    number = p.lstrip("<=>")
    return {"value": Decimal(number), "comparator": p.removesuffix(number)}
