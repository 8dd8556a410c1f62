"""What one result prints that can be drawn: an estimate, and what stands about it.

Figures are the printed ones. Computed are: the percentage of a count, Wilson's interval of a count
(95 %), and the ends of a mean and its standard deviation. No interval is computed where the count
is hedged, or is of something that one person can have several of: it would be too narrow.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from curate.document import number_text
from curate.parts.interval import Effect, Interval
from curate.parts.result import AdverseEvent, Outcome
from curate.statistics.intervals import wilson

_ONE_EACH = frozenset({None, "participants", "pairs"})
_HEDGES = {"up-to": "up to ", "at-least": "at least ", "about": "about "}
_LEVEL = 95
RATIOS = frozenset({"risk-ratio", "odds-ratio", "hazard-ratio"})


class Point(NamedTuple):
    """A value on the axis."""

    figure: str
    """The field that it is printed in: percent, mean, effect.value; count where it is computed."""
    value: Fraction
    computed: bool = False


class Stretch(NamedTuple):
    """A stretch of the axis: an interval, a spread or a range."""

    figure: str
    """ci, wilson, sd, iqr or range."""
    low: Fraction
    high: Fraction
    computed: bool = False


class Estimate(NamedTuple):
    """What is drawn of one result, and what is said beside it."""

    kind: str
    """proportion, mean, median, value or the type of an effect: only equals share an axis."""
    point: Point | None
    stretches: tuple[Stretch, ...]
    printed: str
    """The figures as the source prints them."""
    computed: str = ""
    """The figures that are computed from them."""

    @property
    def values(self) -> Iterator[Fraction]:
        """Every value that the axis must hold."""
        if self.point is not None:
            yield self.point.value
        for stretch in self.stretches:
            yield stretch.low
            yield stretch.high


def estimates(result: Outcome | AdverseEvent) -> Iterator[Estimate]:
    """Yield what can be drawn of a result: a measured value, a share, an effect, or none."""
    if isinstance(result, Outcome):
        measured = _measured(result)
        if measured is not None:
            yield measured
    share = _share(result)
    if share is not None:
        yield share
    if isinstance(result, Outcome) and result.effect is not None:
        yield _effect(result, result.effect)


def said_interval(interval: Interval) -> str:
    """Return a printed interval: 95 % CI 5.9 to 10.7."""
    low, high = minus(interval.low), minus(interval.high)
    method = f" ({interval.method})" if interval.method is not None else ""
    return f"{number_text(interval.level)} % CI {low} to {high}{method}"


def minus(number: int | Decimal) -> str:
    """Return a number as printed, with the sign that a reader expects: −3."""
    return number_text(number).replace("-", "−")


def denominator(result: Outcome | AdverseEvent, *, said: bool) -> str:
    """Say how many were analysed, unless that is said already, and how many could be assessed."""
    analysed = "n not reported"
    if result.analysed is not None:
        analysed = f"n {result.analysed}{_counted(result)}"
    available = f"{result.available} available" if result.available is not None else ""
    return ", ".join(filter(None, ("" if said else analysed, available)))


def _counted(result: Outcome | AdverseEvent) -> str:
    return f" {result.counted}" if result.counted not in {None, "participants"} else ""


def _share(result: Outcome | AdverseEvent) -> Estimate | None:
    """Return a proportion: a printed percentage, or a count of a number analysed."""
    whole = _whole(result)
    point = _share_point(result, whole)
    if point is None:
        return None
    ci = result.ci if isinstance(result, Outcome) and _of_share(result) else None
    stretches = [] if ci is None else [Stretch("ci", Fraction(ci.low), Fraction(ci.high))]
    said, computed = [], []
    if whole is not None:
        said.append(f"{whole[0]} of {whole[1]}{_counted(result)}")
    if result.percent is not None:
        said.append(f"{number_text(result.percent)} %")
    else:
        computed.append(f"{_one_decimal(point.value)} %")
    if ci is not None:
        said.append(said_interval(ci))
    elif whole is not None and result.hedge is None and result.counted in _ONE_EACH:
        bounds = (Fraction(100 * bound) for bound in wilson(*whole, _LEVEL))
        low, high = (min(max(bound, Fraction(0)), Fraction(100)) for bound in bounds)
        stretches.append(Stretch("wilson", low, high, computed=True))
        computed.append(f"{_LEVEL} % CI {_one_decimal(low)} to {_one_decimal(high)} (Wilson)")
    said += _p(result.p)
    printed = f"{_HEDGES.get(result.hedge or '', '')}{', '.join(said)}{_derived(result)}"
    return Estimate("proportion", point, tuple(stretches), printed, ", ".join(computed))


def _whole(result: Outcome | AdverseEvent) -> tuple[int, int] | None:
    """Return a count and the number that it is of, where both are known and the one fits."""
    count, of = result.count, result.analysed
    return (count, of) if count is not None and of and count <= of else None


def _share_point(result: Outcome | AdverseEvent, whole: tuple[int, int] | None) -> Point | None:
    if result.percent is not None:
        return Point("percent", Fraction(result.percent), "percent" in result.derived)
    if whole is not None:
        return Point("count", Fraction(100 * whole[0], whole[1]), computed=True)
    return None


def _measured(result: Outcome) -> Estimate | None:
    """Return a mean, a median or a single value, with what is printed about it."""
    stretches = list(_about(result))
    for name in ("mean", "median", "value"):
        value = getattr(result, name)
        if value is not None:
            point = Point(name, Fraction(value), name in result.derived)
            return Estimate(name, point, tuple(stretches), _said(result))
    if not stretches:
        return None
    return Estimate("range", None, tuple(stretches), _said(result))


def _about(result: Outcome) -> Iterator[Stretch]:
    """Yield what is printed about a measured value, the widest first."""
    if result.min is not None and result.max is not None:
        yield Stretch("range", Fraction(result.min), Fraction(result.max))
    if result.q1 is not None and result.q3 is not None:
        yield Stretch("iqr", Fraction(result.q1), Fraction(result.q3))
    if result.mean is not None and result.sd is not None:
        mean, sd = Fraction(result.mean), Fraction(result.sd)
        yield Stretch("sd", mean - sd, mean + sd, computed=True)
    if result.ci is not None and not _of_share(result):
        yield Stretch("ci", Fraction(result.ci.low), Fraction(result.ci.high))


def _of_share(result: Outcome) -> bool:
    """Tell whether a result's interval is that of its percentage: nothing else is there."""
    measured = (result.mean, result.median, result.value)
    return result.percent is not None and all(value is None for value in measured)


def _said(result: Outcome) -> str:
    said = [
        f"{word} {minus(value)}".strip()
        for word, value in (
            ("mean", result.mean),
            ("SD", result.sd),
            ("SE", result.se),
            ("median", result.median),
            ("", result.value),
        )
        if value is not None
    ]
    for word, low, high in (
        ("quartiles", result.q1, result.q3),
        ("range", result.min, result.max),
    ):
        if low is not None and high is not None:
            said.append(f"{word} {minus(low)} to {minus(high)}")
    if result.ci is not None and not _of_share(result):
        said.append(said_interval(result.ci))
    if result.adjusted:
        said.append("adjusted")
    said += _p(result.p)
    return f"{_HEDGES.get(result.hedge or '', '')}{', '.join(said)}{_derived(result)}"


def _effect(result: Outcome, effect: Effect) -> Estimate:
    said = [minus(effect.value)]
    stretches: tuple[Stretch, ...] = ()
    if effect.ci is not None:
        said.append(said_interval(effect.ci))
        stretches = (Stretch("ci", Fraction(effect.ci.low), Fraction(effect.ci.high)),)
    point = Point("effect.value", Fraction(effect.value), "effect" in result.derived)
    return Estimate(
        effect.type, point, stretches, f"{', '.join([*said, *_p(effect.p)])}{_derived(result)}"
    )


def _p(p: int | Decimal | str | None) -> list[str]:
    if p is None:
        return []
    return [f"p {p if isinstance(p, str) else f'= {number_text(p)}'}"]


def _derived(result: Outcome | AdverseEvent) -> str:
    """Say which figures the source does not print, though they follow from those it prints."""
    return f" ({', '.join(result.derived)} derived)" if result.derived else ""


def _one_decimal(value: Fraction) -> str:
    return f"{float(value):.1f}"
