"""N20."""

from collections.abc import Iterator

from curate.document import number_text
from curate.kinds.study import Study
from curate.parts.result import Outcome
from curate.rounding import printed
from curate.rule import Problem, rule
from curate.statistics import pooled
from curate.statistics.pooled import Sample
from curate.statistics.roots import root_text, share_text


@rule(
    "N20",
    needs=("groups: parts_are", "outcomes: mean"),
)
def parts_do_not_average(study: Study) -> Iterator[Problem]:
    """Refuse a mean or SD of all that the means and SDs of its parts do not give.

    Where a group falls into parts without overlap, the parts' figures fix those of the whole within
    a band, which the printed ones must meet.

    Formula: M = Σ n m / N, and S² = [Σ (n - 1) s² + Σ n (m - M)²] / (N - 1), where N = Σ n.

    Applies where `parts_are: exhaustive`, each part has one outcome of the same measure, quantity,
    unit and time as the whole, and the numbers analysed add up. Silent on adjusted, hedged and
    derived figures. Danger: means that were adjusted without saying so. Source: Cochrane Handbook
    5.1, table 7.7.a.

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
        enrolled: 150
        parts:
          - id: writers-cramp
            enrolled: 92
          - id: musicians-dystonia
            enrolled: 58
        parts_are: exhaustive
    outcomes:
      - id: score-all
        title: Dystonia score at 1 week, all
        group: all
        follow_up: 1 wk
        analysed: 150
        measure: tsfd-scale
        quantity: value
        mean: 4.73
        #     ^ parts-do-not-average
        sd: 0.95
      - id: score-writers
        title: Dystonia score at 1 week, writer's cramp
        group: writers-cramp
        follow_up: 1 wk
        analysed: 92
        measure: tsfd-scale
        quantity: value
        mean: 4.30
        sd: 0.90
      - id: score-musicians
        title: Dystonia score at 1 week, musicians
        group: musicians-dystonia
        follow_up: 1 wk
        analysed: 58
        measure: tsfd-scale
        quantity: value
        mean: 4.50
        sd: 1.00
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    data: continuous
    minimum: 1
    maximum: 5
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
        enrolled: 150
        parts:
          - id: writers-cramp
            enrolled: 92
          - id: musicians-dystonia
            enrolled: 58
        parts_are: exhaustive
    outcomes:
      - id: score-all
        title: Dystonia score at 1 week, all
        group: all
        follow_up: 1 wk
        analysed: 150
        measure: tsfd-scale
        quantity: value
        mean: 4.38
        sd: 0.95
      - id: score-writers
        title: Dystonia score at 1 week, writer's cramp
        group: writers-cramp
        follow_up: 1 wk
        analysed: 92
        measure: tsfd-scale
        quantity: value
        mean: 4.30
        sd: 0.90
      - id: score-musicians
        title: Dystonia score at 1 week, musicians
        group: musicians-dystonia
        follow_up: 1 wk
        analysed: 58
        measure: tsfd-scale
        quantity: value
        mean: 4.50
        sd: 1.00
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    data: continuous
    minimum: 1
    maximum: 5
    ```
    """
    for group in study.groups:
        if group.parts_are != "exhaustive":
            continue
        ids = [part.id for part in group.parts]
        for index, whole in enumerate(study.outcomes):
            if whole.group == group.id and whole.measure is not None and _is_plain(whole):
                samples = _samples(study, whole, ids)
                if samples:
                    yield from _checked(index, whole, samples)


def _samples(study: Study, whole: Outcome, parts: list[str]) -> list[Sample]:
    """Return the parts' samples, or none where they are not all there or do not add up."""
    found: list[Sample] = []
    for part in parts:
        same = [other for other in study.outcomes if _is_of(other, part, whole)]
        if len(same) != 1 or not same[0].analysed or same[0].mean is None:
            return []
        sd = printed(same[0].sd) if same[0].sd is not None else None
        found.append(Sample(same[0].analysed, printed(same[0].mean), sd))
    return found if sum(sample.n for sample in found) == whole.analysed else []


def _is_of(other: Outcome, part: str, whole: Outcome) -> bool:
    fields = ("measure", "quantity", "unit", "follow_up", "follow_up_from", "counted")
    alike = all(getattr(other, field) == getattr(whole, field) for field in fields)
    return alike and other.group == part and _is_plain(other)


def _is_plain(outcome: Outcome) -> bool:
    return not (outcome.adjusted or outcome.hedge or {"mean", "sd"} & set(outcome.derived))


def _checked(index: int, whole: Outcome, samples: list[Sample]) -> Iterator[Problem]:
    mean, spread = pooled.mean(samples), pooled.variance(samples)
    if whole.mean is not None and not mean.meets(printed(whole.mean)):
        yield Problem(
            ("outcomes", index, "mean"),
            f"The parts have a mean of {share_text(mean.low, 3)} to {share_text(mean.high, 3)} "
            f"together, not {number_text(whole.mean)}.",
            "Check the means and the numbers analysed. If a mean was adjusted, write "
            "`adjusted: true`.",
        )
    elif (
        whole.sd is not None
        and spread is not None
        and not spread.meets(printed(whole.sd).squared())
    ):
        yield Problem(
            ("outcomes", index, "sd"),
            f"The parts have a standard deviation of {root_text(spread.low, 3)} to "
            f"{root_text(spread.high, 3)} together, not {number_text(whole.sd)}.",
            "Check the standard deviations, the means and the numbers analysed.",
        )
