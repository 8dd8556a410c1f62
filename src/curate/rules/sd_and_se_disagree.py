"""N27."""

from collections.abc import Iterator

from curate.document import number_text
from curate.kinds.study import Study
from curate.rounding import printed
from curate.rule import Problem, rule
from curate.statistics.roots import root_text


@rule(
    "N27",
    needs=("outcomes: sd, se",),
)
def sd_and_se_disagree(study: Study) -> Iterator[Problem]:
    """Refuse a standard error that is not the standard deviation divided by √n.

    Where both are printed, one gives the other. Else one is mistyped, or the two have changed
    places.

    Formula: se² = sd² / n, all roundings tried.

    Applies where `sd`, `se` and `analysed` are given and the mean is not adjusted. Danger: a
    standard error from a model. Source: Altman and Bland 2005 (BMJ 331:903).

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
        analysed: 25
        unit: cm
        mean: 4.3
        sd: 2.0
        se: 0.80
        #   ^ sd-and-se-disagree
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
        analysed: 25
        unit: cm
        mean: 4.3
        sd: 2.0
        se: 0.40
    ```
    """
    for index, outcome in enumerate(study.outcomes):
        n, sd, se = outcome.analysed, outcome.sd, outcome.se
        if not n or sd is None or se is None or outcome.adjusted or outcome.hedge is not None:
            continue
        squares = printed(sd).squared()
        if not squares.meets(printed(se).squared().times(n)):
            yield Problem(
                ("outcomes", index, "se"),
                f"A standard deviation of {number_text(sd)} in {n} gives a standard error of "
                f"{root_text(squares.low / n, 3)} to {root_text(squares.high / n, 3)}, not "
                f"{number_text(se)}.",
                "Check both and the number analysed; they may have changed places.",
            )
