"""E29."""

from collections.abc import Iterator

from curate.finding import Severity
from curate.kinds.reference import Reference
from curate.rule import Problem, rule


@rule("E29", severity=Severity.NOTICE, waivable=False)
def reference_not_verified(reference: Reference) -> Iterator[Problem]:
    """Note a reference that was entered by hand.

    It passes, and nobody knows whether PubMed says the same, or whether the paper still stands. The
    notices are counted; `curate refs fetch` makes an end of them.

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
    origin: by-hand
    #       ^ reference-not-verified
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
    ```
    """
    if reference.origin == "by-hand":
        yield Problem(
            ("origin",),
            "The reference was entered by hand and not compared with PubMed.",
            f"Run `curate refs fetch {reference.pmid}`.",
        )
