"""Times such as `12 mo` as days, exactly: UCUM's mean month and Julian year."""

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


@lru_cache
def in_days(text: str) -> Fraction | None:
    """Return a time in days, or None for what is no time (`study`, `baseline`)."""
    number, _, unit = text.partition(" ")
    return Fraction(number) * days_in(unit) if unit else None


def days_in(unit: str) -> Fraction:
    """Return how many days one unit of time has."""
    return _DAYS[unit]
