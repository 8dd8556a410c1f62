"""N31."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.document import number_text
from curate.duration import days_between, days_in
from curate.kinds.reference import Reference
from curate.kinds.study import Study
from curate.rounding import printed
from curate.rule import Problem, rule


@rule(
    "N31",
    needs=("follow_up: max, unit", "conduct: start", "pmid"),
)
def follow_up_beyond_publication(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a follow-up longer than the time from the study's start to its publication.

    Nobody can have been followed for longer than there was time. Often the unit is wrong, months
    for weeks.

    Formula: longest follow-up ≤ publication - start, in days; each date counts as its most generous
    day.

    Applies where `conduct.start`, `follow_up.max` with its unit, and the reference's date or year
    are known; an electronic publication a year before the printed one makes no difference. Danger:
    people treated before the study began. Source: arithmetic of dates.

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
      start: "2003-10"
    follow_up:
      min: 3
      max: 365
      #    ^ follow-up-beyond-publication
      unit: mo
    # records/references/pmid-30587520.yaml
    id: pmid-30587520
    title: A series of people with hand dystonia
    status: in_review
    pmid: 30587520
    year: 2019
    origin: fetched
    retrieved: "2026-11-01"
    digest: 3c53cf7648d5015f63e3fa48f1c6a2a2a2c63ac57caeff49e449c50dc3e8c280
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
    follow_up:
      min: 3
      max: 165
      unit: mo
    # records/references/pmid-30587520.yaml
    id: pmid-30587520
    title: A series of people with hand dystonia
    status: in_review
    pmid: 30587520
    year: 2019
    origin: fetched
    retrieved: "2026-11-01"
    digest: 3c53cf7648d5015f63e3fa48f1c6a2a2a2c63ac57caeff49e449c50dc3e8c280
    ```
    """
    follow_up, conduct = study.follow_up, study.conduct
    if follow_up is None or follow_up.max is None or follow_up.unit is None:
        return
    if conduct is None or conduct.start is None or study.pmid is None:
        return
    reference = corpus.get(Reference, f"pmid-{study.pmid}")
    if reference is None:
        return
    given = [str(reference.year) if reference.year is not None else None, reference.published]
    known = [days for date in given if date and (days := days_between(conduct.start, date))]
    if known and printed(follow_up.max).low * days_in(follow_up.unit) > max(known):
        yield Problem(
            ("follow_up", "max"),
            f"The longest follow-up, {number_text(follow_up.max)} {follow_up.unit}, does not fit "
            f"between the start in {conduct.start} and the publication in "
            f"{reference.published or reference.year}.",
            "Check the number, its unit and the dates.",
        )
