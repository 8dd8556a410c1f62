"""E27."""

from collections.abc import Iterator
from datetime import date

from curate.corpus import Corpus
from curate.duration import in_days
from curate.finding import Severity
from curate.kinds.reference import Reference
from curate.rule import Problem, rule


@rule("E27", severity=Severity.WARNING)
def stale_reference(reference: Reference, corpus: Corpus) -> Iterator[Problem]:
    """Warn of a reference that was last compared with PubMed too long ago.

    Papers are corrected and retracted years later. `max_reference_age` in `curate.toml` says how
    old the comparison may be; without it, any age is allowed. The day is that of the clock, or of
    SOURCE_DATE_EPOCH.

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
    retrieved: "2024-06-30"
    #          ^ stale-reference
    digest: 780a5ca8c7da51cc5d3e63bef130dca4f8e417fc35946f27b8fe51a044ff0d3f
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
    longest = in_days(corpus.config.max_reference_age)
    if longest is None or reference.origin == "by-hand" or reference.retrieved is None:
        return
    try:
        retrieved = date.fromisoformat(reference.retrieved)
    except ValueError:
        return  # which the rule not-a-date says
    days = (corpus.today - retrieved).days
    if days > longest:
        yield Problem(
            ("retrieved",),
            f"PubMed was asked about this paper {days} days ago; `curate.toml` allows "
            f"{corpus.config.max_reference_age}.",
            "Run `curate refs check --write`.",
        )
