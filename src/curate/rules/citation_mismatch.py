"""E21."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from curate.corpus import Corpus
from curate.evidence.references import references
from curate.kinds.reference import Reference
from curate.kinds.study import Study
from curate.parts.citation import Citation
from curate.rule import Problem, rule
from curate.same_paper import same_author, same_journal, same_title, same_year


@rule("E21", needs=("pmid",))
def citation_mismatch(study: Study, corpus: Corpus) -> Iterator[Problem]:
    """Refuse a PMID whose paper is another than the one that the record describes.

    One digit off is a real paper, only another one. Without a `citation`, a study whose title is
    that of another reference, or whose id names the author and year of another one, is taken for
    that paper.

    Formula: title, first author, journal and year of `citation` are those of the reference with the
    study's PMID; case, punctuation, accents, abbreviated journals, brackets around a translated
    title and a year between electronic and printed publication do not matter.

    Applies where the reference is in the corpus. Danger: a title that PubMed has corrected since.
    Source: PubMed's own entry, as of the day in the reference.

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
    # records/references/pmid-99999993.yaml
    id: pmid-99999993
    title: Another operation altogether
    status: in_review
    pmid: 99999993
    authors:
      - Ignotus C
      - Nemo B
    journal: J Invent Neurol
    year: 2011
    origin: fetched
    retrieved: "2026-11-01"
    digest: ac0844458cb7cb8de20fdf0d07446b4f8bd140860f749e166af2f3c89c1d3106
    # records/studies/fictus-2019.yaml
    id: fictus-2019
    title: Thalamotomy in people who do not exist
    status: in_review
    pmid: 99999993
    #     ^ citation-mismatch
    design: case-series
    adverse_events_reported: not-reported
    citation:
      first_author: Fictus
      year: 2019
      title: Thalamotomy in an Invented Series
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
    origin: fetched
    retrieved: "2026-11-01"
    digest: a1f700ed62b799b62ba30c1f876ed311121136bb43c16ee8887cb09496b54efb
    # records/references/pmid-99999993.yaml
    id: pmid-99999993
    title: Another operation altogether
    status: in_review
    pmid: 99999993
    authors:
      - Ignotus C
      - Nemo B
    journal: J Invent Neurol
    year: 2011
    origin: fetched
    retrieved: "2026-11-01"
    digest: ac0844458cb7cb8de20fdf0d07446b4f8bd140860f749e166af2f3c89c1d3106
    # records/studies/fictus-2019.yaml
    id: fictus-2019
    title: Thalamotomy in people who do not exist
    status: in_review
    pmid: 99999993
    #     ^ citation-mismatch
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
    # records/references/pmid-99999993.yaml
    id: pmid-99999993
    title: Another operation altogether
    status: in_review
    pmid: 99999993
    authors:
      - Ignotus C
      - Nemo B
    journal: J Invent Neurol
    year: 2011
    origin: fetched
    retrieved: "2026-11-01"
    digest: ac0844458cb7cb8de20fdf0d07446b4f8bd140860f749e166af2f3c89c1d3106
    # records/studies/fictus-2019.yaml
    id: fictus-2019
    title: Thalamotomy in people who do not exist
    status: in_review
    pmid: 99999991
    design: case-series
    adverse_events_reported: not-reported
    citation:
      first_author: Fictus
      year: 2018
      title: Thalamotomy in an Invented Series
    ```
    """
    for _, _, reference in references(study, corpus):
        yield from _mismatch(study, reference, corpus)


def _mismatch(study: Study, reference: Reference, corpus: Corpus) -> Iterator[Problem]:
    if study.citation is None:
        meant = _meant_by_id_or_title(study, reference, corpus)
        if meant is not None:
            yield Problem(
                ("pmid",),
                f"PMID {reference.pmid} is {_said(reference)}; this record is of another paper.",
                f"Did you mean PMID {meant.pmid}, {_said(meant)}?",
            )
        return
    wrong = _differences(study.citation, reference)
    if wrong:
        meant = _meant(study.citation, corpus)
        guess = "" if meant is None else f" Did you mean PMID {meant.pmid}, {_said(meant)}?"
        yield Problem(
            ("citation", wrong[0]) if len(wrong) == 1 and meant is None else ("pmid",),
            f"PMID {reference.pmid} is {_said(reference)}; the citation gives another "
            f"{_listed(wrong)}.",
            f"Look the paper up by its title and correct the PMID or the citation.{guess}",
        )


def _differences(citation: Citation, reference: Reference) -> list[str]:
    """Return the fields in which a citation speaks of another paper than a reference."""
    wrong = []
    if citation.title is not None and not _has_title(reference, citation.title):
        wrong.append("title")
    if citation.first_author is not None and _other_author(reference, citation.first_author):
        wrong.append("first_author")
    if citation.journal is not None and reference.journal is not None:
        wrong += [] if same_journal(citation.journal, reference.journal) else ["journal"]
    if citation.year is not None and reference.year is not None:
        wrong += [] if same_year(citation.year, reference.year) else ["year"]
    return wrong


def _meant(citation: Citation, corpus: Corpus) -> Reference | None:
    """Return the one reference that a citation fits, if it says enough to tell."""
    if citation.title is None and (citation.first_author is None or citation.year is None):
        return None
    if citation.title is not None:
        known: Iterable[Reference] = corpus.references_titled(citation.title)
    else:
        known = corpus.references_by_pmid.values()
    return _only(one for one in known if not _differences(citation, one))


def _meant_by_id_or_title(study: Study, own: Reference, corpus: Corpus) -> Reference | None:
    """Return the reference that a study is of, where it is plainly not the one of its PMID."""
    if not _has_title(own, study.title):
        known = (one for one in corpus.references_titled(study.title) if one.pmid != own.pmid)
        titled = _only(one for one in known if _has_title(one, study.title))
        if titled is not None:
            return titled
    name, year = _named(study.id)
    if year is None or own.year is None or not own.authors:
        return None
    if same_year(year, own.year) and any(same_author(name, author) for author in own.authors):
        return None
    return _only(
        one
        for one in corpus.references_by(name, year)
        if one.pmid != own.pmid and same_author(name, one.authors[0])
    )


def _named(id_: str) -> tuple[str, int | None]:
    """Take author and year out of an id such as `van-der-berg-2019-pain`."""
    found = re.match(r"([a-z-]+)-((?:19|20)[0-9]{2})(?:-|$)", id_)
    return (found[1].replace("-", " "), int(found[2])) if found else ("", None)


def _has_title(reference: Reference, title: str) -> bool:
    known = (reference.title, reference.title_in_original)
    return any(one is not None and same_title(one, title) for one in known)


def _other_author(reference: Reference, name: str) -> bool:
    """Tell whether a reference has another first author; a list with gaps cannot tell."""
    if not reference.authors:
        return False
    if reference.origin == "by-hand" and reference.authors_complete is False:
        return False
    return not same_author(name, reference.authors[0])


def _only(found: Iterable[Reference]) -> Reference | None:
    """Return the one that was found, or nothing where there are several or none."""
    first, second = [*islice(found, 2), None, None][:2]
    return first if second is None else None


def _said(reference: Reference) -> str:
    about = [reference.authors[0] if reference.authors else "", reference.journal or ""]
    year = "" if reference.year is None else str(reference.year)
    source = ", ".join(part for part in (*about, year) if part)
    return f"“{reference.title}”" + (f" ({source})" if source else "")


def _listed(fields: list[str]) -> str:
    words = [field.replace("_", " ") for field in fields]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
