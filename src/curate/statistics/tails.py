"""Tail probabilities of the normal, t, chi-square and F distributions, to about twelve digits."""

from math import erfc, exp, inf, isfinite, lgamma, log, sqrt

_STEPS = 10_000
_SMALL = 1e-16
_TINY = 1e-300


def normal(z: float) -> float:
    """Return how probable a value above z is."""
    return erfc(z / sqrt(2)) / 2


def student(t: float, df: float) -> float:
    """Return how probable a value above t is, with `df` degrees of freedom."""
    if not isfinite(t):
        return 0.0 if t > 0 else 1.0
    tail = _beta(df / 2, 0.5, df / (df + t * t), t * t / (df + t * t)) / 2
    return tail if t >= 0 else 1 - tail


def fisher(f: float, df: float, df2: float) -> float:
    """Return how probable a value above f is, with `df` and `df2` degrees of freedom."""
    if f <= 0:
        return 1.0
    return _beta(df2 / 2, df / 2, df2 / (df2 + df * f), df * f / (df2 + df * f))


def chi_square(x: float, df: float) -> float:
    """Return how probable a value above x is, with `df` degrees of freedom."""
    a, half = df / 2, x / 2
    if half <= 0:
        return 1.0
    front = exp(a * log(half) - half - lgamma(a))
    if half < a + 1:
        term = total = 1 / a
        step = a
        while abs(term) > abs(total) * _SMALL:
            step += 1
            term *= half / step
            total += term
        return 1 - front * total
    b = half + 1 - a
    c, d = inf, 1 / b
    fraction = d
    for step in range(1, _STEPS):
        coefficient = -step * (step - a)
        b += 2
        d = 1 / _away_from_zero(coefficient * d + b)
        c = _away_from_zero(b + coefficient / c)
        fraction *= c * d
        if abs(c * d - 1) < _SMALL:
            break
    return front * fraction


def _beta(a: float, b: float, x: float, rest: float) -> float:
    """Return the regularised incomplete beta function, by its continued fraction.

    `rest` is 1 - x, which the caller knows without loss of digits.
    """
    if x <= 0 or rest <= 0:
        return float(rest <= 0)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(rest))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, rest) / b


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    found = d
    for step in range(1, _STEPS):
        two = 2 * step
        for coefficient in (
            step * (b - step) * x / ((a + two - 1) * (a + two)),
            -(a + step) * (a + b + step) * x / ((a + two) * (a + two + 1)),
        ):
            d = 1 / _away_from_zero(1 + coefficient * d)
            c = _away_from_zero(1 + coefficient / c)
            found *= c * d
        if abs(c * d - 1) < _SMALL:
            break
    return found


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
