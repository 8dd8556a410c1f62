"""Show claims with what carries them: the papers, and the figures that they link to."""

from collections.abc import Iterator
from typing import Any

from click import style

from curate.corpus import Corpus
from curate.kinds.reference import Reference
from curate.page.figures import figures
from curate.page.lines import bullet, heading, said
from curate.printable import printable
from curate.wrapping import wrapped

_INDENT = 2


def claims(value: Any, corpus: Corpus, width: int) -> Iterator[str]:
    """Yield each claim with its text, its certainty, its evidence and its papers."""
    listed = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    if listed:
        yield from heading("claims")
    for claim in listed:
        yield from _claim(claim, corpus, width)


def _claim(claim: dict[str, Any], corpus: Corpus, width: int) -> Iterator[str]:
    certainty = claim.get("certainty")
    rating = said(certainty.get("rating")) if isinstance(certainty, dict) else ""
    about = [said(claim[key]) for key in ("about",) if key in claim]
    about += [f"certainty {rating}"] if rating else []
    behind = f" ({', '.join(about)})" if about else ""
    yield style(said(claim.get("id", "a claim")), bold=True) + style(behind, dim=True)
    margin = " " * _INDENT
    yield from (margin + line for line in wrapped(said(claim.get("text", "")), width - _INDENT))
    for link in _listed(claim, "evidence"):
        yield from bullet(_evidence(str(link), corpus), width, _INDENT)
    for pmid in _listed(claim, "pmids"):
        yield from bullet(paper(pmid, corpus), width, _INDENT)


def paper(pmid: Any, corpus: Corpus) -> str:
    """Name a paper by its PMID, and by what its reference says."""
    reference = corpus.references_by_pmid.get(pmid) if isinstance(pmid, int) else None
    return f"PMID {said(pmid)}" + ("" if reference is None else f": {_cited(reference)}")


def _cited(reference: Reference) -> str:
    authors = reference.authors
    first = f"{authors[0]}{' et al.' if len(authors) > 1 else ''}" if authors else ""
    where = " ".join(str(part) for part in (reference.journal, reference.year) if part)
    gone = reference.publication_status
    status = [gone.upper()] if gone in {"retracted", "concern"} else []
    parts = [part.rstrip(".") for part in (*status, first, reference.title, where) if part]
    return printable(". ".join(parts))


def _evidence(link: str, corpus: Corpus) -> str:
    study, _, result = link.partition("#")
    entry = corpus.entry("study", study)
    value = (entry.document.value or {}) if entry is not None else {}
    for key in ("outcomes", "adverse_events"):
        for part in _listed(value, key):
            if isinstance(part, dict) and part.get("id") == result:
                found = [said(part.get("title", "")), figures(part)]
                return f"{printable(link)}: {': '.join(filter(None, found))}"
    return f"{printable(link)}: not there"


def _listed(part: dict[str, Any], key: str) -> list[Any]:
    found = part.get(key)
    return found if isinstance(found, list) else []
