"""T05."""

from collections.abc import Iterator

from curate.kinds.study import Study
from curate.record import Record
from curate.rule import Problem, rule


@rule("T05", waivable=False, needs=("conduct or review",))
def dates_out_of_order(record: Record) -> Iterator[Problem]:
    """Refuse an end before its beginning.

    Holds for when a study was carried out, for a review and the day of the next, and for a waiver.
    Dates are compared as far as both are known: 2017 does not come before 2017-02.

    Bad:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    conduct:
      start: "2017-02"
      end: "2003-10"
    #      ^ dates-out-of-order
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
    conduct:
      start: "2003-10"
      end: "2017-02"
    ```
    """
    conduct = record.conduct if isinstance(record, Study) else None
    if conduct is not None and _before(conduct.end, conduct.start):
        yield Problem(
            ("conduct", "end"),
            f"The study is said to end in {conduct.end} and to begin in {conduct.start}.",
            "Check both dates; they may have changed places.",
        )
    review = record.review
    if review is not None and _before(review.next, review.date):
        yield Problem(
            ("review", "next"),
            f"The next review, {review.next}, comes before this one, {review.date}.",
            "Check both dates.",
        )

    for index, waiver in enumerate(record.waivers):
        if _before(waiver.until, waiver.date):
            yield Problem(
                ("waivers", index, "until"),
                f"The waiver is said to hold until {waiver.until}, and to be from {waiver.date}.",
                "Check both dates.",
            )


def _before(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return False
    known = min(len(one), len(other))
    return one[:known] < other[:known]
