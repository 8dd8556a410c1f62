"""N15."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.document import number_text
from curate.evidence.scale import mean_fits, nearest_sds, scored, sd_fits
from curate.kinds.study import Study
from curate.rule import Problem, rule
from curate.statistics.roots import root_text
from curate.statistics.sd_bounds import largest_variance


@rule(
    "N15",
    needs=("outcomes: mean, sd, analysed, measure or values",),
)
def sd_fits_no_scores(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a standard deviation that no scores on their scale have beside their mean.

    Between its ends a scale leaves room for few sums of squares, and for an SD no larger than where
    everybody is at one end or the other.

    Formula: some total S and some sum of squares Q that scores of this scale can have give the
    printed mean and SD. All scores are listed where they are few; else the parity and both ends of
    Q are held to.

    Applies where `analysed` is given and the measure has both bounds and whole steps. An SD divided
    by n is allowed for. Danger: a scale on which half points are given. Source: GRIMMER, Allard
    2018, and SPRITE, Heathers, Anaya, van der Zee and Brown.

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
        mean: 4.35
        sd: 2.13
        #   ^ sd-fits-no-scores
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
        sd: 1.14
    ```
    """
    for found in scored(study, corpus):
        sd = found.outcome.sd
        if (
            sd is None
            or found.scale.top is None
            or found.scale.top == 1
            or not mean_fits(found)
            or sd_fits(found)
        ):
            continue
        scale = found.scale
        if scale.low is None or scale.high is None or scale.step is None:
            continue
        whole = scale.step  # the mean is counted in steps
        low, high = scale.low / whole, scale.high / whole
        most = largest_variance(found.mean().plus(low), found.n, low, high)
        limit = "" if most is None else f" The largest is {root_text(most * whole**2, 2)}."
        yield Problem(
            (*found.where, "sd"),
            f"No {found.n} scores on `{found.outcome.measure}` with this mean have a standard "
            f"deviation of {number_text(sd)}{nearest_sds(found)}.{limit}",
            "Check mean, SD and the number analysed; a far smaller one may be a standard error, "
            "which is written as `se:`.",
        )
