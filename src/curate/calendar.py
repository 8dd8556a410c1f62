"""Dates that are known as far as the year or the month, as the days that they can mean."""

from calendar import monthrange
from datetime import date


def days_between(start: str, end: str) -> int:
    """Return the most days from one date to another: from its first day to the other's last."""
    return (_last(end) - _first(start)).days


def _first(text: str) -> date:
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _last(text: str) -> date:
    given = [int(step) for step in text.split("-")]
    year = given[0]
    month = given[1] if len(given) > 1 else 12
    return date(year, month, given[2] if len(given) > 2 else monthrange(year, month)[1])  # noqa: PLR2004 - a day is given
