"""DEBIT: of values that are 0 or 1, the mean decides the standard deviation."""

from fractions import Fraction

from curate.rounding import Band
from curate.statistics.grim import totals


def possible(mean: Band, sd: Band, n: int) -> bool:
    """Tell whether some share of `n` has this mean and this sample SD."""
    return _possible(mean, sd, n, n - 1)


def possible_in_population(mean: Band, sd: Band, n: int) -> bool:
    """Tell the same of an SD that was divided by `n`, which is unusual."""
    return _possible(mean, sd, n, n)


def variance(count: int, n: int) -> Fraction:
    """Return the sample variance of `count` ones among `n` values."""
    return Fraction(count * (n - count), n * (n - 1))


def _possible(mean: Band, sd: Band, n: int, divisor: int) -> bool:
    # k(n - k)/(n·divisor) grows up to the half and falls from there, so its ends need no loop.
    counts = totals(mean, n)
    counts = range(max(counts.start, 0), min(counts.stop, n + 1))
    squares = sd.squared()
    return any(squares.holds(Fraction(count * (n - count), n * divisor)) for count in counts)
