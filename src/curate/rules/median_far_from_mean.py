"""N19."""

from collections.abc import Iterator

from curate.document import number_text
from curate.finding import Where
from curate.kinds.study import Study
from curate.parts.follow_up import FollowUp
from curate.parts.result import Outcome
from curate.rounding import printed
from curate.rule import Problem, rule


@rule(
    "N19",
    needs=("follow_up, outcomes: mean, median, sd",),
)
def median_far_from_mean(study: Study) -> Iterator[Problem]:
    """Refuse a mean and a median further apart than the standard deviation.

    Whatever was measured, the mean and the median are at most one standard deviation apart. One of
    the three is mistyped, or is of other people.

    Formula: |mean - median| ≤ s.

    Applies where an outcome or the study's follow-up gives all three, with rounding and cutting off
    allowed for. Danger: a median that is of a change beside a mean of values. Source: the
    inequality of Hotelling and Solomons.

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
        sd: 0.8
        median: 5.9
        #       ^ median-far-from-mean
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
        sd: 0.8
        median: 4.9
    ```
    """
    if study.follow_up is not None:
        yield from _apart(study.follow_up, ("follow_up",))
    for index, outcome in enumerate(study.outcomes):
        yield from _apart(outcome, ("outcomes", index))


def _apart(figures: FollowUp | Outcome, where: Where) -> Iterator[Problem]:
    mean, median, sd = figures.mean, figures.median, figures.sd
    if mean is None or median is None or sd is None:
        return
    one, other, most = printed(mean), printed(median), printed(sd).high
    if other.low - one.high > most or one.low - other.high > most:
        yield Problem(
            (*where, "median"),
            f"The median {number_text(median)} is further from the mean {number_text(mean)} than "
            f"the standard deviation {number_text(sd)}, which cannot be.",
            "Check the three numbers, and that they are of the same people and the same quantity.",
        )
