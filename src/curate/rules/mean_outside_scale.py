"""N09."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from curate.corpus import Corpus
from curate.document import number_text
from curate.kinds.measure import Measure
from curate.kinds.study import Study
from curate.rounding import highest, lowest
from curate.rule import Problem, rule

Number = int | Decimal
End = int | Fraction


@rule("N09", needs=("outcomes: measure, value or mean or median or q1 or q3 or min or max",))
def mean_outside_scale(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a mean, median or single value that its scale cannot reach.

    A score of 5.4 on a scale from 1 to 5 is a slip, another scale, or another version of it.

    Formula: L ≤ m ≤ U for values, and -(U - L) ≤ m ≤ U - L for changes, each within half a unit of
    its last digit.

    Applies where the outcome's measure has `minimum` or `maximum`; changes in per cent are left
    alone. Danger: another version of the scale, which is a measure of its own. Source: the
    definition of the scale.

    Bad:

    ```yaml
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    minimum: 1
    maximum: 5
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    outcomes:
      - id: score-1-wk
        title: Dystonia score at 1 week
        group: all
        follow_up: 1 wk
        analysed: 171
        measure: tsfd-scale
        quantity: value
        mean: 43.3
    #         ^ mean-outside-scale
    ```

    Good:

    ```yaml
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    minimum: 1
    maximum: 5
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    outcomes:
      - id: score-1-wk
        title: Dystonia score at 1 week
        group: all
        follow_up: 1 wk
        analysed: 171
        measure: tsfd-scale
        quantity: value
        mean: 4.33
    ```
    """
    for index, outcome in enumerate(study.outcomes):
        if outcome.measure is None:
            continue
        measure = corpus.get(Measure, outcome.measure)
        if measure is None or (outcome.unit is not None and outcome.unit != measure.unit):
            continue
        low, high = _reach(outcome.quantity, measure.minimum, measure.maximum)
        for field in ("value", "mean", "median", "q1", "q3", "min", "max"):
            figure = getattr(outcome, field)
            if figure is not None and _outside(figure, low, high):
                yield Problem(
                    ("outcomes", index, field),
                    f"`{measure.id}` goes {_range(measure)}; it cannot give "
                    f"{number_text(figure)}{' as a change' if outcome.quantity in _CHANGES else ''}"
                    ".",
                    "Check the number and the scale; say with `quantity:` if it is a change, and "
                    "with `unit:` if it is in per cent.",
                )
                break


_CHANGES = frozenset({"change", "improvement"})


@lru_cache(maxsize=1024)
def _reach(
    quantity: str | None, minimum: Number | None, maximum: Number | None
) -> tuple[End | None, End | None]:
    """Return the least and the greatest figure that a scale allows, where it sets limits."""
    low, high = _end(minimum), _end(maximum)
    if quantity == "value":
        return (None, None) if low is not None and high is not None and low >= high else (low, high)
    # Bounds that have changed places are bounds-out-of-order's.
    if low is None or high is None or low >= high or quantity in _IN_PER_CENT:
        return None, None
    width = high - low
    if quantity in _CHANGES:
        return -width, width
    return min(low, -width), max(high, width)


def _end(given: Number | None) -> End | None:
    """Return it as a whole number where it is one: with those it is quickly compared."""
    end = None if given is None else Fraction(given)
    return end.numerator if end is not None and end.denominator == 1 else end


_IN_PER_CENT = frozenset({"percent-change", "percent-improvement"})


def _outside(figure: Number, low: End | None, high: End | None) -> bool:
    return (low is not None and figure < low and highest(figure) < low) or (
        high is not None and figure > high and lowest(figure) > high
    )


def _range(measure: Measure) -> str:
    ends = []
    if measure.minimum is not None:
        ends.append(f"from {number_text(measure.minimum)}")
    if measure.maximum is not None:
        ends.append(f"to {number_text(measure.maximum)}")
    return " ".join(ends)
