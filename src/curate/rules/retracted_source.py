"""E22."""

from collections.abc import Iterator

from curate.cited import Citing
from curate.corpus import Corpus
from curate.evidence.references import references
from curate.rule import Problem, rule


@rule("E22", needs=("pmid or pmids",))
def retracted_source(record: Citing, corpus: Corpus) -> Iterator[Problem]:
    """Refuse to lean on a paper that was retracted.

    What was withdrawn carries nothing, however often it is still cited. Where a retracted paper
    must be named, as in a claim about the retraction itself, a waiver says why.

    Formula: none; the reference says `publication_status: retracted`.

    Applies where the reference is in the corpus. Danger: not listed is not the same as fine; how
    old the answer is stands in the reference, and stale-reference asks for a newer one. Source:
    PubMed's own entry, as of the day in the reference.

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
      - Journal Article
      - Retracted Publication
    publication_status: retracted
    notices:
      - type: retraction
        pmid: 99999995
        citation: J Invent Neurol. 2021;4(2):99
    origin: fetched
    retrieved: "2026-11-01"
    digest: b4b3135e2ab8d587cf8436c9725ba2921e7bd0477be9846fb989829d1125d8c4
    # records/procedures/thalamotomy.yaml
    id: thalamotomy
    title: Thalamotomy
    status: in_review
    note: What was read says nothing of harms.
    claims:
      - id: relief-lasts
        about: benefit
        text: Scores were still better than before the operation when last measured.
        pmids:
          - 99999991
        #   ^ retracted-source
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
    publication_types:
      - Journal Article
      - Retracted Publication
    publication_status: retracted
    notices:
      - type: retraction
        pmid: 99999995
        citation: J Invent Neurol. 2021;4(2):99
    origin: fetched
    retrieved: "2026-11-01"
    digest: b4b3135e2ab8d587cf8436c9725ba2921e7bd0477be9846fb989829d1125d8c4
    # records/procedures/thalamotomy.yaml
    id: thalamotomy
    title: Thalamotomy
    status: in_review
    note: What was read says nothing of harms.
    claims:
      - id: relief-lasts
        about: benefit
        text: Scores were still better than before the operation when last measured.
        pmids:
          - 99999991
    waivers:
      - rule: retracted-source
        at: claims.relief-lasts
        reason: The claim says what was believed before the paper was withdrawn.
        by: The editors
        date: "2026-11-22"
    ```
    """
    for where, pmid, reference in references(record, corpus):
        if reference.publication_status == "retracted":
            yield Problem(
                where,
                f"The paper with PMID {pmid} was retracted.",
                "Take the citation out, with what rests on it alone; or say in a waiver why the "
                "paper is named all the same.",
            )
