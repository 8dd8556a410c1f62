"""Confidence intervals of a proportion, and what a printed bound tells of them."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import comb, exp, lgamma, log, log1p
from statistics import NormalDist

from curate.rounding import Band

_SLACK = Fraction(1, 10**9)


@lru_cache(maxsize=64)
def deviate(level: Decimal | int) -> float:
    """Return z for a confidence level in per cent: 1.96 for 95."""
    return NormalDist().inv_cdf(float((1 + Fraction(level) / 100) / 2))


def upper_bound_of_none(n: int) -> float:
    """Return how large a share 0 of `n` leaves possible, with 95 % confidence one-sided."""
    return float(1 - 0.05 ** (1 / n))


def wilson(count: int, n: int, level: Decimal | int) -> tuple[float, float]:
    """Return Wilson's score interval of `count` of `n`."""
    z = deviate(level)
    share, square = count / n, z * z / n
    half = z * ((share * (1 - share) + square / 4) / n) ** 0.5
    middle = share + square / 2
    return (middle - half) / (1 + square), (middle + half) / (1 + square)


def is_wilson(count: int, n: int, level: Decimal | int, low: Band, high: Band) -> bool:
    """Tell whether printed bounds, as shares, are those of Wilson's interval."""
    first, last = wilson(count, n, level)
    return _near(low, first) and _near(high, last)


def is_clopper_pearson(count: int, n: int, level: Decimal | int, low: Band, high: Band) -> bool:
    """Tell whether printed bounds, as shares, are those of Clopper and Pearson's interval.

    Exact: the tail grows with the share, so its values at a bound's ends tell.
    """
    tail = (1 - Fraction(level) / 100) / 2
    lower = low.holds(Fraction(0)) if count == 0 else _crosses(low, count, n, tail)
    upper = (
        high.holds(Fraction(1)) if count == n else _crosses(high.times(1), count + 1, n, 1 - tail)
    )
    return lower and upper


def clopper_pearson(count: int, n: int, level: Decimal | int) -> tuple[float, float]:
    """Return Clopper and Pearson's interval of `count` of `n`, near enough to be shown."""
    tail = (1 - float(level) / 100) / 2
    low = 0.0 if count == 0 else _share_with(count, n, tail)
    high = 1.0 if count == n else _share_with(count + 1, n, 1 - tail)
    return low, high


_HALVINGS = 40


def _share_with(least: int, n: int, probability: float) -> float:
    """Return the share at which `least` or more of `n` have this probability, by halving."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        terms = (
            exp(
                lgamma(n + 1)
                - lgamma(k + 1)
                - lgamma(n - k + 1)
                + k * log(middle)
                + (n - k) * log1p(-middle)
            )
            for k in range(least, n + 1)
        )
        low, high = (middle, high) if sum(terms) < probability else (low, middle)
    return (low + high) / 2


def _near(band: Band, value: float) -> bool:
    return band.low - _SLACK <= Fraction(value) <= band.high + _SLACK


def _crosses(band: Band, least: int, n: int, probability: Fraction) -> bool:
    """Tell whether `least` or more of `n` have this probability at some share in the band."""
    return (
        _at_least(least, n, max(band.low, Fraction(0)))
        <= probability
        <= _at_least(least, n, min(band.high, Fraction(1)))
    )


def _at_least(least: int, n: int, share: Fraction) -> Fraction:
    """Return how probable `least` or more of `n` are, exactly."""
    over, under = share.numerator, share.denominator
    rest = under - over
    terms = (comb(n, k) * over**k * rest ** (n - k) for k in range(least, n + 1))
    return Fraction(sum(terms), under**n)
