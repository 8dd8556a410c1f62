"""Guess what a value was meant as, where only one thing would fit: written on request only.

Unlike what `sure` reads, a guess may be wrong: a number word, a date with the day first, an id made
of a title. Where two readings fit, there is no guess.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from curate.document import number_text
from curate.explain.meant import readings, thousands
from curate.explain.verdict import Refused
from curate.fault import Listed, Write


def guess(refused: Refused) -> Write | Listed | None:
    """Return what a value of the wrong type or form was likely meant as."""
    value = refused.value
    if isinstance(value, dict | list) or value is None:
        return None
    if refused.limit == "array" and refused.keyword == "type":
        entry = refused._replace(node=refused.resolve(refused.node.get("items", {})))
        found = only([reading for reading in _read(value) if entry.fits(reading)])
        return None if found is None else Listed((found,))
    if isinstance(value, Decimal) and thousands(value) is not None:
        return None  # 2.000 may be two or two thousand, and both would pass
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return only_write([int(value)] if refused.fits(int(value)) else [])
    return only_write(reading for reading in _read(value) if refused.fits(reading))


def only_write(found: Iterable[Any]) -> Write | None:
    """Return how to write what was found, where that is one thing."""
    value = only(found)
    return None if value is None else Write(value)


def only(found: Iterable[Any]) -> Any:
    """Return the one thing that was found, or None where there are none or several."""
    different = list(dict.fromkeys(found))
    return different[0] if len(different) == 1 else None


def _read(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return []
    text = number_text(value) if isinstance(value, int | Decimal) else str(value)
    # What is no word or figure at all, such as a dash, stands for nothing that could be written.
    return [reading for reading in readings(text) if reading != ""]
