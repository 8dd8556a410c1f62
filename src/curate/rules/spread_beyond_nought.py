"""N30."""

from collections.abc import Iterator

from curate.document import number_text
from curate.finding import Severity, Where
from curate.kinds.study import Study
from curate.parts.follow_up import FollowUp
from curate.parts.result import Outcome
from curate.rule import Problem, rule


@rule(
    "N30",
    severity=Severity.NOTICE,
    needs=(
        (
            "follow_up: mean, sd, no median, no min, no max | outcomes: mean, sd, no "
            "median, no min, no max"
        ),
    ),
)
def spread_beyond_nought(study: Study) -> Iterator[Problem]:
    """Ask for the median where mean and SD describe times or counts badly.

    A time or a count is never below nought. Where mean - 2 SD is, the values are skewed: few large
    ones pull the mean up, and a median with quartiles says more.

    Formula: mean < 2 s.

    Applies to the study's follow-up, to outcomes in a unit of time, and to `values: whole-numbers`,
    where neither a median nor a range is given. Danger: none; the figures may be right, so this is
    a notice. Source: Altman and Bland 1996 (BMJ 313:1200).

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
        unit: mo
        mean: 4.3
        sd: 3.9
        #   ^ spread-beyond-nought
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
        unit: mo
        mean: 4.3
        sd: 3.9
        median: 3.1
    ```
    """
    if study.follow_up is not None:
        yield from _skewed(study.follow_up, ("follow_up",))
    for index, outcome in enumerate(study.outcomes):
        if outcome.mean is None:
            continue
        measured = outcome.unit in _TIMES or outcome.values == "whole-numbers"
        if measured and outcome.quantity in {None, "value"}:
            yield from _skewed(outcome, ("outcomes", index))


_TIMES = frozenset({"min", "h", "d", "wk", "mo", "a"})


def _skewed(figures: FollowUp | Outcome, where: Where) -> Iterator[Problem]:
    mean, sd = figures.mean, figures.sd
    if mean is None or sd is None or mean >= 2 * sd or mean < 0:
        return
    if figures.median is None and figures.min is None and figures.max is None:
        yield Problem(
            (*where, "sd"),
            f"With a mean of {number_text(mean)} and a standard deviation of {number_text(sd)} "
            "the values are skewed.",
            "If the source prints the median and quartiles or the range, add them.",
        )
