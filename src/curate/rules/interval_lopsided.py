"""N21."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from curate.document import number_text
from curate.evidence.probabilities import RATIOS, is_symmetric
from curate.finding import Where
from curate.kinds.study import Study
from curate.parts.interval import Interval
from curate.parts.result import Outcome
from curate.rounding import Band, printed, unit
from curate.rule import Problem, rule
from curate.statistics.roots import root_text, share_text


@rule(
    "N21",
    needs=("outcomes: ci, method",),
)
def interval_lopsided(study: Study) -> Iterator[Problem]:
    """Refuse an interval that lies unevenly about its estimate against its own method.

    A Wald or t interval has its estimate in the middle; that of a ratio has it in the middle of the
    logarithms. Else a bound or the estimate is mistyped.

    Formula: estimate = (low + high) / 2; of a ratio, estimate = √(low · high); every rounding of
    the three is tried.

    Applies only where `method` of the interval names Wald, normal, z, t, Woolf, Katz, Cox or log:
    by Fisher's method 45 % and by Wilson's 32 % of true intervals look uneven. Intervals of a
    percentage that end at 0 or 100 are left alone. Danger: a method written down by guess. Source:
    Altman and Bland 2011 (BMJ 343:d2304).

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
          #      ^ interval-lopsided
          against: thalamotomy
          ci:
            level: 95
            low: -0.03
            high: 6.0
            method: Wald
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
          type: odds-ratio
          value: 2.0
          against: thalamotomy
          ci:
            level: 95
            low: 1.0
            high: 4.0
            method: Wald
    ```

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
            high: 6.0
            method: bootstrap
    ```
    """
    for index, outcome in enumerate(study.outcomes):
        effect = outcome.effect
        if outcome.ci is None and (effect is None or effect.ci is None):
            continue
        where: Where = ("outcomes", index)
        if effect is not None and effect.ci is not None:
            ratio = effect.type in RATIOS
            yield from _uneven((*where, "effect", "value"), effect.value, effect.ci, ratio=ratio)
        if outcome.ci is not None and (field := _field(outcome)) is not None:
            at_the_end = field == "percent" and (outcome.ci.low <= 0 or outcome.ci.high >= _ALL)
            if not at_the_end:
                figure = getattr(outcome, field)
                yield from _uneven((*where, field), figure, outcome.ci, ratio=False)


_ALL = 100


def _field(outcome: Outcome) -> str | None:
    """Return the one figure that an outcome's interval is of."""
    given = [
        field
        for field in ("mean", "median", "percent", "value")
        if getattr(outcome, field) is not None
    ]
    return given[0] if len(given) == 1 and given[0] in {"mean", "percent"} else None


def _uneven(where: Where, figure: int | Decimal, ci: Interval, *, ratio: bool) -> Iterator[Problem]:
    if not is_symmetric(ci) or ci.low >= ci.high or not ci.low <= figure <= ci.high:
        return
    if not ratio and abs(Decimal(ci.low + ci.high - 2 * figure)) <= unit(figure):
        return  # as near as rounding alone can bring it
    low, high, estimate = printed(ci.low), printed(ci.high), printed(figure)
    if ratio:
        if low.low <= 0:
            return
        even = Band(low.low * high.low, low.high * high.high)
        fits = even.meets(estimate.squared())
    else:
        even = Band((low.low + high.low) / 2, (low.high + high.high) / 2)
        fits = even.meets(estimate)
    if not fits:
        middle = (
            root_text(even.low, 3)
            if ratio
            else share_text((Fraction(ci.low) + Fraction(ci.high)) / 2, 3)
        )
        yield Problem(
            where,
            f"{number_text(figure)} is not in the middle of {number_text(ci.low)} to "
            f"{number_text(ci.high)}, which is about {middle}.",
            "Check the three numbers. If the source does not say how the interval was computed, "
            "take `method:` out.",
        )
