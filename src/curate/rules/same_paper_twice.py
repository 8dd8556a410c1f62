"""E26."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.kinds.reference import Reference
from curate.kinds.study import Study
from curate.rule import Problem, rule
from curate.same_paper import paper_keys, same_author


@rule("E26", needs=("doi or origin",))
def same_paper_twice(record: Study | Reference, corpus: Corpus) -> Iterator[Problem]:
    """Refuse the same paper under two PMIDs or DOIs.

    One series cited as two is counted twice. Two references are of the same paper if they have the
    same DOI or PMCID, or the same title, first author and year; an abstract and its reprint, too. A
    paper that was withdrawn and published again, and a notice, bear the title of another on
    purpose.

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
    # records/references/pmid-99999992.yaml
    id: pmid-99999992
    title: Thalamotomy in an invented series
    status: in_review
    pmid: 99999992
    #     ^ same-paper-twice
    authors:
      - Fictus A
      - Nemo B
    journal: J Invent Neurol
    year: 2019
    origin: fetched
    retrieved: "2026-11-01"
    digest: d4687f4769980b652e73b221f39a21a93ae783dc2e5a3584d8a992bc7c1c6763
    ```

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
    doi: 10.99999/invented.1
    origin: fetched
    retrieved: "2026-11-01"
    digest: 7fc6f7bb6726f240dc91349d215f149c9c1e2762fcffeb4726dc7259b5c18fb3
    # records/studies/fictus-2019.yaml
    id: fictus-2019
    title: Thalamotomy in people who do not exist
    status: in_review
    doi: 10.99999/INVENTED.1
    #    ^ same-paper-twice
    waivers:
      - rule: study-without-pmid
        at: pmid
        reason: Nobody looked.
        by: The editors
        date: "2026-11-22"
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
    # records/references/pmid-99999992.yaml
    id: pmid-99999992
    title: Thalamotomy in an invented series, part 2
    status: in_review
    pmid: 99999992
    authors:
      - Fictus A
      - Nemo B
    journal: J Invent Neurol
    year: 2019
    origin: fetched
    retrieved: "2026-11-01"
    digest: 2eb1775e1e1caf1197b2303216a6fa023f8eb0c831d39fab59759ff55ec11c16
    ```
    """
    if isinstance(record, Reference):
        yield from _reference(record, corpus)
    else:
        yield from _study(record, corpus)


def _reference(reference: Reference, corpus: Corpus) -> Iterator[Problem]:
    """Name a reference if one of a smaller PMID is of the same paper."""
    keys = paper_keys(reference.title, reference.doi, reference.pmcid)
    known = (other for key in keys for other in _before(reference, key, corpus))
    other = next((one for one in known if one.pmid != reference.pmid), None)
    if other is not None and not _linked(reference, other):
        yield Problem(
            ("pmid",),
            f"This is the same paper as PMID {other.pmid}.",
            "Look both up in PubMed; keep the PMID of the paper itself, cite that one, and "
            "delete the other reference.",
        )


def _before(reference: Reference, key: str, corpus: Corpus) -> Iterator[Reference]:
    """Yield the references that a key makes the same paper, up to this one by PMID."""
    for other in sorted(corpus.references_with(key), key=lambda one: one.pmid):
        if other is reference:
            return
        if _same(key, reference, other):
            yield other


def _study(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """Name a study without a PMID whose paper has one, or is another study's."""
    if study.doi is None or study.pmid is not None:
        return
    papers = corpus.references_with(f"doi:{study.doi.casefold()}")
    first = corpus.studies_with_doi(study.doi)[0]
    if papers:
        said = f"The paper with this DOI has the PMID {papers[-1].pmid}."
        help_ = f"Write `pmid: {papers[-1].pmid}`."
    elif first.id != study.id:
        said = f"The study `{first.id}` is of the paper with this DOI, too."
        help_ = "Keep one record of the study, or correct the DOI."
    else:
        return
    yield Problem(("doi",), said, help_)


def _same(key: str, one: Reference, other: Reference) -> bool:
    """Tell whether a key that two references share makes them one paper."""
    if not key.startswith("title:"):
        return True
    return (
        bool(one.authors and other.authors)
        and same_author(one.authors[0], other.authors[0])
        and one.year is not None
        and one.year == other.year
    )


def _linked(one: Reference, other: Reference) -> bool:
    """Tell whether one is a notice, or was published again as the other."""
    if one.notice_of or other.notice_of:
        return True
    noticed = {notice.pmid for notice in (*one.notices, *other.notices)}
    return bool(noticed & {one.pmid, other.pmid})
