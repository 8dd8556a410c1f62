"""The search page, and the index that its script reads: no server is asked."""

from collections.abc import Iterator

from curate.formats.html.linked_data import of_site
from curate.formats.html.markup import join, tag
from curate.formats.html.page import FOLDERS, Page
from curate.formats.html.site import Claiming, Site, address
from curate.formats.html.words import headed
from curate.json_text import encode
from curate.kinds import KINDS, AnyRecord
from curate.kinds.condition import Condition
from curate.kinds.measure import Measure
from curate.kinds.procedure import Procedure
from curate.kinds.reference import Reference
from curate.kinds.study import Study


def search_page(site: Site) -> Page:
    """Return the page that searches, or that leads to the lists where no script runs."""
    lists = [
        tag("li", tag("a", name, href=f"{KINDS[kind].folder}/index.html"))
        for kind, name in FOLDERS.items()
    ]
    main = join(
        tag("h1", "Search"),
        tag("p", "", id="--found", role="status"),
        tag("ol", id="--results", class_="results"),
        tag(
            "div",
            tag("p", "Searching needs JavaScript. Without it, these lists have everything:"),
            tag("ul", lists),
            id="--lists",
        ),
        tag("script", src="search-index.js", defer=True),
    )
    return Page(
        "search.html", "Search", "Find a record, a statement or a result.", main, of_site(site)
    )


def index(site: Site) -> Iterator[bytes]:
    """Write the index as a script, which a browser also reads from a disk: one entry a line.

    An entry is what it is, its title, its address, what it is part of, and further words to find
    it by.
    """
    yield b'"use strict";\nglobalThis.searchIndex = ['
    before = b"\n"
    for kind in KINDS.values():
        for record in site.all(kind):
            for entry in _entries(record):
                yield before + encode(list(entry), indent=None)
                before = b",\n"
    yield b"\n];\n"


_Indexed = tuple[str, str, str, str, str]


def _entries(record: AnyRecord) -> Iterator[_Indexed]:
    at = address(record)
    yield headed(record.kind), record.title, at, "", " ".join(_words(record))
    if isinstance(record, Procedure | Condition):
        yield from _claims(record)
    elif isinstance(record, Study):
        for one in (*record.outcomes, *record.adverse_events):
            what = "Adverse event" if one in record.adverse_events else "Outcome"
            yield what, one.title, f"{at}#{one.id}", record.title, ""


def _claims(record: Claiming) -> Iterator[_Indexed]:
    for claim in record.claims:
        papers = " ".join(map(str, claim.pmids))
        at = f"{address(record)}#{claim.id}"
        yield headed(claim.about), claim.text, at, record.title, papers


def _words(record: AnyRecord) -> Iterator[str]:
    """Yield what a record is found by beside its title."""
    yield record.id
    if isinstance(record, Procedure | Condition | Measure):
        yield from record.synonyms
        yield record.description or ""
        yield from (code.code for code in record.codes)
    if isinstance(record, Measure):
        yield record.abbreviation or ""
    if isinstance(record, Study):
        yield str(record.pmid or "")
        yield from record.registrations
    if isinstance(record, Reference):
        yield from (
            str(record.pmid),
            record.doi or "",
            record.journal or "",
            str(record.year or ""),
        )
        yield from record.authors
