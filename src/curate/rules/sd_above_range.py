"""N17."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.document import number_text
from curate.evidence.ranged import ranged
from curate.kinds.study import Study
from curate.rounding import printed
from curate.rule import Problem, rule
from curate.statistics.roots import root_text
from curate.statistics.sd_bounds import largest_variance


@rule(
    "N17",
    needs=(
        (
            "follow_up: mean, sd, min, max | outcomes: mean, sd, measure or values | "
            "outcomes: mean, sd, min, max"
        ),
    ),
)
def sd_above_range(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a standard deviation larger than its range or scale allows.

    What is larger than its range allows is of another scale, or a digit too many.

    Formula: s² ≤ (U - m)(m - L) n / (n - 1) for values between L and U with mean m, reached where
    everybody is at one end or the other; sharpened to whole numbers of people at each end. Without
    `analysed`, n is 2.

    Applies where the outcome or the study's follow-up has a mean, an SD, and either `min` and `max`
    or a measure with both bounds and `quantity:`. Rounding and cutting off are allowed for. Danger:
    a range that is an interquartile range belongs into `q1` and `q3`. Source: Bhatia and Davis
    2000; Popoviciu 1935.

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
        sd: 5.8
        #   ^ sd-above-range
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
        sd: 2.8
        min: 1.0
        max: 9.0
    ```
    """
    for found in ranged(study, corpus):
        if found.sd is None or found.is_scored or found.allows(found.sd):
            continue
        most = largest_variance(printed(found.mean), found.n, *found.widest)
        if most is not None and printed(found.sd).squared().low > most:
            yield Problem(
                (*found.where, "sd"),
                f"The standard deviation {number_text(found.sd)} is larger than values "
                f"{found.said} "
                f"with this mean can have: {root_text(most, 2)} at most.",
                "Check mean, SD and both ends. If the ends are quartiles, write `q1:` and `q3:`; "
                "if "
                "the SD is of a change, write `quantity: change`.",
            )
