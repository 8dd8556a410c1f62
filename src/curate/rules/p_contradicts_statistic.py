"""N24."""

from collections.abc import Iterator

from curate.document import number_text
from curate.evidence.probabilities import of_test
from curate.finding import Where
from curate.kinds.study import Study
from curate.parts.interval import PValue
from curate.parts.significance_test import SignificanceTest
from curate.results import results
from curate.rule import Problem, rule
from curate.statistics.p_values import of_p


@rule(
    "N24",
    needs=("outcomes, adverse_events: p, test",),
)
def p_contradicts_statistic(study: Study) -> Iterator[Problem]:
    """Refuse a p-value that its own test statistic rules out.

    The statistic and its degrees of freedom give the p-value. Half of the papers in psychology
    print at least one that does not fit, and a mistyped digit shows here as well.

    Formula: p is the tail of the normal, t, χ² or F distribution beyond the statistic, twice for
    two sides; a correlation is t = r √(df / (1 - r²)). All roundings of statistic, p and degrees of
    freedom are tried; a one-sided test is taken in the direction that fits.

    Applies where `test` gives the test, its `statistic`, the degrees of freedom, and for t, z and r
    the `sides`, and is not `corrected`. Danger: a correction that the source does not state.
    Source: statcheck, Nuijten and others 2016.

    Bad:

    ```yaml
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
        analysed: 30
        unit: cm
        mean: 4.3
        p: 0.28
        #  ^ p-contradicts-statistic
        test:
          name: t
          statistic: 2.31
          df: 28
          sides: two
    ```

    Good:

    ```yaml
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
        analysed: 30
        unit: cm
        mean: 4.3
        p: 0.028
        test:
          name: t
          statistic: 2.31
          df: 28
          sides: two
    ```
    """
    for where, result in results(study):
        if result.test is not None:
            yield from _checked(where, result.p, result.test)
    for index, outcome in enumerate(study.outcomes):
        effect = outcome.effect
        if effect is not None and effect.test is not None:
            yield from _checked(("outcomes", index, "effect"), effect.p, effect.test)


def _checked(where: Where, p: PValue | None, test: SignificanceTest) -> Iterator[Problem]:
    if p is None or test.statistic is None:
        return
    allowed = of_test(test)
    if allowed is not None and not allowed.meets(of_p(p)):
        yield Problem(
            (*where, "p"),
            f"The statistic {number_text(test.statistic)} goes with p from {allowed.low:.2g} to "
            f"{allowed.high:.2g}, not with {p}.",
            "Check p, the statistic, its degrees of freedom and the sides. If p was corrected for "
            "several comparisons, write `corrected: true`.",
        )
