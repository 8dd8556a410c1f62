"""N05."""

from collections.abc import Iterator
from decimal import Decimal

from curate.document import number_text
from curate.finding import Where
from curate.kinds.study import Study
from curate.parts.interval import Interval
from curate.rounding import surely_above
from curate.rule import Problem, rule


@rule("N05", needs=("outcomes.ci",))
def interval_excludes_estimate(study: Study) -> Iterator[Problem]:
    """Refuse a confidence interval that does not hold its own estimate.

    Often a minus sign was lost, or the interval belongs to another line of the table. Rounding is
    allowed for.

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
        where: Where = ("outcomes", index)
        effect = outcome.effect
        if effect is not None and effect.ci is not None and _excludes(effect.ci, effect.value):
            yield _problem((*where, "effect", "value"), effect.ci, effect.value)
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
            yield _problem((*where, field), outcome.ci, figure)


def _excludes(ci: Interval, figure: int | Decimal) -> bool:
    # Bounds that have changed places are bounds-out-of-order's.
    return ci.low <= ci.high and (surely_above(ci.low, figure) or surely_above(figure, ci.high))


def _problem(where: Where, ci: Interval, figure: int | Decimal) -> Problem:
    low, high, shown = number_text(ci.low), number_text(ci.high), number_text(figure)
    return Problem(
        where,
        f"{shown} lies outside its own confidence interval, {low} to {high}.",
        "Check the three numbers and their signs.",
    )
