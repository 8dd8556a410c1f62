"""E23."""

from collections.abc import Iterator

from curate.cited import Citing
from curate.corpus import Corpus
from curate.evidence.references import references
from curate.finding import Severity
from curate.rule import Problem, rule


@rule("E23", severity=Severity.WARNING, needs=("pmid or pmids",))
def expression_of_concern(record: Citing, corpus: Corpus) -> Iterator[Problem]:
    """Warn of a paper that its journal has expressed concern about.

    The journal doubts the paper and has not decided yet. A waiver says why it is leaned on
    meanwhile.

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
    publication_status: concern
    notices:
      - type: expression-of-concern
        pmid: 99999995
    origin: fetched
    retrieved: "2026-11-01"
    digest: 620c9485748aab666161073c5a1d18f397426e12865e6e4e6465e343ed1a2ab0
    # records/studies/fictus-2019.yaml
    id: fictus-2019
    title: Thalamotomy in people who do not exist
    status: in_review
    pmid: 99999991
    #     ^ expression-of-concern
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
    publication_status: concern
    notices:
      - type: expression-of-concern
        pmid: 99999995
    origin: fetched
    retrieved: "2026-11-01"
    digest: 620c9485748aab666161073c5a1d18f397426e12865e6e4e6465e343ed1a2ab0
    # records/studies/fictus-2019.yaml
    id: fictus-2019
    title: Thalamotomy in people who do not exist
    status: in_review
    pmid: 99999991
    design: case-series
    adverse_events_reported: not-reported
    waivers:
      - rule: expression-of-concern
        at: pmid
        reason: The concern is about a figure that is not used here.
        by: The editors
        date: "2026-11-22"
    ```
    """
    for where, pmid, reference in references(record, corpus):
        if reference.publication_status == "concern":
            yield Problem(
                where,
                f"The journal has expressed concern about the paper with PMID {pmid}.",
                "Read the notice; then take the citation out, or say in a waiver why it stays.",
            )
