"""W06."""

from collections.abc import Iterator
from datetime import date

from curate.corpus import Corpus
from curate.counted import counted
from curate.rule import Problem, WaiverUse, rule


@rule("W06")
def expired_waiver(use: WaiverUse, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a waiver whose last day has passed.

    `until:` is how an editor asks to be reminded: the full text was ordered, an author was written
    to. What the waiver accepts stays accepted until it is dealt with, so that there is one thing to
    do and not two. The day is that of the clock, or of SOURCE_DATE_EPOCH.

    Bad:

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
        reason: PubMed does not list the paper; its publisher was asked.
        by: The editors
        date: "2026-01-15"
        until: "2026-06-30"
    #          ^ expired-waiver
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
        reason: PubMed does not list the paper; its publisher was asked.
        by: The editors
        date: "2026-01-15"
        until: "2099-12-31"
    ```
    """
    until = use.waiver.until
    if until is None or not use.used or until < use.waiver.date:
        return  # which the rules unused-waiver and dates-out-of-order say
    try:
        days = (corpus.today - date.fromisoformat(until)).days
    except ValueError:
        return  # which the rule not-a-date says
    if days > 0:
        yield Problem(
            ("waivers", use.position, "until"),
            f"The waiver of {use.waiver.rule} held until {until}; that was "
            f"{counted(days, 'day')} ago.",
            "Mend what it accepts and delete it, or look again, and write a later day and who "
            "decided so.",
        )
