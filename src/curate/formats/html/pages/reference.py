"""The page of a reference: the paper, what became of it, and what leans on it."""

from curate.formats.html.citation import (
    citation,
    doi,
    is_doubtful,
    notice_words,
    pmcid,
    pubmed,
    registration,
    vancouver,
)
from curate.formats.html.linked_data import of_record
from curate.formats.html.markup import Html, Inside, join, tag
from curate.formats.html.missing import Missing
from curate.formats.html.page import Page, facts, sections, standing, view_of
from curate.formats.html.parts import claims_list, note
from curate.formats.html.site import Site, View, address
from curate.formats.html.words import day, meanings, number, words
from curate.kinds.reference import Notice, Noticed, Reference


def reference_page(site: Site, reference: Reference) -> Page:
    """Return the page of a reference."""
    view = view_of(site, address(reference))
    missing = Missing(view, reference)
    missing.note_all(reference)
    reasons = missing.listed()
    main = join(
        tag("h1", reference.title),
        standing(view, reference),
        _doubt(reference),
        tag("p", citation(view, reference, details=False), class_="paper"),
        _facts(reference),
        note(reference),
        _notices(reference),
        _used(view, reference),
        reasons and sections(reasons, heading="What was accepted", id_="--not-reported"),
    )
    data = of_record(site, reference, [reference.pmid])
    return Page(address(reference), reference.title, vancouver(reference), main, data, reference)


def _doubt(reference: Reference) -> Html | None:
    if not is_doubtful(reference):
        return None
    text = "This paper was retracted, or its journal has doubts about it. Do not lean on it."
    return tag("p", text, class_="doubt", role="note")


def _facts(reference: Reference) -> Html | None:
    complete = {True: " (all)", False: " (others are missing from this list)", None: ""}
    authors = ", ".join(reference.authors) or "Not known"
    became = reference.publication_status
    return facts(
        ("Authors", authors + complete[reference.authors_complete]),
        ("Title in the original", reference.title_in_original),
        ("Journal", reference.journal),
        ("Year", None if reference.year is None else number(reference.year)),
        ("Published", reference.published and day(reference.published)),
        ("Volume", reference.volume),
        ("Issue", reference.issue),
        ("Pages", reference.pages),
        ("PubMed", pubmed(reference.pmid)),
        ("DOI", reference.doi and doi(reference.doi)),
        ("PubMed Central", reference.pmcid and pmcid(reference.pmcid)),
        ("Kind of paper", ", ".join(reference.publication_types)),
        ("Registrations", join(*map(registration, reference.registrations), by=", ")),
        ("What became of it", became and meanings("reference", "publication_status")[became]),
        ("How this entry came to be", meanings("reference", "origin")[reference.origin]),
        ("Taken on", reference.retrieved and day(reference.retrieved)),
        ("Last revised in PubMed", reference.revised and day(reference.revised)),
        ("Digest of what was taken", reference.digest and tag("code", reference.digest)),
    )


def _notices(reference: Reference) -> Html | None:
    about = [tag("li", _notice(notice)) for notice in reference.notices]
    of = [tag("li", _noticed(notice)) for notice in reference.notice_of]
    if not about and not of:
        return None
    return sections(
        tag("ul", about) if about else None,
        tag("p", "This entry is itself a notice, and no evidence:") if of else None,
        tag("ul", of) if of else None,
        heading="Notices",
        id_="--notices",
    )


def _notice(notice: Notice) -> Html:
    said: list[Inside] = [tag("strong", notice_words(notice.type)), notice.citation]
    said.append(None if notice.pmid is None else pubmed(notice.pmid, f"PubMed {notice.pmid}"))
    said.append(None if notice.doi is None else doi(notice.doi))
    said.append(notice.note and tag("span", notice.note, class_="prose"))
    return join(*said, by=" · ")


def _noticed(notice: Noticed) -> Html:
    said: list[Inside] = [tag("strong", f"{words(notice.type)} of"), notice.citation]
    said.append(None if notice.pmid is None else pubmed(notice.pmid, f"PubMed {notice.pmid}"))
    return join(*said, by=" · ")


def _used(view: View, reference: Reference) -> Html:
    claims = [one for one in view.site.claims if reference.pmid in one.claim.pmids]
    records = [
        tag("li", view.link(record), tag("span", f" ({record.kind})", class_="fine"))
        for record in view.site.citing.get(reference.pmid, ())
    ]
    said = claims_list(view, claims)
    return sections(
        tag("ul", records) if records else tag("p", "Nothing here cites it."),
        said and join(tag("h3", "Statements that cite it"), said),
        heading="What leans on it",
        id_="--used",
    )
