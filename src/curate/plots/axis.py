"""An axis: from values to places on the paper, with ticks at round numbers."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, log10
from typing import NamedTuple

_STEPS = (Fraction(1), Fraction(2), Fraction(5), Fraction(10))
_RATIOS = tuple(factor * Fraction(10) ** power for power in range(-2, 3) for factor in _STEPS[:3])


class Axis(NamedTuple):
    """A stretch of values on a stretch of paper."""

    low: Fraction
    high: Fraction
    left: float
    right: float
    ticks: tuple[Fraction, ...]
    ratio: bool = False
    """Whether equal distances are equal ratios, as risk ratios ask for."""

    def at(self, value: Fraction) -> float:
        """Return where a value stands; one beyond the axis stands at its end."""
        held = min(max(value, self.low), self.high)
        if self.ratio:
            share = (_log(held) - _log(self.low)) / (_log(self.high) - _log(self.low))
        else:
            share = float((held - self.low) / (self.high - self.low))
        return self.left + share * (self.right - self.left)


def axis(
    values: Iterable[Fraction], left: float, right: float, at_most: int, *, ratio: bool = False
) -> Axis:
    """Return an axis that holds all values, with at most so many ticks.

    On an axis of ratios, values that are not positive have no place and stand at its low end.
    """
    if ratio:
        return _of_ratios([value for value in values if value > 0], left, right, at_most)
    found = list(values)
    low, high = min(found), max(found)
    if low == high:
        low, high = low - 1, high + 1
    step = _step(high - low, at_most)
    first, last = floor(low / step), ceil(high / step)
    ticks = tuple(step * number for number in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], left, right, ticks)


def tick_text(tick: Fraction) -> str:
    """Return a tick's number: 0.5, 20, −3."""
    number = Decimal(tick.numerator) / Decimal(tick.denominator)
    plain = format(number.normalize(), "f")
    return plain.replace("-", "−")


def _step(span: Fraction, at_most: int) -> Fraction:
    """Return the least round distance that gives no more ticks than wanted."""
    least = span / (at_most - 1)
    power = Fraction(10) ** floor(log10(least))
    for step in _STEPS:
        # Ends are moved out to the next tick, which takes up to two more.
        if ceil(span / (step * power)) + 1 < at_most:
            return step * power
    return 20 * power


def _of_ratios(values: list[Fraction], left: float, right: float, at_most: int) -> Axis:
    low, high = min([*values, Fraction(1, 2)]), max([*values, Fraction(2)])
    below = [ratio for ratio in _RATIOS if ratio <= low] or [low]
    above = [ratio for ratio in _RATIOS if ratio >= high] or [high]
    inner = [ratio for ratio in _RATIOS if below[-1] <= ratio <= above[0]]
    ends = {below[-1], above[0]}
    wanted = [ratio for ratio in inner if ratio in ends or len(inner) <= at_most or _power(ratio)]
    return Axis(below[-1], above[0], left, right, tuple(sorted({*wanted, *ends})), ratio=True)


def _power(ratio: Fraction) -> bool:
    """Tell whether a ratio is a power of ten."""
    return {ratio.numerator, ratio.denominator} <= {1, 10, 100}


def _log(value: Fraction) -> float:
    return log10(value.numerator) - log10(value.denominator)
