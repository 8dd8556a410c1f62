"""The mean and variance of groups taken together, as far as printed figures fix them."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from curate.rounding import Band


class Sample(NamedTuple):
    """A group: how many, their mean, and their sample SD where it is printed."""

    n: int
    mean: Band
    sd: Band | None = None


def mean(samples: Sequence[Sample]) -> Band:
    """Return the means that the groups can have together."""
    n = sum(sample.n for sample in samples)
    return Band(
        Fraction(sum(sample.n * sample.mean.low for sample in samples), n),
        Fraction(sum(sample.n * sample.mean.high for sample in samples), n),
    )


def variance(samples: Sequence[Sample]) -> Band | None:
    """Return a band that holds every variance that the groups can have together."""
    n = sum(sample.n for sample in samples)
    low = high = Fraction(0)
    for sample in samples:
        if sample.sd is None:
            return None
        squares = sample.sd.squared()
        low += (sample.n - 1) * squares.low
        high += (sample.n - 1) * squares.high
    # Between groups: the sum over pairs of n·m·(difference)² / total.
    for place, one in enumerate(samples):
        for other in samples[:place]:
            least = max(one.mean.low - other.mean.high, other.mean.low - one.mean.high, Fraction(0))
            greatest = max(one.mean.high - other.mean.low, other.mean.high - one.mean.low)
            weight = Fraction(one.n * other.n, n)
            low += weight * least**2
            high += weight * greatest**2
    return Band(low / (n - 1), high / (n - 1))
