"""N29."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.document import number_text
from curate.evidence.scale import mean_fits, scored, sd_fits
from curate.finding import Severity
from curate.kinds.study import Study
from curate.rule import Problem, rule


@rule(
    "N29",
    severity=Severity.WARNING,
    needs=("outcomes: mean, analysed, measure or values",),
)
def figure_cut_off(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """Warn of a mean or SD that only cutting off or dividing by n explains.

    Some papers cut decimals off, and some divide by n instead of n - 1 for the SD. Both are
    unusual, so a figure that nothing else explains is more often mistyped.

    Formula: those of mean-fits-no-total, sd-fits-no-values, sd-fits-no-scores and sd-fits-no-share
    hold only for a figure that was cut off, or for an SD divided by n.

    Applies where those rules apply and find the figure possible. Danger: the paper does it
    throughout; waive it once for all outcomes. Source: as for those rules.

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
        analysed: 24
        measure: tsfd-scale
        quantity: value
        mean: 4.16
        #     ^ figure-cut-off
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
        analysed: 24
        measure: tsfd-scale
        quantity: value
        mean: 4.17
    ```
    """
    for found in scored(study, corpus):
        field = None
        if not mean_fits(found, strictly=True) and mean_fits(found):
            field = "mean"
        elif (
            found.outcome.sd is not None
            and mean_fits(found, strictly=True)
            and not sd_fits(found, strictly=True)
            and sd_fits(found)
        ):
            field = "sd"
        if field is not None:
            shown = number_text(getattr(found.outcome, field))
            how = "cut off" if field == "mean" else "cut off or divided by n instead of n - 1"
            yield Problem(
                (*found.where, field),
                f"{shown} is possible for {found.n} values only if it was {how}.",
                "Check the number; if the source prints it so, leave it and add a waiver.",
            )
