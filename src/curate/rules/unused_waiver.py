"""W02."""

from collections.abc import Iterator

from curate.rule import Problem, WaiverUse, rule


@rule("W02")
def unused_waiver(use: WaiverUse) -> Iterator[Problem]:
    """Refuse a waiver that accepts nothing.

    What it excused has been mended or moved; left in place, it would excuse the next mistake.

    Bad:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    waivers:
      - rule: study-without-pmid
    #   ^ unused-waiver
        at: pmid
        reason: PubMed does not list the paper.
        by: The editors
        date: "2026-11-22"
    ```

    Good:

    ```yaml
    # records/studies/proceedings-1998.yaml
    id: proceedings-1998
    title: A series that was only presented at a meeting
    status: in_review
    design: case-series
    adverse_events_reported: not-reported
    waivers:
      - rule: study-without-pmid
        at: pmid
        reason: PubMed does not list the paper.
        by: The editors
        date: "2026-11-22"
    ```
    """
    if not use.used and use.rule is not None and use.rule.waivable:
        yield Problem(
            ("waivers", use.position),
            f"Nothing at `{use.waiver.at}` breaks the rule {use.waiver.rule}.",
            "Delete the waiver, or correct its `at:`: field names and ids joined by dots, such as "
            "`outcomes.score-12-mo`.",
        )
