"""N14."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.document import number_text
from curate.evidence.scale import mean_fits, nearest_sds, scored, sd_fits
from curate.kinds.study import Study
from curate.rule import Problem, rule


@rule(
    "N14",
    needs=("outcomes: mean, sd, analysed, measure or values",),
)
def sd_fits_no_values(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a standard deviation that no whole numbers have beside their mean.

    Whole numbers have whole squares, so few standard deviations go with a mean.

    Formula: for some whole total S that gives the mean there is a whole sum of squares Q, odd where
    S is odd, no less than that of the most equal numbers, with (Q - S² / n) / (n - 1) within the
    square of the printed SD. Of fewer than five numbers all are tried.

    Applies where `analysed` is given and the values are whole without a highest one: `values:
    whole-numbers`, or an `integer-score` whose bounds are not known. An SD divided by n is allowed
    for. Danger: values with halves; an SD of other people. Source: GRIMMER, Anaya 2016 and Allard
    2018.

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
        analysed: 10
        values: whole-numbers
        unit: "{attacks}"
        mean: 2.5
        sd: 1.21
        #   ^ sd-fits-no-values
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
        analysed: 10
        values: whole-numbers
        unit: "{attacks}"
        mean: 2.5
        sd: 1.18
    ```
    """
    for found in scored(study, corpus):
        sd = found.outcome.sd
        if sd is None or found.scale.top is not None or not mean_fits(found) or sd_fits(found):
            continue
        yield Problem(
            (*found.where, "sd"),
            f"No {found.n} whole numbers with this mean have a standard deviation of "
            f"{number_text(sd)}{nearest_sds(found)}.",
            "Check mean, SD and the number analysed; the SD may be a standard error, which is "
            "written as `se:`. If values can be fractions, write `values: continuous`.",
        )
