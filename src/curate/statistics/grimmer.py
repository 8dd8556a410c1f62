"""GRIMMER: which standard deviations whole numbers can have beside their mean.

Of `n` whole numbers with total S and sum of squares Q, the variance is (Q - S²/n) / (n - 1). Q is
whole, odd where S is odd, and no less than where the numbers are as equal as S allows.
"""

from fractions import Fraction

from curate.rounding import Band
from curate.statistics.grim import totals
from curate.statistics.squares import of_bounded, of_whole

MANY = 64
"""More totals than this fit a coarse mean; nothing is then worth excluding."""


def possible(mean: Band, sd: Band, n: int, top: int | None = None, *, signed: bool = True) -> bool:
    """Tell whether some `n` whole numbers have this mean and this sample SD.

    They lie between 0 and `top` where that is given, from 0 up where they are not `signed`. Exact
    for few numbers and short scales; for others, what cannot be told apart is possible.
    """
    return _possible(mean, (sd.squared(), n - 1), n, top, signed=signed)


def possible_in_population(
    mean: Band, sd: Band, n: int, top: int | None = None, *, signed: bool = True
) -> bool:
    """Tell the same of an SD that was divided by `n`, which is unusual."""
    return _possible(mean, (sd.squared(), n), n, top, signed=signed)


def _possible(
    mean: Band, spread: tuple[Band, int], n: int, top: int | None, *, signed: bool
) -> bool:
    """Tell it of a band of sums of squared distances from the mean: of variances, and how often."""
    variance, times = spread
    candidates = totals(mean, n)
    if len(candidates) > MANY:
        return True
    for total in candidates:
        squares = variance.multiples(times, Fraction(total * total, n))
        if not squares:
            continue
        if top is None and signed:
            if of_whole(n, total, squares):
                return True
        elif total >= 0 and of_bounded(n, total, squares, total if top is None else top):
            return True
    return False
