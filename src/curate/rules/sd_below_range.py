"""N18."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.document import number_text
from curate.evidence.ranged import ranged
from curate.kinds.study import Study
from curate.rounding import printed
from curate.rule import Problem, rule
from curate.statistics.roots import root_text
from curate.statistics.sd_bounds import smallest_variance


@rule(
    "N18",
    needs=("follow_up: mean, sd, min, max, followed | outcomes: mean, sd, min, max, analysed",),
)
def sd_below_range(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a standard deviation smaller than the printed range demands.

    Somebody is at the minimum and somebody at the maximum, which alone spreads the values. A
    smaller SD is often a standard error.

    Formula: s² ≥ [(L - m)² + (U - m)² + (n - 2)(r - m)²] / (n - 1), where r = (n m - L - U) / (n -
    2) is the value of all others.

    Applies where `min`, `max`, mean, SD and the number analysed (for the study's follow-up,
    `followed`) are given. Danger: a range of other people than the SD. Source: the inequality of
    von Szőkefalvi Nagy, sharpened by the mean.

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
        sd: 0.6
        #   ^ sd-below-range
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
        if found.sd is None or found.n is None or found.n < _FEWEST or not found.is_attained:
            continue
        low, high = found.inner
        if low >= high:
            continue
        least = smallest_variance(printed(found.mean), found.n, low, high)
        # The SD of a population is smaller, and some print it.
        largest = printed(found.sd).high ** 2 * found.n / (found.n - 1)
        if least is not None and largest < least:
            yield Problem(
                (*found.where, "sd"),
                f"The standard deviation {number_text(found.sd)} is smaller than {found.n} values "
                f"that reach both ends can have: {root_text(least, 2)} at least.",
                "Check mean, SD and range; a standard error is written as `se:`.",
            )


_FEWEST = 2
