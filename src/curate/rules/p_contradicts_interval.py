"""N23."""

from collections.abc import Iterator

from curate.evidence.probabilities import of_interval
from curate.kinds.study import Study
from curate.rule import Problem, rule
from curate.statistics.p_values import of_p


@rule(
    "N23",
    needs=("outcomes: p, test, ci",),
)
def p_contradicts_interval(study: Study) -> Iterator[Problem]:
    """Refuse a p-value that its Wald interval rules out.

    An interval that excludes no effect beside p = 0.2 is a slip in one of them.

    Formula: z = 2 z₀ · estimate / (high - low), where z₀ is 1.96 for 95 %, and p = 2 Φ(-|z|); of a
    ratio the logarithms are taken. All roundings of the three figures are tried.

    Applies only where the interval's `method` is even by design (Wald), and the effect's `test` is
    `z`, two-sided and not corrected. Danger: a p-value from another test than the interval. Source:
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
          against: thalamotomy
          ci:
            level: 95
            low: -0.03
            high: 6.6
            method: Wald
          p: 0.20
          #  ^ p-contradicts-interval
          test:
            name: z
            sides: two
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
            method: Wald
          p: 0.051
          test:
            name: z
            sides: two
    ```
    """
    for index, outcome in enumerate(study.outcomes):
        effect = outcome.effect
        if effect is None or effect.p is None or effect.test is None:
            continue
        test = effect.test
        if test.name != "z" or test.sides != "two" or test.corrected:
            continue
        allowed = of_interval(effect)
        if allowed is not None and not allowed.meets(of_p(effect.p)):
            yield Problem(
                ("outcomes", index, "effect", "p"),
                f"The interval goes with p from {allowed.low:.2g} to {allowed.high:.2g}, not with "
                f"{effect.p}.",
                "Check estimate, interval and p-value. If p is from another test, name that one "
                "with "
                "`test:`; if it was corrected, write `corrected: true`.",
            )
