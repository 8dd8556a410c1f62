"""E25."""

from collections.abc import Iterator

from curate.cited import Citing
from curate.corpus import Corpus
from curate.evidence.references import references
from curate.finding import Severity
from curate.rule import Problem, rule


@rule("E25", severity=Severity.WARNING, needs=("pmid or pmids",))
def erratum_not_acknowledged(record: Citing, corpus: Corpus) -> Iterator[Problem]:
    """Warn of a cited paper with a correction that nobody has looked at.

    A correction may change the very figure that is cited. Its `note` in the reference says in your
    own words what it corrects, and so that somebody has compared; a new fetch leaves the note in
    place.

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
    publication_status: corrected
    notices:
      - type: erratum
        pmid: 99999995
        citation: J Invent Neurol. 2020;3(1):12
    origin: fetched
    retrieved: "2026-11-01"
    digest: "0b6d33a4fb7c17d815b5c1726377af6ebb8699be62e845cb1505a861bff8c2fc"
    # records/studies/fictus-2019.yaml
    id: fictus-2019
    title: Thalamotomy in people who do not exist
    status: in_review
    pmid: 99999991
    #     ^ erratum-not-acknowledged
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
    publication_status: corrected
    notices:
      - type: erratum
        pmid: 99999995
        citation: J Invent Neurol. 2020;3(1):12
        note: One author's name was misspelt; no figure changes.
    origin: fetched
    retrieved: "2026-11-01"
    digest: "0b6d33a4fb7c17d815b5c1726377af6ebb8699be62e845cb1505a861bff8c2fc"
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
        for notice in reference.notices:
            if notice.type in _CORRECTIONS and notice.note is None:
                at = f" ({notice.citation})" if notice.citation else ""
                yield Problem(
                    where,
                    f"A correction of the paper with PMID {pmid} was published{at}.",
                    "Compare what is cited with the correction; then write what it corrects as "
                    f"`note:` of the notice in the reference `pmid-{pmid}`.",
                )
                break


_CORRECTIONS = frozenset({"erratum", "corrected-and-republished"})
