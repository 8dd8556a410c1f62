"""E07."""

from collections.abc import Iterator

from curate.kinds.study import Study
from curate.rule import Problem, rule


@rule("E07", completeness=True, needs=("adverse_events_reported",))
def adverse_events_not_stated(study: Study) -> Iterator[Problem]:
    """Require that what is said of harms fits the harms that are listed.

    Harms are left out more often than benefits, and a list that is empty can mean that there were
    none, that nobody looked, or that the editor did not get there. `adverse_events_reported` says
    which; it must not say something else than the list.

    Formula: none; `with-counts` needs a list, `named-only` one without figures, `none-observed`
    none above nought, and `not-reported` none at all.

    Applies to every study. Danger: harms that stand in the full text only, which was not read;
    `read:` says so. Source: Gewandter and others 2018, the supplement to CONSORT for pain.

    Bad:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: with-counts
    #                        ^ adverse-events-not-stated
    ```

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: none-observed
    #                        ^ adverse-events-not-stated
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    follow_up:
      mean: 25.4
      unit: mo
    adverse_events:
      - id: permanent
        title: Any permanent adverse event
        group: all
        follow_up: study
        analysed: 171
        count: 6
    ```

    Good:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: with-counts
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    follow_up:
      mean: 25.4
      unit: mo
    adverse_events:
      - id: permanent
        title: Any permanent adverse event
        group: all
        follow_up: study
        analysed: 171
        count: 6
    ```
    """
    said, listed = study.adverse_events_reported, study.adverse_events
    if said == "with-counts" and listed:
        return
    figures = [event.count if event.count is not None else event.percent for event in listed]
    counted = any(figure is not None for figure in figures)
    observed = any(figure is None or figure > 0 for figure in figures)
    if said == "with-counts" and not listed:
        yield _off(
            "The study is said to report harms with counts, and none is listed.",
            "List them below `adverse_events:`, or say here what the source reports.",
        )
    elif said == "named-only" and counted:
        yield _off(
            "The harms are said to be named only, and some are listed with figures.",
            "Write `with-counts`.",
        )
    elif said == "none-observed" and observed:
        yield _off(
            "It is said that no harm was observed, and harms are listed.",
            "Write `with-counts` or `named-only`, or correct the list.",
        )
    elif said == "not-reported" and listed:
        yield _off(
            "Harms are said not to be reported, and some are listed.",
            "Write `with-counts`, `named-only` or `none-observed`.",
        )


def _off(message: str, advice: str) -> Problem:
    return Problem(("adverse_events_reported",), message, advice)
