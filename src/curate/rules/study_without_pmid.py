"""E06."""

from collections.abc import Iterator

from curate.kinds.study import Study
from curate.rule import Problem, rule


@rule("E06", completeness=True, needs=("no pmid",))
def study_without_pmid(study: Study) -> Iterator[Problem]:
    """Require the PubMed id of the paper that a study is taken from.

    It is the one thing by which a reader finds the source, and by which its correction or
    retraction is noticed. A paper that PubMed does not list gets a waiver that says so.

    Bad:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    #< study-without-pmid
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    design: retrospective-cohort
    adverse_events_reported: not-reported
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
    ```
    """
    if study.pmid is None:
        yield Problem(
            ("pmid",),
            "The study does not say which paper it is taken from.",
            "Look the paper up in PubMed and add `pmid:`. If it is not listed there, add a waiver "
            "at `pmid` with the reason.",
        )
