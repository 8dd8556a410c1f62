"""C06."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.kinds.study import Study
from curate.rule import Problem, rule


@rule("C06", needs=("pmid",))
def two_studies_one_pmid(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a second record of the same paper.

    Two records of one paper count its people twice, and drift apart as soon as one is corrected. A
    retired record does not count.

    Bad:

    ```yaml
    # records/studies/horisawa-2018.yaml
    id: horisawa-2018
    title: Thalamotomy for hand dystonia, entered for the news page
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    #     ^ two-studies-one-pmid
    design: retrospective-cohort
    adverse_events_reported: not-reported
    ```

    Good:

    ```yaml
    # records/studies/horisawa-2018.yaml
    id: horisawa-2018
    title: Thalamotomy for hand dystonia, entered for the news page
    status: retired
    replaced_by: horisawa-2019
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    ```
    """
    if study.pmid is None or study.status == "retired":
        return
    if len(corpus.files_of_paper(study.pmid)) == 1:
        return
    known = corpus.studies_of(study.pmid)
    first = next((one for one in known if one.status != "retired"), study)
    if first is not study:
        yield Problem(
            ("pmid",),
            f"The study `{first.id}` is a record of this paper already.",
            "Move what is new here into that record and delete this one, or correct the PMID.",
        )
