"""N36."""

from collections.abc import Iterator
from fractions import Fraction

from curate.duration import in_days
from curate.finding import Severity
from curate.kinds.study import Study
from curate.results import results
from curate.rule import Problem, rule


@rule(
    "N36",
    severity=Severity.WARNING,
    needs=("follow_up: planned, no max", "outcomes, adverse_events: follow_up"),
)
def time_beyond_plan(study: Study) -> Iterator[Problem]:
    """Warn of a result from later than the study planned to follow its people.

    A trial that was to last 12 months has no result at 24, unless it was extended. Either time is
    wrong, often by its unit.

    Formula: time ≤ `follow_up.planned`, in days. A visit may be a tenth late.

    Applies where `planned` is given and no longest follow-up (time-beyond-follow-up has that), to
    every outcome and adverse event with a time. Danger: an extension that is reported in the same
    paper; write its end as `planned`. Source: arithmetic of times.

    Bad:

    ```yaml
    # records/studies/bond-2017.yaml
    id: bond-2017
    title: Focused ultrasound thalamotomy against sham
    status: in_review
    pmid: 29084313
    design: randomized-trial
    adverse_events_reported: not-reported
    follow_up:
      planned: 12 wk
    groups:
      - id: fus
        label: Focused ultrasound thalamotomy
        enrolled: 20
    outcomes:
      - id: tremor
        title: Tremor relieved
        group: fus
        follow_up: 12 mo
        #          ^ time-beyond-plan
        analysed: 20
        count: 12
    ```

    Good:

    ```yaml
    # records/studies/bond-2017.yaml
    id: bond-2017
    title: Focused ultrasound thalamotomy against sham
    status: in_review
    pmid: 29084313
    design: randomized-trial
    adverse_events_reported: not-reported
    follow_up:
      planned: 12 mo
    groups:
      - id: fus
        label: Focused ultrasound thalamotomy
        enrolled: 20
    outcomes:
      - id: tremor
        title: Tremor relieved
        group: fus
        follow_up: 12 mo
        analysed: 20
        count: 12
    ```
    """
    follow_up = study.follow_up
    planned = None if follow_up is None or follow_up.max is not None else follow_up.planned
    latest = in_days(planned or "")
    if latest is None:
        return
    for where, result in results(study):
        time = in_days(result.follow_up or "")
        if time is not None and time > latest * _LATEST:
            yield Problem(
                (*where, "follow_up"),
                f"{result.follow_up} is later than the study planned to follow its people, "
                f"{planned}.",
                "Check both times and their units; if the study was extended, write the end of the "
                "extension as `planned:`.",
            )


_LATEST = Fraction(11, 10)
