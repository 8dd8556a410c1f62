"""GRIMMER: which standard deviations whole numbers can have beside their mean.

Of `n` whole numbers with total S and sum of squares Q, the variance is (Q - S²/n) / (n - 1). Q is
whole, odd where S is odd, and no less than where the numbers are as equal as S allows.
"""

from fractions import Fraction
from math import ceil, floor

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
    return _possible(mean, (sd, n - 1), n, top, signed=signed)


def possible_in_population(
    mean: Band, sd: Band, n: int, top: int | None = None, *, signed: bool = True
) -> bool:
    """Tell the same of an SD that was divided by `n`, which is unusual."""
    return _possible(mean, (sd, n), n, top, signed=signed)


def nearest(
    mean: Band, sd: Band, n: int, top: int | None = None, *, signed: bool = True
) -> tuple[Fraction | None, Fraction | None]:
    """Return the nearest sample variances below and above that whole numbers of this mean have."""
    spread = sd.squared().times(n - 1)
    below: list[Fraction] = []
    above: list[Fraction] = []
    for total in totals(mean, n)[:MANY]:
        shift = Fraction(total * total, n)
        down = range(ceil(spread.low + shift) - 1, ceil(spread.low + shift) - _REACH, -1)
        up = range(floor(spread.high + shift) + 1, floor(spread.high + shift) + _REACH)
        for squares, found in ((down, below), (up, above)):
            hits = (one for one in squares if _occurs(n, total, one, top, signed=signed))
            found += [(one - shift) / (n - 1) for one in [next(hits, None)] if one is not None]
    return max(below, default=None), min(above, default=None)


_REACH = 60
"""Further off, a standard deviation helps nobody to find the one that was meant."""


def _occurs(n: int, total: int, squares: int, top: int | None, *, signed: bool) -> bool:
    one = range(squares, squares + 1)
    if top is None and signed:
        return of_whole(n, total, one)
    return total >= 0 and of_bounded(n, total, one, total if top is None else top)


def _possible(
    mean: Band, spread: tuple[Band, int], n: int, top: int | None, *, signed: bool
) -> bool:
    """Tell it of a band of SDs, and of how often their squares are the squared distances."""
    sd, times = spread
    candidates = totals(mean, n)
    if len(candidates) > MANY:
        return True
    for total in candidates:
        squares = sd.squares(times, (total * total, n))
        if not squares:
            continue
        if top is None and signed:
            if of_whole(n, total, squares):
                return True
        elif total >= 0 and of_bounded(n, total, squares, total if top is None else top):
            return True
    return False
