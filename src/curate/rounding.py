"""What a printed number can stand for: 16.4 is any value from 16.35 to 16.45.

The closed interval covers rounding half up, half down and half to even. Exact arithmetic: the
printed text decides the precision, so that 4.30 stands for less than 4.3.
"""

from decimal import Decimal
from fractions import Fraction


def last_place(number: int | Decimal) -> Fraction:
    """Return one unit of the last printed digit: 1 for 16, a hundredth for 4.30."""
    if isinstance(number, int):
        return Fraction(1)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - a record's number is finite
    return Fraction(1, 10**-exponent)


def lowest(number: int | Decimal) -> Fraction:
    """Return the least value that is printed as this number."""
    return Fraction(number) - last_place(number) / 2


def highest(number: int | Decimal) -> Fraction:
    """Return the greatest value that is printed as this number."""
    return Fraction(number) + last_place(number) / 2


def surely_above(one: int | Decimal, other: int | Decimal) -> bool:
    """Tell whether a printed number is above another however both were rounded."""
    return one > other and lowest(one) >= highest(other)
