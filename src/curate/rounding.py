"""What a printed number can stand for: 16.4 is any value from 16.35 to 16.45.

The closed interval covers rounding half up, half down and half to even. Exact arithmetic: the
printed text decides the precision, so that 4.30 stands for less than 4.3.
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple


def last_place(number: int | Decimal) -> Fraction:
    """Return one unit of the last printed digit: 1 for 16, a hundredth for 4.30."""
    if isinstance(number, int):
        return Fraction(1)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - a record's number is finite
    return Fraction(1, 10**-exponent)


def unit(number: int | Decimal) -> int | Decimal:
    """Return the same as a number of the kind that was printed, which compares quickly."""
    if isinstance(number, int):
        return 1
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - a record's number is finite
    return Decimal((0, (1,), exponent))


def lowest(number: int | Decimal) -> Fraction:
    """Return the least value that is printed as this number."""
    return Fraction(number) - last_place(number) / 2


def highest(number: int | Decimal) -> Fraction:
    """Return the greatest value that is printed as this number."""
    return Fraction(number) + last_place(number) / 2


def surely_above(one: int | Decimal, other: int | Decimal) -> bool:
    """Tell whether a printed number is above another however both were rounded."""
    return one > other and lowest(one) >= highest(other)


class Band(NamedTuple):
    """The values that a printed number can stand for; an end that is open is not among them."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    def holds(self, value: Fraction) -> bool:
        """Tell whether a value is among them."""
        above = value > self.low if self.low_open else value >= self.low
        below = value < self.high if self.high_open else value <= self.high
        return above and below

    def multiples(self, factor: int, more: tuple[int, int] = (0, 1)) -> range:
        """Return the whole numbers among a multiple of the values, to which a ratio is added.

        In whole numbers throughout: fractions would be shortened at each step.
        """
        ends = *self.low.as_integer_ratio(), *self.high.as_integer_ratio()
        return _whole(ends, factor, more, (self.low_open, self.high_open))

    def squares(self, factor: int, more: tuple[int, int]) -> range:
        """Return the same of the squares of what is not negative among the values."""
        low, low_under = self.low.as_integer_ratio()
        high, high_under = self.high.as_integer_ratio()
        ends = max(low, 0) ** 2, low_under**2, high**2, high_under**2
        return _whole(ends, factor, more, (self.low_open and low >= 0, self.high_open))

    def times(self, factor: Fraction | int) -> "Band":
        """Return the values times a positive factor."""
        return self._replace(low=self.low * factor, high=self.high * factor)

    def plus(self, term: Fraction | int) -> "Band":
        """Return the values plus a term."""
        return self._replace(low=self.low + term, high=self.high + term)

    def squared(self) -> "Band":
        """Return the squares of what is not negative among the values."""
        if self.low < 0:
            return Band(Fraction(0), self.high**2, high_open=self.high_open)
        return self._replace(low=self.low**2, high=self.high**2)

    def meets(self, other: "Band") -> bool:
        """Tell whether some value is in both."""
        return _begins(self, other) and _begins(other, self)


def _whole(
    ends: tuple[int, int, int, int],
    factor: int,
    more: tuple[int, int],
    is_open: tuple[bool, bool],
) -> range:
    low, low_under, high, high_under = ends
    top, bottom = more
    over, under = low * factor * bottom + top * low_under, low_under * bottom
    first = -(-over // under)
    if is_open[0] and first * under == over:
        first += 1
    over, under = high * factor * bottom + top * high_under, high_under * bottom
    last = over // under
    if is_open[1] and last * under == over:
        last -= 1
    return range(first, last + 1)


def _begins(one: Band, other: Band) -> bool:
    """Tell whether one begins before the other is over."""
    open_ = one.low_open or other.high_open
    return one.low < other.high if open_ else one.low <= other.high


def rounded(number: int | Decimal) -> Band:
    """Return what is rounded to a number, half up, half down or half to even."""
    return _rounded(str(number))


def printed(number: int | Decimal) -> Band:
    """Return what is printed as a number by any convention: rounded, or cut off."""
    return _printed(str(number))


def printed_ends(number: int | Decimal) -> tuple[float, float]:
    """Return the ends of what is printed as a number, where exact ones are not needed."""
    return _printed_ends(str(number))


def _written(text: str) -> tuple[int, int]:
    """Return a number's digits and its decimals: 430 and 2 for 4.30, which is equal to 4.3."""
    sign, digits, exponent = Decimal(text).as_tuple()
    assert isinstance(exponent, int)  # noqa: S101 - a record's number is finite
    value = int("".join(map(str, digits)))
    return -value if sign else value, -exponent


@lru_cache(maxsize=4096)
def _rounded(text: str) -> Band:
    digits, decimals = _written(text)
    twice = 2 * Fraction(10) ** decimals
    return Band((2 * digits - 1) / twice, (2 * digits + 1) / twice)


@lru_cache(maxsize=4096)
def _printed(text: str) -> Band:
    digits, decimals = _written(text)
    twice = 2 * Fraction(10) ** decimals
    # To cut off is to go towards nought, so the wide side lies away from it.
    below, above = (1 if digits > 0 else 2), (1 if digits < 0 else 2)
    return Band(
        (2 * digits - below) / twice,
        (2 * digits + above) / twice,
        low_open=digits <= 0,
        high_open=digits >= 0,
    )


@lru_cache(maxsize=4096)
def _printed_ends(text: str) -> tuple[float, float]:
    band = _printed(text)
    return float(band.low), float(band.high)
