"""N28."""

from collections.abc import Iterator
from math import sqrt

from curate.document import number_text
from curate.finding import Severity
from curate.kinds.study import Study
from curate.parts.result import Outcome
from curate.rule import Problem, rule


@rule(
    "N28",
    severity=Severity.WARNING,
    needs=("outcomes: sd, measure",),
)
def sd_looks_like_se(study: Study) -> Iterator[Problem]:
    """Warn of a standard deviation that is as small as a standard error would be.

    A standard error is √n times smaller than the SD, and papers print either after ±.

    Formula: sd · √n is within a factor of 1.5 of every other SD of the same measure in the study.

    Applies where the outcome has `analysed` of 16 or more, and every other SD of the same measure
    and quantity is so much larger. Danger: people who are all nearly alike at one time, such as
    before treatment by rule of entry. Source: Altman and Bland 2005 (BMJ 331:903); the factor is
    ours.

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
        analysed: 100
        measure: tsfd-scale
        quantity: value
        mean: 4.3
        sd: 1.06
      - id: score-3-mo
        title: Dystonia score at 3 months
        group: all
        follow_up: 3 mo
        analysed: 100
        measure: tsfd-scale
        quantity: value
        mean: 4.3
        sd: 0.11
        #   ^ sd-looks-like-se
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
        enrolled: 171
    outcomes:
      - id: score-1-wk
        title: Dystonia score at 1 week
        group: all
        follow_up: 1 wk
        analysed: 100
        measure: tsfd-scale
        quantity: value
        mean: 4.3
        sd: 1.06
      - id: score-3-mo
        title: Dystonia score at 3 months
        group: all
        follow_up: 3 mo
        analysed: 100
        measure: tsfd-scale
        quantity: value
        mean: 4.3
        sd: 1.13
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    data: continuous
    minimum: 1
    maximum: 5
    ```
    """
    for index, outcome in enumerate(study.outcomes):
        sd = outcome.sd
        if sd is None or sd == 0 or outcome.measure is None:
            continue
        n = outcome.analysed
        if n is None or n < _FEWEST:
            continue
        ratios = [
            float(other.sd / sd) / sqrt(n)
            for other in study.outcomes
            if other.sd is not None and _is_alike(outcome, other)
        ]
        if ratios and all(1 / _ABOUT <= ratio <= _ABOUT for ratio in ratios):
            yield Problem(
                ("outcomes", index, "sd"),
                f"{number_text(sd)} is about √{n} times smaller than the standard deviation of "
                f"`{outcome.measure}` elsewhere in this study.",
                "If the source prints a standard error, write it as `se:`.",
            )


_FEWEST = 16
_ABOUT = 1.5


def _is_alike(outcome: Outcome, other: Outcome) -> bool:
    if other is outcome:
        return False
    alike = outcome.measure, outcome.quantity, outcome.unit
    return (other.measure, other.quantity, other.unit) == alike
