"""N11."""

from collections.abc import Iterator

from curate.kinds.study import Study
from curate.parts.follow_up import FollowUp
from curate.parts.result import Outcome
from curate.rule import Problem, rule


@rule(
    "N11",
    completeness=True,
    needs=(
        (
            "follow_up: mean or sd or median or q1 or q3 or min or max, no unit | "
            "outcomes: value or mean or median or sd or se or q1 or q3 or min or max, no "
            "unit, no measure"
        ),
    ),
)
def figure_without_unit(study: Study) -> Iterator[Problem]:
    """Require a unit, or a measure, on every figure that was measured.

    A mean of 4.30 can be points, centimetres or months, and whoever pools it has to know.

    Formula: none; a mean, median, value, SD, SE, quartile or range needs a unit.

    Applies to an outcome, which says it with `measure` or `unit`, and to a follow-up, which says it
    with `unit`; counts, percentages and ratios need none. Danger: none. Source: the record format.

    Bad:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    follow_up:
    #< figure-without-unit
      mean: 25.4
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    outcomes:
      - id: score-1-wk
      # ^ figure-without-unit
        title: Dystonia score at 1 week
        group: all
        follow_up: 1 wk
        analysed: 171
        mean: 4.33
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
    follow_up:
      mean: 25.4
      unit: mo
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    outcomes:
      - id: score-1-wk
        title: Dystonia score at 1 week
        group: all
        follow_up: 1 wk
        analysed: 171
        unit: "{score}"
        mean: 4.33
    ```
    """
    follow_up = study.follow_up
    if follow_up is not None and follow_up.unit is None and _measured(follow_up):
        yield Problem(
            ("follow_up",),
            "The figures of the follow-up have no unit.",
            "Add `unit:` with d, wk, mo or a (years).",
        )
    for index, outcome in enumerate(study.outcomes):
        if (
            outcome.unit is None
            and outcome.measure is None
            and not outcome.given.isdisjoint(_FIGURES)
            and outcome.quantity not in {"percent-change", "percent-improvement"}
            and _measured(outcome)
        ):
            yield Problem(
                ("outcomes", index),
                f"The figures of the outcome `{outcome.id}` have no unit.",
                "Add `measure:` with the id of the scale, or `unit:` such as `mo` or `{score}`.",
            )


def _measured(figures: FollowUp | Outcome) -> bool:
    given = figures.given & _FIGURES
    return any(getattr(figures, field) is not None for field in given)


_FIGURES = frozenset({"value", "mean", "median", "sd", "se", "q1", "q3", "min", "max"})
