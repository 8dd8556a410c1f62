"""The figures of one result in words, as printed; what is computed from them is marked so."""

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from curate.formats.html.markup import Html, join, tag
from curate.formats.html.site import Result, View
from curate.formats.html.words import number, p_value, unit, words
from curate.kinds.measure import Measure
from curate.kinds.study import Study
from curate.parts.interval import Effect, Interval
from curate.parts.result import AdverseEvent, Outcome
from curate.parts.significance_test import SignificanceTest
from curate.results import PARTICIPANTS
from curate.statistics.intervals import upper_bound_of_none, wilson

_HEDGES = {"up-to": "up to ", "at-least": "at least ", "about": "about "}
_LEVEL = 95
_SYMBOLS = {"t": "t", "paired-t": "t", "z": "z", "chi-square": "χ²", "f": "F", "correlation": "r"}


class Computed(NamedTuple):
    """What follows from a count and its denominator, in per cent."""

    percent: float
    low: float | None
    high: float
    """With no event, how large a share that leaves possible: 95 %, one-sided."""
    method: str

    @property
    def text(self) -> str:
        """The bounds in words."""
        if self.low is None:
            return f"at most {self.high:.1f} % (one-sided 95 % limit)"
        return f"95 % CI {self.low:.1f} to {self.high:.1f} % ({self.method})"


def computed(result: Result) -> Computed | None:
    """Return what a reader would work out, where the people counted allow it.

    Sides, levels or operations of one person are not independent, so only participants are.
    A source's own interval needs no other beside it, and an "up to" bears none.
    """
    count, n = result.count, result.analysed
    if count is None or not n or count > n or (result.counted or PARTICIPANTS) != PARTICIPANTS:
        return None
    if result.hedge is not None or (isinstance(result, Outcome) and result.ci is not None):
        return None
    share = 100 * count / n
    if count == 0 and isinstance(result, AdverseEvent):
        # Rounded up: a limit must not be given as less than it is.
        most = ceil(1000 * upper_bound_of_none(n)) / 10
        return Computed(share, None, min(most, 100.0), "exact")
    low, high = wilson(count, n, _LEVEL)
    return Computed(share, 100 * low, 100 * high, "Wilson")


def percent_text(result: Result) -> str | None:
    """Return the percentage as it is printed."""
    if result.percent is None:
        return None
    return f"{_HEDGES.get(result.hedge or '', '')}{number(result.percent)} %"


def estimates(view: View, study: Study, result: Result) -> Iterator[Html]:
    """Yield the lines of an estimate: what the source prints, then what is computed here."""
    if isinstance(result, Outcome):
        yield from _of_outcome(view, study, result)
    elif result.percent is not None:
        yield tag("span", percent_text(result))
    if result.p is not None:
        yield tag("span", p_value(result.p), _test(result.test))
    elif result.test is not None:
        yield tag("span", _test(result.test))
    if (found := computed(result)) is not None:
        share = "" if result.percent is not None else f"{found.percent:.1f} %; "
        yield tag("span", f"{share}{found.text}", class_="computed")


def estimate(view: View, study: Study, result: Result) -> Html:
    """Return an estimate, each line of it a block, or that there is none."""
    lines = list(estimates(view, study, result))
    return join(lines) if lines else tag("span", "–", class_="none")


def estimate_text(study: Study, result: Result, scale: Measure | None) -> str | None:
    """Return what the source prints as an estimate, on one line."""
    said: list[str | None] = [percent_text(result)]
    if isinstance(result, Outcome):
        effect = None if result.effect is None else _effect(study, result.effect, "")
        said = [*_printed(result, scale), effect]
    if result.p is not None:
        said.append(p_value(result.p))
    return "; ".join(line for line in said if line) or None


def measure_of(view: View, result: Result) -> Measure | None:
    """Return the measure of an outcome, where it is published."""
    if isinstance(result, Outcome) and result.measure is not None:
        return view.site.get(Measure, result.measure)
    return None


def unit_of(result: Outcome, scale: Measure | None) -> str:
    """Return the unit of an outcome's figures in words, with the space before it."""
    if result.quantity in {"percent-change", "percent-improvement"} and result.unit is None:
        return " %"
    return unit(result.unit or (scale.unit if scale is not None else None))


def _of_outcome(view: View, study: Study, outcome: Outcome) -> Iterator[Html]:
    scale = measure_of(view, outcome)
    for line in _printed(outcome, scale):
        yield tag("span", line)
    if outcome.effect is not None:
        in_unit = unit_of(outcome, scale)
        difference = outcome.effect.type in {"mean-difference", "median-difference"}
        text = _effect(study, outcome.effect, in_unit if difference else "")
        yield tag("span", text, _test(outcome.effect.test))


def _printed(outcome: Outcome, scale: Measure | None) -> Iterator[str]:
    """Yield what is said of one group, as the source prints it."""
    hedge = _HEDGES.get(outcome.hedge or "", "")
    in_unit = unit_of(outcome, scale)
    if outcome.percent is not None:
        interval = f" ({_interval(outcome.ci)})" if outcome.ci is not None else ""
        yield f"{hedge}{number(outcome.percent)} %{interval}"
    if outcome.value is not None:
        yield f"{hedge}{number(outcome.value)}{in_unit}"
    if outcome.mean is not None:
        adjusted = {True: "adjusted ", False: "unadjusted ", None: ""}[outcome.adjusted]
        yield f"{adjusted}mean {hedge}{number(outcome.mean)}{in_unit}"
    if outcome.median is not None:
        yield f"median {hedge}{number(outcome.median)}{in_unit}"
    if spread := "; ".join(_spread(outcome)):
        yield spread


def _spread(outcome: Outcome) -> Iterator[str]:
    if outcome.sd is not None:
        yield f"SD {number(outcome.sd)}"
    if outcome.se is not None:
        yield f"SE {number(outcome.se)}"
    yield from _range("IQR", ("lower quartile", outcome.q1), ("upper quartile", outcome.q3))
    yield from _range("range", ("minimum", outcome.min), ("maximum", outcome.max))
    if outcome.ci is not None and outcome.percent is None:
        yield _interval(outcome.ci)


def _range(name: str, low: tuple[str, object], high: tuple[str, object]) -> Iterator[str]:
    """Yield two ends as one range, or the one that is known."""
    if low[1] is not None and high[1] is not None:
        yield f"{name} {number(low[1])} to {number(high[1])}"
    else:
        yield from (f"{what} {number(one)}" for what, one in (low, high) if one is not None)


def _effect(study: Study, effect: Effect, in_unit: str) -> str:
    against = {group.id: group.label for group in study.groups}.get(effect.against, effect.against)
    said = [_interval(effect.ci)] if effect.ci is not None else []
    if effect.p is not None:
        said.append(p_value(effect.p))
    more = f" ({'; '.join(said)})" if said else ""
    return f"{words(effect.type)} {number(effect.value)}{in_unit} against {against}{more}"


def _interval(interval: Interval) -> str:
    method = f", {interval.method}" if interval.method else ""
    low, high = number(interval.low), number(interval.high)
    return f"{number(interval.level)} % CI {low} to {high}{method}"


def _test(test: SignificanceTest | None) -> str | None:
    """Return the test that a p-value is from, in brackets."""
    if test is None:
        return None
    said = [words(test.name)]
    if test.statistic is not None:
        said.append(f"{_SYMBOLS.get(test.name, 'statistic')} = {number(test.statistic)}")
    degrees = [number(one) for one in (test.df, test.df2) if one is not None]
    if degrees:
        said.append(f"df {' and '.join(degrees)}")
    if test.sides is not None:
        said.append(f"{test.sides}-sided")
    if test.corrected is not None:
        said.append("corrected" if test.corrected else "not corrected")
    return f" ({', '.join(said)})"
