"""GRIM: a mean of whole numbers is a whole total divided by how many there are."""

from fractions import Fraction
from math import ceil, floor

from curate.rounding import Band


def totals(mean: Band, n: int) -> range:
    """Return the whole totals of `n` values whose mean is in the band."""
    return mean.multiples(n)


def neighbours(mean: Fraction, n: int) -> tuple[Fraction, Fraction]:
    """Return the two means nearest to one that no whole total gives."""
    return Fraction(floor(mean * n), n), Fraction(ceil(mean * n), n)
