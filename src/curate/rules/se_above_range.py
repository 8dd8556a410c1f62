"""N26."""

from collections.abc import Iterator
from math import sqrt

from curate.corpus import Corpus
from curate.document import number_text
from curate.evidence.ranged import ranged
from curate.kinds.study import Study
from curate.rounding import printed
from curate.rule import Problem, rule
from curate.statistics.roots import root_text
from curate.statistics.sd_bounds import largest_variance


@rule(
    "N26",
    needs=("outcomes: mean, se, min or measure or values",),
)
def se_above_range(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a standard error too large for its scale or range.

    A standard error that is larger than its scale allows is most likely the SD itself.

    Formula: se · √n ≤ √((U - m)(m - L) n / (n - 1)), the largest SD that the range allows.

    Applies where `se`, `mean` and `analysed` are given, and either `min` and `max` or a measure
    with both bounds and `quantity:`. Danger: a standard error from a model; write `adjusted: true`.
    Source: Bhatia and Davis 2000.

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
        analysed: 20
        unit: cm
        mean: 4.3
        se: 2.8
        #   ^ se-above-range
        min: 1.0
        max: 9.0
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
        analysed: 20
        unit: cm
        mean: 4.3
        se: 0.6
        min: 1.0
        max: 9.0
    ```
    """
    for found in ranged(study, corpus):
        if found.se is None or found.n is None or found.allows(float(found.se) * sqrt(found.n)):
            continue
        most = largest_variance(printed(found.mean), found.n, *found.widest)
        if most is not None and printed(found.se).squared().low * found.n > most:
            yield Problem(
                (*found.where, "se"),
                f"The standard error {number_text(found.se)} of {found.n} is too large for values "
                f"{found.said}: {root_text(most / found.n, 2)} at most.",
                "It is probably the standard deviation, which is written as `sd:`; check it in the "
                "source.",
            )
