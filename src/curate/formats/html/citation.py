"""A paper as readers cite it (Vancouver style), linked to where it can be read."""

from curate.formats.html.markup import Html, Inside, join, tag
from curate.formats.html.site import View
from curate.formats.html.words import brief_day, words
from curate.kinds.reference import Reference

_MOST_AUTHORS = 6
_FEW_WORDS = 4
_STANDING = {
    "retracted": ("Retracted", "bad"),
    "concern": ("Expression of concern", "bad"),
    "corrected": ("Corrected", "note"),
}
_OF_NOTICE = {
    "retraction": ("Retracted", "bad"),
    "retracted-and-republished": ("Retracted and republished", "bad"),
    "expression-of-concern": ("Expression of concern", "bad"),
    "erratum": ("Corrected", "note"),
    "corrected-and-republished": ("Corrected and republished", "note"),
    "update": ("Updated", "note"),
}


def vancouver(reference: Reference) -> str:
    """Return a citation as plain text, without identifiers."""
    published = brief_day(reference.published) if reference.published else _year(reference)
    where = ";".join(part for part in (published, _volume(reference)) if part)
    parts = [
        _ended(_authors(reference)),
        _ended(reference.title),
        _ended(reference.journal or ""),
        f"{where}{f':{reference.pages}' if reference.pages else ''}.",
    ]
    return " ".join(part for part in parts if part not in {"", "."})


def citation(view: View, reference: Reference, *, details: bool = True) -> Html:
    """Return a citation with its links, and what became of the paper."""
    links: list[Inside] = [pubmed(reference.pmid, f"PubMed {reference.pmid}")]
    if reference.doi:
        links.append(doi(reference.doi))
    if reference.pmcid:
        links.append(pmcid(reference.pmcid))
    if details:
        links.append(view.link(reference, "Details"))
    return join(
        tag("cite", vancouver(reference)),
        standing(reference),
        tag("span", join(*links, by=" · "), class_="links"),
        by=" ",
    )


def cited(view: View, pmid: int) -> Html:
    """Return a citation by PMID; of a paper without a reference, the PMID is all that is known."""
    reference = view.site.references.get(pmid)
    if reference is None:
        return join("No reference is recorded. ", pubmed(pmid, f"PubMed {pmid}"))
    return citation(view, reference)


def short(reference: Reference) -> str:
    """Return first author and year: `Horisawa S et al. 2019`."""
    if reference.authors:
        more = len(reference.authors) > 1 or reference.authors_complete is False
        who = f"{reference.authors[0]}{' et al.' if more else ''}"
    else:
        who = _beginning(reference.title)
    return " ".join(part for part in (who, _year(reference)) if part)


def standing(reference: Reference) -> Html | None:
    """Return marks for what became of a paper: from its status and from the notices about it."""
    said = [_STANDING.get(reference.publication_status or "")]
    said += [_OF_NOTICE[notice.type] for notice in reference.notices]
    marks = dict.fromkeys(one for one in said if one is not None)
    if not marks:
        return None
    return join(*(tag("strong", text, class_=f"mark {class_}") for text, class_ in marks), by=" ")


def is_doubtful(reference: Reference) -> bool:
    """Tell whether a paper was retracted, or its journal has doubts about it."""
    grave = {"retraction", "retracted-and-republished", "expression-of-concern"}
    return reference.publication_status in {"retracted", "concern"} or any(
        notice.type in grave for notice in reference.notices
    )


def pubmed(pmid: int, text: Inside = None) -> Html:
    """Return a link to a paper's page in PubMed."""
    said = str(pmid) if text is None else text
    return tag("a", said, href=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/", rel="external")


def doi(name: str) -> Html:
    """Return a link by DOI."""
    href = f"https://doi.org/{name.replace('%', '%25').replace('#', '%23').replace('?', '%3F')}"
    return tag("a", f"doi:{name}", href=href, rel="external")


def pmcid(name: str) -> Html:
    """Return a link to the full text in PubMed Central."""
    return tag("a", name, href=f"https://pmc.ncbi.nlm.nih.gov/articles/{name}/", rel="external")


def registration(name: str) -> Html:
    """Return a link to a trial's registration, where the registry's address is known."""
    if name.startswith("NCT"):
        return tag("a", name, href=f"https://clinicaltrials.gov/study/{name}", rel="external")
    if name.startswith("ISRCTN"):
        return tag("a", name, href=f"https://www.isrctn.com/{name}", rel="external")
    return join(name)


def notice_words(kind: str) -> str:
    """Return what a notice is, in words."""
    return _OF_NOTICE[kind][0] if kind in _OF_NOTICE else words(kind)


def _beginning(title: str) -> str:
    """Return as much of a title as tells papers without authors apart."""
    first = title.split()
    kept = " ".join(first[:_FEW_WORDS])
    return f"“{kept}…”" if len(first) > _FEW_WORDS else f"“{kept}”"


def _authors(reference: Reference) -> str:
    named = ", ".join(reference.authors[:_MOST_AUTHORS])
    more = len(reference.authors) > _MOST_AUTHORS or reference.authors_complete is False
    return f"{named}, et al" if named and more else named


def _year(reference: Reference) -> str:
    return "" if reference.year is None else str(reference.year)


def _volume(reference: Reference) -> str:
    return f"{reference.volume or ''}{f'({reference.issue})' if reference.issue else ''}"


def _ended(text: str) -> str:
    """Return a text with a full stop, unless it ends in a mark of its own."""
    return text if not text or text[-1] in ".?!" else f"{text}."
