"""The least and the greatest mean that a minimum, a median and a maximum leave room for."""

from fractions import Fraction


def least_mean(low: Fraction, median: Fraction | None, high: Fraction, n: int | None) -> Fraction:
    """Return the least mean of `n` values, or of any number of them, that reach both ends."""
    if n is None or n < _FEWEST:
        return (low + median) / 2 if n is None and median is not None else low
    if median is None:
        return ((n - 1) * low + high) / n
    # As many as can be are at the minimum, the rest at the median but for one at the maximum.
    half, odd = divmod(n, 2)
    return ((half - 1 + odd) * low + half * median + high) / n


def greatest_mean(
    low: Fraction, median: Fraction | None, high: Fraction, n: int | None
) -> Fraction:
    """Return the greatest mean of the same: what is least, seen from the other end."""
    return -least_mean(-high, None if median is None else -median, -low, n)


_FEWEST = 3
"""One or two values are their own ends, and what they have is said by other rules."""
