"""N16."""

from collections.abc import Iterator
from math import floor

from curate.corpus import Corpus
from curate.document import number_text
from curate.evidence.scale import mean_fits, scored, sd_fits
from curate.kinds.study import Study
from curate.rule import Problem, rule
from curate.statistics.debit import variance
from curate.statistics.roots import root_text


@rule(
    "N16",
    needs=("outcomes: mean, sd, analysed, measure or values",),
)
def sd_fits_no_share(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a standard deviation that does not follow from a share.

    Where everybody has 0 or 1, the mean fixes the SD, so one of the two is mistyped.

    Formula: some k gives both printed figures, with mean k / n and SD √(k (n - k) / (n (n - 1))),
    where k is how many have 1.

    Applies where `analysed` is given and the outcome says `values: yes-no`, or its measure has only
    two values. An SD divided by n is allowed for. Danger: a share of another number of people.
    Source: the test known as DEBIT.

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
        analysed: 40
        values: yes-no
        unit: "1"
        mean: 0.25
        sd: 0.34
        #   ^ sd-fits-no-share
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
        analysed: 40
        values: yes-no
        unit: "1"
        mean: 0.25
        sd: 0.44
    ```
    """
    for found in scored(study, corpus):
        sd = found.outcome.sd
        if sd is None or found.scale.top != 1 or not mean_fits(found) or sd_fits(found):
            continue
        # A mean that is cut off, or off the scale, may seem to be of more than there are.
        count = min(max(floor(found.mean().high * found.n), 0), found.n)
        yield Problem(
            (*found.where, "sd"),
            f"{count} of {found.n} have a standard deviation of "
            f"{root_text(variance(count, found.n), 3)}, not {number_text(sd)}.",
            "Check mean, SD and the number analysed.",
        )
