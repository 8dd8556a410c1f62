"""E24."""

from collections.abc import Iterator

from curate.cited import Citing
from curate.corpus import Corpus
from curate.evidence.references import references
from curate.rule import Problem, rule


@rule("E24", needs=("pmid or pmids",))
def notice_as_evidence(record: Citing, corpus: Corpus) -> Iterator[Problem]:
    """Refuse to cite a notice as if it were a paper.

    A retraction, a correction or an expression of concern has its own PMID, one search result away
    from that of the paper. It reports no patients.

    Bad:

    ```yaml
    # records/references/pmid-99999991.yaml
    id: pmid-99999991
    title: Thalamotomy in an invented series
    status: in_review
    pmid: 99999991
    authors:
      - Fictus A
      - Nemo B
    journal: J Invent Neurol
    year: 2019
    publication_types:
      - Retraction of Publication
    publication_status: published
    notice_of:
      - type: retraction
        pmid: 99999992
    origin: fetched
    retrieved: "2026-11-01"
    digest: 01e484b6fa9470afb6fd2619d95e25650b885bf2a8fc66fac2f01fe5575a218b
    # records/studies/fictus-2019.yaml
    id: fictus-2019
    title: Thalamotomy in people who do not exist
    status: in_review
    pmid: 99999991
    #     ^ notice-as-evidence
    design: case-series
    adverse_events_reported: not-reported
    ```

    Good:

    ```yaml
    # records/references/pmid-99999991.yaml
    id: pmid-99999991
    title: Thalamotomy in an invented series
    status: in_review
    pmid: 99999991
    authors:
      - Fictus A
      - Nemo B
    journal: J Invent Neurol
    year: 2019
    origin: fetched
    retrieved: "2026-11-01"
    digest: a1f700ed62b799b62ba30c1f876ed311121136bb43c16ee8887cb09496b54efb
    # records/studies/fictus-2019.yaml
    id: fictus-2019
    title: Thalamotomy in people who do not exist
    status: in_review
    pmid: 99999991
    design: case-series
    adverse_events_reported: not-reported
    ```
    """
    for where, pmid, reference in references(record, corpus):
        if not reference.notice_of:
            continue
        notice = reference.notice_of[0]
        of = f"of PMID {notice.pmid}" if notice.pmid is not None else "of another paper"
        yield Problem(
            where,
            f"PMID {pmid} is no paper but a notice: {_SAID[notice.type]} {of}.",
            "Cite the paper itself if it still stands; a notice carries no claim.",
        )


_SAID = {
    "retraction": "the retraction",
    "erratum": "a correction",
    "expression-of-concern": "an expression of concern",
}
