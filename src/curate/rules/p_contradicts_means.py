"""N25."""

from collections.abc import Iterator
from fractions import Fraction
from math import inf, sqrt

from curate.kinds.study import Study
from curate.parts.result import Outcome
from curate.rounding import printed
from curate.rule import Problem, rule
from curate.statistics.p_values import Ends, of_p
from curate.statistics.tails import student


@rule(
    "N25",
    needs=("outcomes: p, test, sd",),
)
def p_contradicts_means(study: Study) -> Iterator[Problem]:
    """Refuse a paired p-value that no correlation of the two measurements gives.

    The correlation of two measurements of the same people is hardly ever printed, but it lies
    between -1 and 1, which bounds t and p.

    Formula: t = change · √n / √(s₁² + s₂² - 2 r s₁ s₂) for some r from -1 to 1, and p from t with n
    - 1 degrees of freedom. All roundings are tried.

    Applies to an effect against `baseline` by a two-sided `paired-t` test that is not corrected,
    where the outcome and the one baseline outcome of the same group and measure give SDs and the
    same number analysed. Danger: other people at baseline than later. Source: the paired t-test,
    with r unknown.

    Bad:

    ```yaml
    # records/studies/hesami-2015.yaml
    id: hesami-2015
    title: Gabapentin for pain after a stroke
    status: in_review
    pmid: 26185510
    design: prospective-cohort
    adverse_events_reported: not-reported
    groups:
      - id: all
        label: All treated patients
        enrolled: 84
    outcomes:
      - id: pain-baseline
        title: Pain before treatment
        group: all
        follow_up: baseline
        analysed: 84
        measure: nrs-pain
        quantity: value
        mean: 5.90
        sd: 1.20
      - id: pain-1-mo
        title: Pain after one month
        group: all
        follow_up: 1 mo
        analysed: 84
        measure: nrs-pain
        quantity: value
        mean: 4.70
        sd: 1.30
        effect:
          type: mean-difference
          value: -1.20
          against: baseline
          p: 0.30
          #  ^ p-contradicts-means
          test:
            name: paired-t
            sides: two
    # records/measures/nrs-pain.yaml
    id: nrs-pain
    title: Numerical rating scale of pain
    status: in_review
    ```

    Good:

    ```yaml
    # records/studies/hesami-2015.yaml
    id: hesami-2015
    title: Gabapentin for pain after a stroke
    status: in_review
    pmid: 26185510
    design: prospective-cohort
    adverse_events_reported: not-reported
    groups:
      - id: all
        label: All treated patients
        enrolled: 84
    outcomes:
      - id: pain-baseline
        title: Pain before treatment
        group: all
        follow_up: baseline
        analysed: 84
        measure: nrs-pain
        quantity: value
        mean: 5.90
        sd: 1.20
      - id: pain-1-mo
        title: Pain after one month
        group: all
        follow_up: 1 mo
        analysed: 84
        measure: nrs-pain
        quantity: value
        mean: 4.70
        sd: 1.30
        effect:
          type: mean-difference
          value: -1.20
          against: baseline
          p: "<0.001"
          test:
            name: paired-t
            sides: two
    # records/measures/nrs-pain.yaml
    id: nrs-pain
    title: Numerical rating scale of pain
    status: in_review
    ```
    """
    for index, outcome in enumerate(study.outcomes):
        effect = outcome.effect
        if effect is None or effect.p is None or effect.test is None:
            continue
        test = effect.test
        if test.name != "paired-t" or test.sides != "two" or test.corrected:
            continue
        before = _baseline(study, outcome)
        if before is None or effect.against != "baseline" or effect.type != "mean-difference":
            continue
        allowed = _allowed(outcome, before, abs(Fraction(effect.value)), printed(effect.value)[:2])
        if allowed is not None and not allowed.meets(of_p(effect.p)):
            yield Problem(
                ("outcomes", index, "effect", "p"),
                f"With these means and standard deviations a paired test gives p from "
                f"{allowed.low:.2g} to {allowed.high:.2g}, whatever the correlation; not "
                f"{effect.p}.",
                "Check the change, both standard deviations and p. A standard error is written as "
                "`se:`; if p was corrected, write `corrected: true`.",
            )


def _baseline(study: Study, outcome: Outcome) -> Outcome | None:
    """Return the one outcome that is the same before treatment, in as many people."""
    same = [
        other
        for other in study.outcomes
        if other.follow_up == "baseline"
        and other.measure is not None
        and (other.group, other.measure, other.quantity, other.analysed)
        == (outcome.group, outcome.measure, outcome.quantity, outcome.analysed)
    ]
    return same[0] if len(same) == 1 and same[0] is not outcome else None


def _allowed(
    outcome: Outcome, before: Outcome, size: Fraction, ends: tuple[Fraction, ...]
) -> Ends | None:
    n = outcome.analysed
    if n is None or n < _FEWEST or outcome.sd is None or before.sd is None:
        return None
    one, other = printed(outcome.sd), printed(before.sd)
    low, high = sorted((abs(ends[0]), abs(ends[1])))
    nearest = Fraction(0) if size == 0 else low
    widest = one.high + other.high
    narrowest = max(one.low - other.high, other.low - one.high, Fraction(0))
    root = sqrt(n)
    smallest = float(nearest / widest) * root if widest else inf
    largest = float(high / narrowest) * root if narrowest else inf
    return Ends(2 * student(largest, n - 1), 2 * student(smallest, n - 1))


_FEWEST = 2
