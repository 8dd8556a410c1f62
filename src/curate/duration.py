"""Times such as `12 mo` as days, exactly: UCUM's mean month and Julian year."""

from calendar import monthrange
from datetime import date
from fractions import Fraction
from functools import lru_cache

_DAYS = {
    "min": Fraction(1, 1440),
    "h": Fraction(1, 24),
    "d": Fraction(1),
    "wk": Fraction(7),
    "mo": Fraction("30.4375"),
    "a": Fraction("365.25"),
}


@lru_cache(maxsize=4096)
def in_days(text: str) -> Fraction | None:
    """Return a time in days, or None for what is no time (`study`, `baseline`)."""
    number, _, unit = text.partition(" ")
    return Fraction(number) * days_in(unit) if unit else None


def days_in(unit: str) -> Fraction:
    """Return how many days one unit of time has."""
    return _DAYS[unit]


def days_between(start: str, end: str) -> int | None:
    """Return the most days from one date to another: from its first day to the other's last.

    None where the calendar does not have one of them.
    """
    try:
        return (_last(end) - _first(start)).days
    except ValueError:
        return None


def _first(text: str) -> date:
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _last(text: str) -> date:
    given = [int(step) for step in text.split("-")]
    year = given[0]
    month = given[1] if len(given) > 1 else 12
    return date(year, month, given[2] if len(given) > 2 else monthrange(year, month)[1])  # noqa: PLR2004 - a day is given
