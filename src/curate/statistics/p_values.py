"""The p-values that a test statistic can have, and what a printed p-value stands for."""

from collections.abc import Callable
from decimal import Decimal
from math import inf, sqrt
from typing import NamedTuple

from curate.rounding import Band, printed_ends
from curate.statistics import tails

_SLACK = 1e-9
Tail = Callable[[float], float]


class Ends(NamedTuple):
    """Two probabilities, in order."""

    low: float
    high: float

    def meets(self, other: "Ends") -> bool:
        """Tell whether some probability is between both pairs."""
        return self.low <= other.high + _SLACK and other.low <= self.high + _SLACK


def of_p(p: int | Decimal | str) -> Ends:
    """Return what a printed p-value can be; `<0.001` is all below, 0.00 all that rounds to it."""
    if not isinstance(p, str):
        low, high = printed_ends(p)
        return Ends(max(low, 0.0), min(high, 1.0))
    bound = float(p.lstrip("<=>"))
    return Ends(0.0, bound) if p.startswith("<") else Ends(bound, 1.0)


def of_normal(low: float, high: float, *, sides: int) -> Ends:
    """Return the p-values of a z statistic; with one side, of either direction."""
    return _of_range(low, high, tails.normal, sides)


def of_student(statistic: Band, df: float, *, sides: int) -> Ends:
    """Return the p-values of a t statistic; with one side, of either direction."""
    return _of(statistic, lambda t: tails.student(t, df), sides)


def of_correlation(statistic: Band, df: float, *, sides: int) -> Ends:
    """Return the p-values of a correlation; `df` is the number of pairs less 2."""
    low, high = (_t_of(max(-1.0, min(1.0, float(end))), df) for end in statistic[:2])
    return _of_range(low, high, lambda t: tails.student(t, df), sides)


def of_chi_square(statistic: Band, df: float) -> Ends:
    """Return the p-values of a chi-square statistic."""
    return Ends(
        tails.chi_square(float(statistic.high), df), tails.chi_square(float(statistic.low), df)
    )


def of_fisher(statistic: Band, df: float, df2: float) -> Ends:
    """Return the p-values of an F statistic."""
    return Ends(
        tails.fisher(float(statistic.high), df, df2), tails.fisher(float(statistic.low), df, df2)
    )


def _t_of(correlation: float, df: float) -> float:
    rest = 1 - correlation * correlation
    return correlation * sqrt(df / rest) if rest > 0 else inf * correlation


def _of(statistic: Band, tail: Tail, sides: int) -> Ends:
    return _of_range(float(statistic.low), float(statistic.high), tail, sides)


def _of_range(low: float, high: float, tail: Tail, sides: int) -> Ends:
    nearest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    farthest = max(abs(low), abs(high))
    if sides == 1:  # the direction that was tested is not recorded
        return Ends(tail(farthest), 1 - tail(farthest))
    return Ends(2 * tail(farthest), 2 * tail(nearest))
