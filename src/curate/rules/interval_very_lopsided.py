"""N22."""

from collections.abc import Iterator
from decimal import Decimal
from math import log

from curate.document import number_text
from curate.evidence.probabilities import RATIOS, is_symmetric
from curate.finding import Severity
from curate.kinds.study import Study
from curate.parts.interval import Effect
from curate.rounding import printed
from curate.rule import Problem, rule


@rule(
    "N22",
    severity=Severity.WARNING,
    needs=("outcomes: effect, ci",),
)
def interval_very_lopsided(study: Study) -> Iterator[Problem]:
    """Warn of an interval whose one arm is half as long again as the other.

    Most methods give a difference an interval that is nearly even, and a ratio one whose logarithms
    are. So a great unevenness is told even where the method is not recorded.

    Formula: high - estimate ≤ 1.5 (estimate - low) and the other way round, of a ratio in
    logarithms, however the figures were rounded.

    Applies to the effects of outcomes whose interval names no method that is even by design;
    interval-lopsided has the others. Danger: exact and bootstrap intervals of few people are uneven
    and true. Source: Altman and Bland 2011 (BMJ 343:d2304); the bound of 1.5 is ours.

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
          #      ^ interval-very-lopsided
          against: thalamotomy
          ci:
            level: 95
            low: -0.03
            high: 5.0
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
        if effect is not None and effect.ci is not None and _is_uneven(effect):
            yield Problem(
                ("outcomes", index, "effect", "value"),
                f"{number_text(effect.value)} lies far from the middle of its interval, "
                f"{number_text(effect.ci.low)} to {number_text(effect.ci.high)}.",
                "Check the three numbers. If they are printed so, add a waiver that says it.",
            )


_MOST = 1.5


def _is_uneven(effect: Effect) -> bool:
    ci = effect.ci
    if ci is None or is_symmetric(ci) or not ci.low < effect.value < ci.high:
        return False
    if effect.type in RATIOS:
        if printed(ci.low).low <= 0:
            return False
        low, value, high = (_ends(number, logs=True) for number in (ci.low, effect.value, ci.high))
    else:
        low, value, high = (_ends(number, logs=False) for number in (ci.low, effect.value, ci.high))
    # Each arm as short and as long as rounding lets it be.
    below, above = (value[0] - low[1], value[1] - low[0]), (high[0] - value[1], high[1] - value[0])
    return above[0] > _MOST * below[1] or below[0] > _MOST * above[1]


def _ends(number: int | Decimal, *, logs: bool) -> tuple[float, float]:
    low, high = printed(number)[:2]
    return (log(low), log(high)) if logs else (float(low), float(high))
