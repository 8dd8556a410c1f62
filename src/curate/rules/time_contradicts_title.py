"""T11."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from curate.duration import days_in, in_days
from curate.evidence.look import look
from curate.evidence.prose import UNITS, Mention, mentions
from curate.evidence.wording import may_hold
from curate.finding import Severity
from curate.kinds.study import Study
from curate.parts.result import Result
from curate.results import results
from curate.rule import Problem, rule


@rule("T11", severity=Severity.WARNING, needs=("follow_up",))
def time_contradicts_title(study: Study) -> Iterator[Problem]:
    """Warn of a result whose title names another time than its `follow_up`.

    Nothing else in a study fixes the time of a result, so a digit that is mistyped there would go
    out to every reader. The title says the time a second time.

    Formula: one of the times that the title names is `follow_up`, `follow_up_from` or the time in
    `time_frame`, in days; a year is 12 months.

    Applies to outcomes and adverse events whose title names a time in words or digits with its
    unit, and whose `follow_up` is a time. Danger: a title that names another time on purpose, such
    as how long an attack lasted; write its time as well. Source: the rules of this corpus.

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
      - id: improved
        title: Improved at 12 months
        group: all
        follow_up: 2 mo
        #          ^ time-contradicts-title
        analysed: 150
        count: 120
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
      - id: improved
        title: Improved at one year
        group: all
        follow_up: 12 mo
        analysed: 150
        count: 120
    ```
    """
    if not may_hold(look(study).titles, UNITS):
        return
    for where, result in results(study):
        if result.follow_up is None or in_days(result.follow_up) is None:
            continue
        named = _times(result.title)
        if named and _days(named).isdisjoint(_recorded(result)):
            said = " and ".join(f"{one.text} {one.unit}" for one in named)
            yield Problem(
                (*where, "follow_up"),
                f"The title says {said}, and `follow_up` {result.follow_up}.",
                "Check both. If the title means another time, let it name this one as well.",
            )


def _recorded(result: Result) -> set[Fraction]:
    """Return the times of a result in days."""
    given = [in_days(time) for time in (result.follow_up, result.follow_up_from) if time]
    framed = _days(_times(result.time_frame)) if result.time_frame is not None else set()
    return framed.union(one for one in given if one is not None)


def _times(text: str) -> list[Mention]:
    """Return the times that a text names."""
    if not may_hold(text.lower(), UNITS):
        return []
    return [one for one in mentions(text) if one.kind == "time"]


def _days(named: Iterable[Mention]) -> set[Fraction]:
    return {Fraction(one.value) * days_in(one.unit) for one in named}
