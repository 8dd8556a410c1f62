"""N13."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.document import number_text
from curate.evidence.scale import mean_fits, scored
from curate.kinds.study import Study
from curate.rule import Problem, rule
from curate.statistics.grim import neighbours
from curate.statistics.roots import share_text


@rule(
    "N13",
    needs=("outcomes: mean, analysed, measure or values",),
)
def mean_fits_no_total(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a mean that no total of whole points gives.

    Whole scores add up to a whole total, so only some means can occur: of 20 people, 4.30 and 4.35,
    and none between. A digit was mistyped, or fewer were measured.

    Formula: some whole S has S / analysed within the printed mean, rounded or cut off, in steps of
    the scale.

    Applies where `analysed` is given and the measure is an `integer-score`, a `score` with `step`
    and `minimum`, or the outcome says `values: whole-numbers` or `yes-no`. Silent on means that are
    adjusted, hedged or derived. Danger: a scale that allows half points, or a mean of fewer people
    than are said to be analysed. Source: GRIM, Brown and Heathers 2017.

    Bad:

    ```yaml
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    data: integer-score
    minimum: 1
    maximum: 5
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
        measure: tsfd-scale
        quantity: value
        mean: 4.33
        #     ^ mean-fits-no-total
    ```

    Good:

    ```yaml
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    data: integer-score
    minimum: 1
    maximum: 5
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
        measure: tsfd-scale
        quantity: value
        mean: 4.35
    ```

    ```yaml
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    data: continuous
    minimum: 1
    maximum: 5
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
        measure: tsfd-scale
        quantity: value
        mean: 4.33
    ```
    """
    for found in scored(study, corpus):
        mean = found.outcome.mean
        if mean is None or mean_fits(found):
            continue
        shown = number_text(mean)
        decimals = len(shown.partition(".")[2]) + 1
        near = " and ".join(
            share_text(found.scale.value(value), decimals)
            for value in neighbours(found.mean().low, found.n)
        )
        yield Problem(
            (*found.where, "mean"),
            f"No total of {found.n} values gives a mean of {shown}; the nearest are {near}.",
            "Check the mean and the number analysed. If the scale allows fractions of a point, "
            "say so "
            "in the measure with `data:` and `step:`; if the mean is from a model, write "
            "`adjusted: true`.",
        )
