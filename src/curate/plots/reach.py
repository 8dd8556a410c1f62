"""Decide how far the axis of a forest plot reaches, and where its line of no difference stands."""

from decimal import Decimal
from fractions import Fraction

from curate.corpus import Corpus
from curate.kinds.measure import Measure
from curate.parts.result import AdverseEvent, Outcome
from curate.plots.axis import Axis, axis
from curate.plots.comparable import Comparison
from curate.plots.estimate import RATIOS
from curate.plots.sheet import Layout

_RARE = 40
_CHANGES = frozenset({"change", "percent-change", "improvement", "percent-improvement"})


def axis_of(corpus: Corpus, found: Comparison, layout: Layout) -> Axis:
    """Return the axis: all of 0 to 100 % for shares, the whole scale where its bounds are known.

    Rare harms would be a heap at the left of 100 %: where none reaches far, their axis ends there.
    """
    first = found.rows[0]
    values = [value for shown in found.rows for value in shown.estimate.values]
    if first.estimate.kind == "proportion":
        rare = first.harm and max(values) <= _RARE
        values += [Fraction(0), Fraction(0 if rare else 100)]
    values += map(Fraction, ends_of(corpus, found))
    null = null_of(found)
    if null is not None:
        values.append(null)
    ratio = first.estimate.kind in RATIOS
    return axis(values, layout.left, layout.right, layout.ticks, ratio=ratio)


def null_of(found: Comparison) -> Fraction | None:
    """Return where the line of no difference stands, if there is one."""
    first = found.rows[0]
    if first.estimate.kind in RATIOS:
        return Fraction(1)
    quantity = first.result.quantity if isinstance(first.result, Outcome) else None
    changes = quantity in _CHANGES and first.estimate.kind != "proportion"
    return Fraction(0) if first.against is not None or changes else None


def ends_of(corpus: Corpus, found: Comparison) -> list[int | Decimal]:
    """Return the bounds of the scale that values stand on, where both are known."""
    first = found.rows[0]
    measure = measure_of(corpus, first.result)
    quantity = first.result.quantity if isinstance(first.result, Outcome) else None
    if measure is None or quantity != "value" or first.against is not None:
        return []
    if first.estimate.kind == "proportion" or measure.minimum is None or measure.maximum is None:
        return []
    return [measure.minimum, measure.maximum]


def measure_of(corpus: Corpus, result: Outcome | AdverseEvent) -> Measure | None:
    """Return the measure that a result names, if it names one that can be read."""
    if not isinstance(result, Outcome) or result.measure is None:
        return None
    return corpus.get(Measure, result.measure)
