"""E20."""

from collections.abc import Iterator

from curate.cited import Citing, cited
from curate.corpus import Corpus
from curate.kinds.reference import Reference
from curate.rule import Problem, rule


@rule("E20", completeness=True, needs=("pmid or pmids",))
def pmid_without_reference(record: Citing, corpus: Corpus) -> Iterator[Problem]:
    """Require a reference for every PMID that is cited.

    A PMID that was mistyped or made up looks like any other. The reference holds what PubMed says
    of the paper, as of a date, so that it can be compared offline. Said in a corpus that holds
    references, and from the first record on where `curate.toml` says `require_references = true`,
    as `curate init` writes it.

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
    origin: fetched
    retrieved: "2026-11-01"
    digest: a1f700ed62b799b62ba30c1f876ed311121136bb43c16ee8887cb09496b54efb
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
          - 99999992
        #   ^ pmid-without-reference
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
    ```
    """
    if not (corpus.config.require_references or corpus.has(Reference)):
        return
    for where, pmid in cited(record):
        if not corpus.exists("reference", f"pmid-{pmid}"):
            yield Problem(
                where,
                f"Nothing is known of the paper with PMID {pmid}.",
                f"Run `curate refs fetch {pmid}`, or `curate refs import` with a file that PubMed "
                "exported, and see whether it is the paper that is meant.",
            )
