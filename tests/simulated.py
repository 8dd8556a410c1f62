"""True data, simulated and printed as papers print them: rounded in three ways, or cut off."""

import random
from collections.abc import Callable, Iterator
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import exp, lcm, sqrt
from typing import Any

from scipy import stats
from scipy.special import betaincinv

WAYS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN, ROUND_DOWN)
_EXACT = Context(prec=50)
Figures = dict[str, Any]
Chance = random.Random


def written(value: Decimal, places: int, way: str) -> int | Decimal:
    """Print a number with so many decimals."""
    found = value.quantize(Decimal(1).scaleb(-places), rounding=way)
    return int(found) if places == 0 else found


def _decimal(value: Fraction) -> Decimal:
    return _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _moments(values: list[Fraction]) -> tuple[Fraction, Fraction]:
    """Return the mean, and the sum of the squared distances from it, both exact."""
    n, unit = len(values), lcm(*(value.denominator for value in values))
    whole = [value.numerator * (unit // value.denominator) for value in values]
    total, squares = sum(whole), sum(value * value for value in whole)
    return Fraction(total, n * unit), Fraction(n * squares - total * total, n * unit * unit)


def _describe(values: list[Fraction], chance: Chance, places: int, way: str) -> Figures:
    """Print all that describes some values; the SD is of a sample or, seldom, of all."""
    n = len(values)
    mean, spread = _moments(values)
    ordered = sorted(values)
    sd = _EXACT.sqrt(_decimal(spread / (n - 1)))
    median = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    figures = {
        "mean": _decimal(mean),
        "sd": sd if chance.random() < 0.9 else _EXACT.sqrt(_decimal(spread / n)),
        "median": _decimal(median),
        "min": _decimal(ordered[0]),
        "max": _decimal(ordered[-1]),
    }
    found: Figures = {name: written(value, places, way) for name, value in figures.items()}
    if chance.random() < 0.5:  # else the range hides what the scale alone allows
        del found["min"], found["max"]
    if chance.random() < 0.5:
        found["sd"] = written(sd, places, way)
        found["se"] = written(sd / _EXACT.sqrt(Decimal(n)), places, way)
    return {"analysed": n, **found}


def scores(chance: Chance, places: int, way: str) -> Figures:
    """Give scores from 1 to 5 of a few people."""
    weights = [chance.random() for _ in range(5)]
    values = [Fraction(v) for v in chance.choices(range(1, 6), weights, k=chance.randint(2, 40))]
    return {"measure": "score", "quantity": "value", **_describe(values, chance, places, way)}


def points(chance: Chance, places: int, way: str) -> Figures:
    """Give changes on a long scale of half points."""
    values = [Fraction(chance.randint(-40, 40), 2) for _ in range(chance.randint(2, 60))]
    return {"measure": "halves", "quantity": "change", **_describe(values, chance, places, way)}


def attacks(chance: Chance, places: int, way: str) -> Figures:
    """Count attacks a week."""
    rate = chance.random()
    values = [Fraction(int(chance.expovariate(rate / 4))) for _ in range(chance.randint(2, 40))]
    described = _describe(values, chance, places, way)
    return {"values": "whole-numbers", "unit": "{attacks}", **described}


def answers(chance: Chance, places: int, way: str) -> Figures:
    """Give shares of yes."""
    share = chance.random()
    values = [Fraction(chance.random() < share) for _ in range(chance.randint(2, 80))]
    return {"values": "yes-no", "unit": "1", **_describe(values, chance, places, way)}


def lengths(chance: Chance, places: int, way: str) -> Figures:
    """Give values of any size within a range that is printed."""
    spread = chance.choice([1, 100, 1000])
    values = [Fraction(chance.randint(0, 1000 * spread), 1000) for _ in range(chance.randint(2, 9))]
    return {"values": "continuous", "unit": "cm", **_describe(values, chance, places, way)}


def differences(chance: Chance, places: int, way: str) -> Figures:
    """Give differences and ratios with their Wald interval and p-value."""
    value, error = chance.gauss(0, 2), chance.uniform(0.05, 2)
    ratio = chance.random() < 0.5
    level = chance.choice([90, 95, 99])
    z = float(stats.norm.isf((100 - level) / 200))
    ends = (value - z * error, value, value + z * error)
    low, middle, high = (exp(end) if ratio else end for end in ends)
    p = 2 * float(stats.norm.sf(abs(value / error)))
    return {
        "effect": {
            "type": chance.choice(["odds-ratio", "hazard-ratio"] if ratio else ["mean-difference"]),
            "value": written(Decimal(middle), places, way),
            "against": "other",
            "ci": {
                "level": level,
                "low": written(Decimal(low), places, way),
                "high": written(Decimal(high), places, way),
                "method": "Wald",
            },
            "p": written(Decimal(p), places + 1, way),
            "test": {"name": "z", "sides": "two", "statistic": _text(value / error, places, way)},
        }
    }


def statistics(chance: Chance, places: int, way: str) -> Figures:
    """Give test statistics with their p-values."""
    name = chance.choice(["t", "z", "f", "chi-square", "correlation"])
    df, df2 = chance.randint(1, 60), chance.randint(1, 60)
    if name == "correlation":
        r = chance.uniform(-0.99, 0.99)
        value, p = r, 2 * float(stats.t.sf(abs(r) * sqrt(df / (1 - r * r)), df))
    elif name == "t":
        value = chance.gauss(0, 2)
        p = 2 * float(stats.t.sf(abs(value), df))
    elif name == "z":
        value = chance.gauss(0, 2)
        p = 2 * float(stats.norm.sf(abs(value)))
    elif name == "f":
        value = chance.expovariate(0.5)
        p = float(stats.f.sf(value, df, df2))
    else:
        value = chance.expovariate(1 / df)
        p = float(stats.chi2.sf(value, df))
    sides = "two"
    if name in {"t", "z", "correlation"} and chance.random() < 0.3:
        sides = "one"
        p = p / 2 if chance.random() < 0.8 else 1 - p / 2
    test = {"name": name, "statistic": _text(value, places, way), "df": df, "df2": df2}
    return {"p": written(Decimal(p), places + 1, way), "test": {**test, "sides": sides}}


def shares(chance: Chance, places: int, way: str) -> Figures:
    """Give percentages with Wilson's interval, or that of Clopper and Pearson."""
    n = chance.randint(1, 60)
    count = chance.randint(0, n)
    level = chance.choice([90, 95, 99])
    method = chance.choice(["wilson", "exact"])
    low, high = (_wilson if method == "wilson" else _exact)(count, n, (100 - level) / 200)
    return {
        "analysed": n,
        "count": count,
        "percent": written(_decimal(Fraction(100 * count, n)), places, way),
        "ci": {
            "level": level,
            "low": written(Decimal(low) * 100, places, way),
            "high": written(Decimal(high) * 100, places, way),
            "method": "Wilson" if method == "wilson" else "Clopper-Pearson",
        },
    }


def _wilson(count: int, n: int, tail: float) -> tuple[float, float]:
    """Return the shares whose distance from the one found is so many of their standard errors."""
    square = float(stats.norm.isf(tail)) ** 2
    middle, reach = count + square / 2, sqrt(square * (count * (n - count) / n + square / 4))
    low, high = (middle - reach) / (n + square), (middle + reach) / (n + square)
    return low if count else 0.0, high if count < n else 1.0


def _exact(count: int, n: int, tail: float) -> tuple[float, float]:
    """Return the quantiles of the beta distributions that Clopper and Pearson's ends are."""
    low = float(betaincinv(count, n - count + 1, tail)) if count else 0.0
    return low, float(betaincinv(count + 1, n - count, 1 - tail)) if count < n else 1.0


def _text(value: float, places: int, way: str) -> int | Decimal:
    return written(Decimal(value), places, way)


def paired(chance: Chance, places: int, way: str) -> tuple[Figures, Figures]:
    """Give a score before and after, with the p-value of the paired test."""
    n = chance.randint(3, 20)
    shift, noise = chance.randint(-3, 3), chance.choice([1, 4])
    before = [Fraction(chance.randint(0, 40), 4) for _ in range(n)]
    after = [value + shift + Fraction(chance.randint(-noise, noise), 4) for value in before]
    changes = [float(late - early) for early, late in zip(before, after, strict=True)]
    mean = sum(changes) / n
    spread = sqrt(sum((change - mean) ** 2 for change in changes) / (n - 1))
    p = 2 * float(stats.t.sf(abs(mean) * sqrt(n) / spread, n - 1)) if spread else 0.0
    change = _moments(after)[0] - _moments(before)[0]
    same = {"measure": "line", "quantity": "value", "analysed": n}
    return (
        {**same, "follow_up": "baseline", "sd": _sd(before, places, way)},
        {
            **same,
            "follow_up": "1 mo",
            "sd": _sd(after, places, way),
            "effect": {
                "type": "mean-difference",
                "value": written(_decimal(change), places, way),
                "against": "baseline",
                "p": written(Decimal(p), places + 1, way),
                "test": {"name": "paired-t", "sides": "two"},
            },
        },
    )


def pooled(chance: Chance, places: int, way: str) -> tuple[Figures, Figures, Figures]:
    """Give two parts, and both together."""
    parts = [
        [Fraction(chance.randint(0, 100), 10) for _ in range(chance.randint(2, 12))]
        for _ in range(2)
    ]
    one, other, both = (
        {
            "measure": "line",
            "quantity": "value",
            "analysed": len(values),
            "mean": written(_decimal(_moments(values)[0]), places, way),
            "sd": _sd(values, places, way),
        }
        for values in (*parts, [*parts[0], *parts[1]])
    )
    return one, other, both


def _sd(values: list[Fraction], places: int, way: str) -> int | Decimal:
    _, spread = _moments(values)
    return written(_EXACT.sqrt(_decimal(spread / (len(values) - 1))), places, way)


KINDS: dict[str, Callable[[Chance, int, str], Figures]] = {
    "scores": scores,
    "points": points,
    "attacks": attacks,
    "answers": answers,
    "lengths": lengths,
    "differences": differences,
    "statistics": statistics,
    "shares": shares,
}


def printings(seed: str, number: int) -> Iterator[tuple[Chance, int, str]]:
    """Yield for each data set its chance, its number of decimals and its way of rounding."""
    chance = random.Random(seed)  # noqa: S311 - data, not secrets
    for one in range(number):
        yield chance, chance.randint(0, 3), WAYS[one % len(WAYS)]
