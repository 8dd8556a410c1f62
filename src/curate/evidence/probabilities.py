"""The p-values that what is recorded of a test allows."""

from decimal import Decimal
from functools import lru_cache
from math import log
from typing import Protocol

from curate.parts.interval import Effect, Interval
from curate.parts.significance_test import SignificanceTest
from curate.rounding import Band, printed, printed_ends
from curate.statistics import p_values
from curate.statistics.intervals import deviate
from curate.statistics.p_values import Ends

RATIOS = frozenset({"risk-ratio", "odds-ratio", "hazard-ratio"})
SYMMETRIC = frozenset({"wald", "normal", "t", "z", "student", "log", "woolf", "katz", "cox"})
"""Words for methods whose interval lies evenly about its estimate (of a ratio: its logarithm)."""


def is_symmetric(ci: Interval) -> bool:
    """Tell whether the recorded method gives an interval that is even about its estimate."""
    return ci.method is not None and _is_symmetric(ci.method)


@lru_cache(maxsize=256)
def _is_symmetric(method: str) -> bool:
    words = method.lower().replace("-", " ").replace("'s", "").split()
    return bool(SYMMETRIC & set(words)) and not {"profile", "modified", "adjusted"} & set(words)


def of_test(test: SignificanceTest) -> Ends | None:
    """Return the p-values that a test statistic can have, or None where too little is recorded.

    A corrected p-value is no longer that of its statistic.
    """
    if test.statistic is None or test.corrected:
        return None
    if test.name == "z" and test.sides is not None:
        return p_values.of_normal(*printed_ends(test.statistic), sides=_SIDES[test.sides])
    statistic = printed(test.statistic)
    if test.name in {"chi-square", "f"}:
        return _of_squares(test, statistic)
    if test.sides is None or test.df is None or test.df <= 0:
        return None
    make = _WITH_DEGREES.get(test.name)
    return None if make is None else _over_degrees(test.df, make, statistic, _SIDES[test.sides])


_SIDES = {"one": 1, "two": 2}


class _Make(Protocol):
    def __call__(self, statistic: Band, df: float, *, sides: int) -> Ends: ...


_WITH_DEGREES: dict[str, _Make] = {
    "t": p_values.of_student,
    "paired-t": p_values.of_student,
    "correlation": p_values.of_correlation,
}


def _over_degrees(df: int | Decimal, make: _Make, statistic: Band, sides: int) -> Ends:
    """Return all p-values: degrees of freedom that Welch's formula gives are rounded as well.

    Many print them as a whole number, so 28 can be anything between 27.5 and 29.
    """
    degrees = [float(end) for end in printed(df)[:2] if end > 0]
    both = [make(statistic, end, sides=sides) for end in degrees]
    return Ends(min(ends.low for ends in both), max(ends.high for ends in both))


def _of_squares(test: SignificanceTest, statistic: Band) -> Ends | None:
    """Return the p-values of a statistic that has no sign."""
    if test.df is None or test.df <= 0:
        return None
    if test.name == "chi-square":
        return p_values.of_chi_square(statistic, float(test.df))
    if test.df2 is None or test.df2 <= 0:
        return None
    return p_values.of_fisher(statistic, float(test.df), float(test.df2))


def of_interval(effect: Effect) -> Ends | None:
    """Return the p-values that an effect's Wald interval allows, by its z statistic."""
    ci = effect.ci
    if ci is None or not is_symmetric(ci) or ci.low >= ci.high:
        return None
    near, far = printed_ends(ci.low), printed_ends(ci.high)
    middle = printed_ends(effect.value)
    if effect.type in RATIOS:
        if min(near[0], middle[0]) <= 0:
            return None
        near, middle, far = ((log(low), log(high)) for low, high in (near, middle, far))
    narrowest, widest = far[0] - near[1], far[1] - near[0]
    if narrowest <= 0:
        return None
    twice = 2 * deviate(ci.level)
    ends = [twice * end / width for end in middle for width in (narrowest, widest)]
    return p_values.of_normal(min(ends), max(ends), sides=2)
