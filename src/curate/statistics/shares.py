"""Which counts and denominators a printed percentage can come from, by any way of rounding."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from curate.rounding import last_place, lowest

Number = int | Decimal


def counts(percent: Number, n: int) -> range:
    """Return the counts of `n` that are printed as this percentage."""
    low, high = _ends(percent)
    last = ceil(high * n / 100) - 1  # the next number up is out of reach of cutting off
    return range(max(ceil(low * n / 100), 0), min(last, n) + 1)


def denominators(percent: Number, count: int) -> range:
    """Return the numbers of which this count is printed as this percentage, if it is above 0."""
    low, high = _ends(percent)
    first = max(floor(100 * count / high) + 1, count)
    return range(first, floor(100 * count / low) + 1 if low > 0 else first)


def _ends(percent: Number) -> tuple[Fraction, Fraction]:
    """Return the half below, which is rounded up, and the next number, short of which it is cut."""
    return lowest(percent), Fraction(percent) + last_place(percent)
