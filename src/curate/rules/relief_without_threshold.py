"""E10."""

import re
from collections.abc import Iterator

from curate.evidence.look import look
from curate.evidence.wording import may_hold
from curate.finding import Severity
from curate.kinds.study import Study
from curate.rule import Problem, rule


@rule("E10", severity=Severity.NOTICE, needs=("outcomes: count or percent, no threshold",))
def relief_without_threshold(study: Study) -> Iterator[Problem]:
    """Ask what counts as relief where a share of people is said to have it.

    Relief in 67 % can mean 67 % who had half of their pain relieved, or any of it. The threshold,
    the count and the scale make it comparable.

    Formula: none; a share of responders needs the change that makes a responder.

    Applies to outcomes with a count or percentage whose title speaks of relief, responders or
    success, and that have no `threshold`. Danger: a title that says the threshold itself is left
    alone when it holds a number or a fraction. Source: IMMPACT, Smith and others 2020.

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
      - id: relief
      # ^ relief-without-threshold
        title: Pain relief
        group: all
        follow_up: 1 wk
        analysed: 40
        count: 20
        percent: 50
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
      - id: relief
        title: Pain relief
        group: all
        follow_up: 1 wk
        analysed: 40
        count: 20
        percent: 50
        threshold: at least 50 % less pain on the VAS
    ```
    """
    if not may_hold(look(study).titles, _STEMS):
        return
    for index, outcome in enumerate(study.outcomes):
        counted = outcome.count is not None or outcome.percent is not None
        if counted and outcome.threshold is None and _needs_one(outcome.title):
            yield Problem(
                ("outcomes", index),
                f"The outcome `{outcome.id}` does not say what counts as `{outcome.title}`.",
                "Add `threshold:` with the scale, such as at least 50 % less on the VAS. If the "
                "source does not say, add a waiver.",
            )


_STEMS = ("relief", "responder", "success")
_TELLING = re.compile(r"\b(?:relief|responders?|success)\b", re.IGNORECASE)
_EXACT = re.compile(
    r"[0-9]|\b(?:half|third|quarter|free|complete|all|good|fair|poor|excellent)\b", re.IGNORECASE
)


def _needs_one(title: str) -> bool:
    return _TELLING.search(title) is not None and _EXACT.search(title) is None
