"""W02."""

from collections.abc import Iterator

from curate.rule import Problem, WaiverUse, rule


@rule("W02")
def unused_waiver(use: WaiverUse) -> Iterator[Problem]:
    """Refuse a waiver that accepts nothing, or nothing at one of its places.

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

    ```yaml
    # records/studies/proceedings-1998.yaml
    id: proceedings-1998
    title: A series that was only presented at a meeting
    status: in_review
    design: case-series
    adverse_events_reported: not-reported
    waivers:
      - rule: study-without-pmid
        at:
          - pmid
          - outcomes.better
    #       ^ unused-waiver
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
    if use.rule is None or not use.rule.waivable:
        return
    where, places = ("waivers", use.position), use.waiver.places
    if not use.used:
        named = " or ".join(f"`{place}`" for place in places)
        yield Problem(
            where,
            f"Nothing at {named} breaks the rule {use.waiver.rule}.",
            f"Delete the waiver, or correct its `at:`: {_FORM}",
        )
        return
    for number, place in enumerate(places):
        if number not in use.used:
            yield Problem(
                (*where, "at", number),
                f"Nothing at `{place}` breaks the rule {use.waiver.rule}, or what does is covered "
                "by a place before it.",
                f"Delete this place from the list, or correct it: {_FORM}",
            )


_FORM = "field names and ids joined by dots, such as `outcomes.score-12-mo`."
