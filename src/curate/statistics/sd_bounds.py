"""The largest and the smallest variance that values within a range can have.

Largest where all but one lie at the ends of the range (Bhatia and Davis, sharpened to whole
counts); smallest where one lies at each end and the others together (Nagy).
"""

from fractions import Fraction
from math import ceil, floor

from curate.rounding import Band


def largest_variance(mean: Band, n: int | None, low: Fraction, high: Fraction) -> Fraction | None:
    """Return the largest sample variance, or None where the mean is outside the range.

    Without `n` it is that of two values, which is the largest of all.
    """
    width = high - low
    first, last = max(mean.low, low), min(mean.high, high)
    if first > last or width <= 0:
        return None
    if n is None:
        middle = min(max((low + high) / 2, first), last)
        return 2 * (high - middle) * (middle - low)
    # In units of the width, with the sum t of the values above the lower end.
    start, stop = n * (first - low) / width, n * (last - low) / width
    half = Fraction(n, 2)
    near = (floor(half), ceil(half), ceil(start), floor(stop))
    whole = [Fraction(total) for total in near if start <= total <= stop]
    return max(_spread(total, n) for total in (start, stop, *whole)) * width**2 / (n - 1)


def smallest_variance(mean: Band, n: int, low: Fraction, high: Fraction) -> Fraction | None:
    """Return the smallest sample variance of at least two values that reach both ends.

    None means that no such values have this mean.
    """
    first = max(mean.low, ((n - 1) * low + high) / n)
    last = min(mean.high, (low + (n - 1) * high) / n)
    if first > last:
        return None
    middle = min(max((low + high) / 2, first), last)
    ends = (low - middle) ** 2 + (high - middle) ** 2
    if n > 2:  # noqa: PLR2004 - two are the ends
        other = (n * middle - low - high) / (n - 2)
        ends += (n - 2) * (other - middle) ** 2
    return ends / (n - 1)


def _spread(total: Fraction, n: int) -> Fraction:
    """Return the sum of squared distances where as many as possible are 0 or 1."""
    full = floor(total)
    return full + (total - full) ** 2 - total * total / n
