"""T01."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR

from curate.fields import marked
from curate.marks import Day
from curate.record import Record
from curate.rule import Problem, rule


@rule(
    "T01",
    waivable=False,
    needs=("date or end or next or published or retrieved or revised or start or until",),
)
def not_a_date(record: Record) -> Iterator[Problem]:
    """Refuse a day or a month that the calendar does not have.

    30 February is a slip that no program notices until somebody sorts by date.

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
      start: "2003-10-00"
    #        ^ not-a-date
      end: "2017-02-30"
    #      ^ not-a-date
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
    for found in marked(record, Day):
        year, month, day = (*map(int, found.value.split("-")), 1, 1)[:3]
        if not MINYEAR <= year <= MAXYEAR:
            yield Problem(found.where, "There is no year 0.", "Check the year.")
        elif not 1 <= month <= _MONTHS:
            yield Problem(
                found.where,
                f"There is no month {month}.",
                "A date is written year, month, day: 2003-10-31 is the 31st of October.",
            )
        elif not 1 <= day <= monthrange(year, month)[1]:
            last = monthrange(year, month)[1]
            yield Problem(
                found.where,
                f"{found.value[:7]} has no day {day}; its last is {last}.",
                "Check the day, or leave it out where a month is enough.",
            )


_MONTHS = 12
