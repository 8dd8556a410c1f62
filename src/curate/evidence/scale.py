"""What single values an outcome's figures are of: their steps, and the ends of their scale."""

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from curate.corpus import Corpus
from curate.document import number_text
from curate.evidence.last import last_kept
from curate.finding import Where
from curate.kinds.measure import Measure
from curate.kinds.study import Study
from curate.parts.result import Outcome
from curate.rounding import Band, printed, rounded
from curate.statistics import debit, grim, grimmer
from curate.statistics.roots import root_text

Number = int | Decimal


class Fit(Enum):
    """How a figure comes about."""

    ANY = auto()
    """By rounding, as most print."""
    UNUSUAL = auto()
    """Only cut off, or, for an SD, divided by n."""
    NONE = auto()


class Scale:
    """The values that one person can have; what is not known is None."""

    def __init__(self, low: Fraction | None, high: Fraction | None, step: Fraction | None) -> None:
        self.low = low
        self.high = high
        self.step = step
        """The distance between neighbouring values, where they are apart."""
        self.top = None if low is None or high is None or not step else int((high - low) / step)
        """How many steps the highest value lies above the lowest."""
        self._shift = -low if low else None
        self._factor = None if step is None or step == 1 else 1 / step

    def in_steps(self, mean: Band) -> Band:
        """Turn values into steps above the lowest, or above nought where it is not known."""
        return self.widths(mean if self._shift is None else mean.plus(self._shift))

    def widths(self, sd: Band) -> Band:
        """Turn distances into steps."""
        return sd if self._factor is None else sd.times(self._factor)

    def value(self, steps: Fraction) -> Fraction:
        """Turn a number of steps back into a value."""
        return (self.low or 0) + steps * (self.step or 1)


class Scored:
    """An outcome with a plain mean and a known number of values, and what they can be."""

    def __init__(self, where: Where, outcome: Outcome, scale: Scale, n: int) -> None:
        self.where = where
        self.outcome = outcome
        self.scale = scale
        self.n = n
        self.mean_fit = _fit(_mean_fits, self)
        self.sd_fit = _fit(_sd_fits, self)

    def mean(self, *, strictly: bool = False) -> Band:
        """Return the mean in steps of the scale: as rounded only, or by any convention."""
        assert self.outcome.mean is not None  # noqa: S101 - `scored` yields no other
        return self.scale.in_steps((rounded if strictly else printed)(self.outcome.mean))

    def sd(self, *, strictly: bool = False) -> Band:
        """Return the standard deviation in steps of the scale."""
        assert self.outcome.sd is not None  # noqa: S101 - asked only where it is given
        return self.scale.widths((rounded if strictly else printed)(self.outcome.sd))


@last_kept
def scored(study: Study, corpus: Corpus) -> Iterator[Scored]:
    """Yield the outcomes whose mean is a plain average of a known number of known values.

    Silent where the mean is adjusted, hedged or derived, or where nothing is known of the values.
    """
    for index, outcome in enumerate(study.outcomes):
        if outcome.mean is None or not outcome.analysed or not _is_plain(outcome):
            continue
        scale = scale_of(outcome, corpus)
        if scale is not None:
            yield Scored(("outcomes", index), outcome, scale, outcome.analysed)


def scale_of(outcome: Outcome, corpus: Corpus) -> Scale | None:
    """Return what one person's value can be, or None where the record does not say."""
    if outcome.measure is None:
        return _OF_VALUES.get(outcome.values or "") if outcome.quantity in {None, "value"} else None
    measure = corpus.get(Measure, outcome.measure)
    if measure is None or (outcome.unit is not None and outcome.unit != measure.unit):
        return None
    low, high = measure.minimum, measure.maximum
    return _of_measure(measure.data, measure.step, low, high, outcome.quantity)


@lru_cache
def _of_measure(
    data: str | None,
    step: Number | None,
    low: Number | None,
    high: Number | None,
    quantity: str | None,
) -> Scale | None:
    if low is not None and high is not None and low >= high:
        return None  # that is bounds-out-of-order's
    first = None if low is None else Fraction(low)
    last = None if high is None else Fraction(high)
    apart = _step(data, None if step is None else Fraction(step), first, last)
    if quantity == "value":
        return Scale(first, last, apart)
    if quantity in {"change", "improvement"}:
        width = None if first is None or last is None else last - first
        return Scale(None if width is None else -width, width, apart)
    return None


def _step(
    data: str | None, step: Fraction | None, low: Fraction | None, high: Fraction | None
) -> Fraction | None:
    if data == "integer-score":
        step = step or Fraction(1)
    elif data != "score" or not step or low is None:
        return None
    if step == 1 and any(end is not None and end.denominator > 1 for end in (low, high)):
        return None
    # A scale whose ends are no whole number of steps apart is not what its step says.
    if low is not None and high is not None and ((high - low) / step).denominator > 1:
        return None
    # Without a lowest value, steps are counted from nought: right where they are whole points.
    return step if low is not None or step == 1 else None


def _is_plain(outcome: Outcome) -> bool:
    return not (
        outcome.adjusted or outcome.hedge is not None or not _PLAIN.isdisjoint(outcome.derived)
    )


_PLAIN = frozenset({"mean", "sd"})
_OF_VALUES = {
    "whole-numbers": Scale(Fraction(0), None, Fraction(1)),
    "yes-no": Scale(Fraction(0), Fraction(1), Fraction(1)),
    "continuous": Scale(None, None, None),
}


def mean_fits(scored: Scored, *, strictly: bool = False) -> bool:
    """Tell whether some whole number of steps gives the mean: rounded only, or by any way."""
    return scored.mean_fit is Fit.ANY or (scored.mean_fit is Fit.UNUSUAL and not strictly)


def sd_fits(scored: Scored, *, strictly: bool = False) -> bool:
    """Tell whether some values have this mean and this SD.

    Strictly: rounded, and the SD of a sample. Else also cut off, or divided by all.
    """
    return scored.sd_fit is Fit.ANY or (scored.sd_fit is Fit.UNUSUAL and not strictly)


def nearest_sds(scored: Scored) -> str:
    """Name the nearest standard deviations that values with this mean have, for a message."""
    scale, sd = scored.scale, scored.outcome.sd
    assert sd is not None  # noqa: S101 - asked only where it is given
    found = grimmer.nearest(
        scored.mean(), scored.sd(), scored.n, scale.top, signed=scale.low is None
    )
    decimals = len(number_text(sd).partition(".")[2]) + 1
    step = scale.step or Fraction(1)
    texts = [root_text(one * step**2, decimals) for one in found if one is not None]
    return f"; the nearest {'is' if len(texts) == 1 else 'are'} {' and '.join(texts)}" * bool(texts)


class _Fits(Protocol):
    def __call__(self, scored: Scored, *, strictly: bool) -> bool: ...


def _fit(fits: _Fits, scored: Scored) -> Fit:
    if fits(scored, strictly=True):
        return Fit.ANY
    return Fit.UNUSUAL if fits(scored, strictly=False) else Fit.NONE


def _mean_fits(scored: Scored, *, strictly: bool) -> bool:
    """Tell whether some whole number of steps gives the mean: rounded only, or by any way."""
    return scored.scale.step is None or bool(grim.totals(scored.mean(strictly=strictly), scored.n))


def _sd_fits(scored: Scored, *, strictly: bool) -> bool:
    """Tell whether some values have this mean and this SD.

    Strictly: rounded, and the SD of a sample. Else also cut off, or divided by all.
    """
    scale, n = scored.scale, scored.n
    if scale.step is None or scored.outcome.sd is None or n < _FEWEST:
        return True
    mean, sd = scored.mean(strictly=strictly), scored.sd(strictly=strictly)
    if scale.top == 1:
        return debit.possible(mean, sd, n) or (
            not strictly and debit.possible_in_population(mean, sd, n)
        )
    signed = scale.low is None
    return grimmer.possible(mean, sd, n, scale.top, signed=signed) or (
        not strictly and grimmer.possible_in_population(mean, sd, n, scale.top, signed=signed)
    )


_FEWEST = 2
"""One value has no standard deviation."""
