"""E08."""

from collections.abc import Iterator

from curate.kinds.study import Study
from curate.parts.result import AdverseEvent, Outcome
from curate.results import results, said
from curate.rule import Problem, rule


@rule(
    "E08",
    completeness=True,
    needs=(
        (
            "outcomes, adverse_events: no count, no percent, no p, no value, no mean, no "
            "median, no q1, no q3, no min, no max, no sd, no se, no ci, no effect"
        ),
    ),
)
def outcome_without_figures(study: Study) -> Iterator[Problem]:
    """Require on every outcome and adverse event at least one figure.

    An entry without a figure looks like a result and says nothing. Harms that the source only
    names stay without figures, once the study says `adverse_events_reported: named-only`.

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
      - id: reoperated
        label: People operated on again
        enrolled: 9
    follow_up:
      mean: 25.4
      unit: mo
    outcomes:
      - id: reoperation-improved
      # ^ outcome-without-figures
        title: Improved after the second operation
        group: reoperated
        follow_up: study
        analysed: 9
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
      - id: reoperated
        label: People operated on again
        enrolled: 9
    follow_up:
      mean: 25.4
      unit: mo
    outcomes:
      - id: reoperation-improved
        title: Improved after the second operation
        group: reoperated
        follow_up: study
        analysed: 9
        count: 7
    ```
    """
    named_only = study.adverse_events_reported == "named-only"
    for where, result in results(study):
        if not _prints_something(result) and not (named_only and where[0] == "adverse_events"):
            yield Problem(
                where,
                f"{said(result)} gives no figure.",
                "Add what the source prints, such as `count:`, `percent:`, `mean:` or `effect:`, "
                "or take the entry out.",
            )


def _prints_something(result: Outcome | AdverseEvent) -> bool:
    if result.count is not None or result.percent is not None:
        return True
    return any(getattr(result, field) is not None for field in result.given & _FIGURES)


_FIGURES = frozenset(
    {
        *("p", "value", "mean", "median", "q1", "q3", "min", "max", "sd", "se", "ci"),
        "effect",
    }
)
