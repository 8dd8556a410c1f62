"""N05."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from curate.document import number_text
from curate.evidence.probabilities import RATIOS
from curate.finding import Where
from curate.kinds.study import Study
from curate.parts.interval import Interval
from curate.rounding import surely_above
from curate.rule import Problem, rule
from curate.statistics.roots import share_text

Number = int | Decimal


@rule("N05", needs=("outcomes: ci",))
def interval_excludes_estimate(study: Study) -> Iterator[Problem]:
    """Refuse a confidence interval that does not hold its own estimate.

    Often a minus sign was lost, or the interval belongs to another line of the table.

    Formula: low ≤ estimate ≤ high, each within half a unit of its last digit.

    Applies to the interval of an effect, and to that of an outcome, which must hold its mean,
    median, percentage or value. Danger: a bootstrap or Bayesian interval of another statistic than
    is printed. Source: the definition of a confidence interval.

    Bad:

    ```yaml
    # records/studies/schuurman-2008.yaml
    id: schuurman-2008
    title: Thalamic stimulation against thalamotomy for tremor
    status: in_review
    pmid: 18442104
    design: randomized-trial
    adverse_events_reported: not-reported
    groups:
      - id: stimulation
        label: Thalamic stimulation
        enrolled: 34
      - id: thalamotomy
        label: Thalamotomy
        enrolled: 34
    outcomes:
      - id: fai-2-a
        title: Functional status at 2 years
        group: stimulation
        follow_up: 2 a
        analysed: 34
        unit: "{score}"
        effect:
          type: mean-difference
          value: 3.3
    #            ^ interval-excludes-estimate
          against: thalamotomy
          ci:
            level: 95
            low: 3.6
            high: 6.6
    ```

    Good:

    ```yaml
    # records/studies/schuurman-2008.yaml
    id: schuurman-2008
    title: Thalamic stimulation against thalamotomy for tremor
    status: in_review
    pmid: 18442104
    design: randomized-trial
    adverse_events_reported: not-reported
    groups:
      - id: stimulation
        label: Thalamic stimulation
        enrolled: 34
      - id: thalamotomy
        label: Thalamotomy
        enrolled: 34
    outcomes:
      - id: fai-2-a
        title: Functional status at 2 years
        group: stimulation
        follow_up: 2 a
        analysed: 34
        unit: "{score}"
        effect:
          type: mean-difference
          value: 3.3
          against: thalamotomy
          ci:
            level: 95
            low: -0.03
            high: 6.6
    ```
    """
    for index, outcome in enumerate(study.outcomes):
        effect = outcome.effect
        if effect is not None and effect.ci is not None and _excludes(effect.ci, effect.value):
            ratio = effect.type in RATIOS
            where: Where = ("outcomes", index, "effect", "value")
            yield _problem(where, effect.ci, effect.value, ratio=ratio)
        if outcome.ci is None:
            continue
        # It is the interval of one of these; the others may lie where they like.
        figures = [
            (field, figure)
            for field in ("mean", "median", "percent", "value")
            if (figure := getattr(outcome, field)) is not None
        ]
        if figures and all(_excludes(outcome.ci, figure) for _, figure in figures):
            field, figure = figures[0]
            yield _problem(("outcomes", index, field), outcome.ci, figure, ratio=False)


def _excludes(ci: Interval, figure: int | Decimal) -> bool:
    # Bounds that have changed places are bounds-out-of-order's.
    return ci.low <= ci.high and (surely_above(ci.low, figure) or surely_above(figure, ci.high))


def _problem(where: Where, ci: Interval, figure: Number, *, ratio: bool) -> Problem:
    low, high, shown = number_text(ci.low), number_text(ci.high), number_text(figure)
    return Problem(
        where,
        f"{shown} lies outside its own confidence interval, {low} to {high}: "
        f"{_would_hold(ci, figure, ratio=ratio)}.",
        "Check the three numbers and their signs. If they are printed so, add a waiver that says "
        "it.",
    )


def _would_hold(ci: Interval, figure: Number, *, ratio: bool) -> str:
    """Say which interval would hold the estimate: with another sign, or even about it."""
    low, high, shown = number_text(ci.low), number_text(ci.high), number_text(figure)
    first, last, estimate = Fraction(ci.low), Fraction(ci.high), Fraction(figure)
    if not ratio and -abs(first) <= estimate <= last:
        return f"{_negative(low)} to {high} would hold it"
    if not ratio and -abs(last) <= estimate <= -abs(first):
        return f"{_negative(high)} to {_negative(low)} would hold it"
    if not ratio and first <= -estimate <= last:
        return f"it would hold {shown.removeprefix('-') if estimate < 0 else _negative(shown)}"
    kept = last if estimate < first else first
    if ratio and (kept <= 0 or estimate <= 0):
        return "no ratio is below 0"
    even = estimate**2 / kept if ratio else 2 * estimate - kept
    other = share_text(even, max(len(text.partition(".")[2]) for text in (low, high, shown)))
    ends = f"{other} to {high}" if estimate < first else f"{low} to {other}"
    return f"one that is even about {shown} would be {ends}"


def _negative(number: str) -> str:
    return f"-{number.removeprefix('-')}"
