"""One page of the site: what all pages share around what is their own."""

from typing import Any, Final, NamedTuple

from curate import __version__
from curate.formats.html.citation import vancouver
from curate.formats.html.linked_data import script
from curate.formats.html.markup import Html, Inside, join, tag
from curate.formats.html.site import Site, View
from curate.formats.html.table import Table
from curate.formats.html.words import day, words
from curate.kinds import KINDS
from curate.kinds.reference import Reference
from curate.plots import Picture
from curate.record import Record

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
"""The Content-Security-Policy: nothing from elsewhere, and no script or style within a page."""

FOLDERS: Final = {
    "procedure": "Procedures",
    "condition": "Conditions",
    "study": "Studies",
    "measure": "Measures",
    "reference": "References",
}


class Page(NamedTuple):
    """What one page says, before the frame of the site is put around it."""

    path: str
    """Its address from the root of the site."""
    title: str
    description: str
    main: Html
    data: dict[str, Any]
    """What it is about, as JSON-LD."""
    record: Record | None = None
    tables: tuple[Table, ...] = ()
    """Its tables, each of which is a file beside it, too."""
    pictures: tuple[Picture, ...] = ()
    """Its pictures, likewise."""


def view_of(site: Site, path: str) -> View:
    """Return the site as the page at an address sees it."""
    return View(site, "../" * path.count("/"))


def written(site: Site, page: Page) -> bytes:
    """Return a page as it is stored."""
    view = view_of(site, page.path)
    html = tag("html", _head(view, page), _body(view, page), lang="en")
    return f"<!doctype html>\n{html}\n".encode()


def sections(*inside: Inside, heading: str, id_: str, class_: str | None = None) -> Html:
    """Return a section with its heading."""
    title = tag("h2", heading, id=id_)
    return tag("section", title, *inside, class_=class_, aria_labelledby=id_)


def facts(*rows: tuple[str, Inside]) -> Html | None:
    """Return facts as a list of names and values; those without a value are left out."""
    known = [(name, join(value)) for name, value in rows]
    shown = [join(tag("dt", name), tag("dd", value)) for name, value in known if value]
    return tag("dl", [tag("div", row) for row in shown], class_="facts") if shown else None


def standing(view: View, record: Record) -> Html:
    """Say how far a record is, who reviewed it and when, and what to do about a retired one."""
    review = record.review
    said: list[Inside] = []
    if record.status == "approved" and review is not None:
        said = [tag("strong", "Approved"), " by ", _reviewer(record), ", ", day(review.date), "."]
    elif record.status == "retired":
        said = [tag("strong", "Retired"), ": no longer held to be right."]
    else:
        said = [
            tag("strong", f"{words(record.status).capitalize()}: not reviewed by clinicians."),
            " No clinician has approved what this page says.",
        ]
    if (instead := _instead(view, record)) is not None:
        said += [" ", instead]
    if review is not None and record.status != "approved":
        said += [" A review by ", _reviewer(record), " is on record, ", day(review.date), "."]
    if review is not None and review.next is not None:
        said += [" Next review by ", day(review.next), "."]
    return tag("p", said, class_=f"standing {record.status}", role="note")


def _reviewer(record: Record) -> Html:
    review = record.review
    if review is None:
        return Html("")
    if review.orcid is None:
        return join(review.by)
    return tag("a", review.by, href=f"https://orcid.org/{review.orcid}", rel="external")


def _instead(view: View, record: Record) -> Html | None:
    """Say why a record was retired, and what takes its place."""
    said: list[Inside] = []
    if record.retired_because is not None:
        said.append(tag("span", record.retired_because, class_="prose"))
    if record.replaced_by is not None:
        link = view.named(KINDS[record.kind], record.replaced_by)
        said.append(join("See ", link, " instead."))
    return join(*said, by=" ") if said else None


def _head(view: View, page: Page) -> Html:
    config = view.site.corpus.config
    title = page.title if page.title == config.title else f"{page.title} – {config.title}"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("meta", name="description", content=page.description),
        tag("meta", name="generator", content=f"curate {__version__}"),
        tag("link", rel="stylesheet", href=f"{view.up}style.css"),
        tag("link", rel="icon", href=f"{view.up}icon.svg", type="image/svg+xml"),
        tag("script", src=f"{view.up}site.js", defer=True),
        script(page.data),
    )


def _body(view: View, page: Page) -> Html:
    config = view.site.corpus.config
    kind = page.path.partition("/")[0]
    links = [
        tag(
            "li",
            tag(
                "a",
                name,
                href=f"{view.up}{KINDS[one].folder}/index.html",
                aria_current="true" if KINDS[one].folder == kind else None,
            ),
        )
        for one, name in FOLDERS.items()
    ]
    links.append(
        tag(
            "li",
            tag(
                "a",
                "How to read",
                href=f"{view.up}about.html",
                aria_current="page" if page.path == "about.html" else None,
            ),
        )
    )
    return tag(
        "body",
        tag("a", "Skip to the content", href="#main", class_="skip"),
        tag(
            "header",
            tag("a", config.title, href=f"{view.up}index.html", class_="home"),
            _search(view),
            tag("nav", tag("ul", links), aria_label="Site"),
            class_="site",
        ),
        tag(
            "main",
            page.main,
            id="main",
            tabindex=-1,
            data_commit=view.site.corpus.commit,
            **({} if page.record is None else view.site.origin(page.record).attributes()),
        ),
        tag("footer", _footer(view, page), class_="site"),
    )


def _search(view: View) -> Html:
    field = tag(
        "input",
        type="search",
        name="q",
        id="--search",
        placeholder="Procedure, outcome, PMID …",
        autocomplete="off",
        spellcheck="false",
    )
    return tag(
        "form",
        tag("label", "Search", for_="--search"),
        field,
        tag("button", "Search", type="submit"),
        action=f"{view.up}search.html",
        role="search",
        class_="search",
    )


def _footer(view: View, page: Page) -> Html:
    config = view.site.corpus.config
    licence = f"Licence: {config.license}." if config.license else None
    return join(
        _cite(view, page),
        tag(
            "p",
            f"{config.title}, version {config.version}, ",
            _commit(view.site),
            ". ",
            licence,
        ),
        page.record
        and tag("p", "Source of this page: ", tag("code", _written_in(view, page.record)), "."),
        tag("p", "Not medical advice: check every figure in its source before you act on it."),
    )


def _written_in(view: View, record: Record) -> str:
    origin = view.site.origin(record)
    return f"{origin.entry.path}:{origin.line}"


def _cite(view: View, page: Page) -> Html:
    config = view.site.corpus.config
    if isinstance(page.record, Reference):
        said = f"cite the paper, not this page: {vancouver(page.record)}"
        return tag("p", tag("strong", "How to cite: "), tag("cite", said), class_="cite")
    publisher = f"{config.publisher.rstrip('.')}. " if config.publisher else ""
    ended = "" if page.title[-1:] in ".?!" else "."
    name = f"Record {page.record.kind}/{page.record.id}. " if page.record is not None else ""
    said = (
        f"{publisher}{page.title}{ended} In: {config.title}, version {config.version} "
        f"({_commit_text(view.site)}). {name}"
    )
    return tag("p", tag("strong", "How to cite: "), tag("cite", said.strip()), class_="cite")


def _commit(site: Site) -> Html:
    commit = site.corpus.commit
    if commit is None:
        return join("of records that are not those of a git commit")
    return join("git commit ", tag("code", commit[:12], title=commit))


def _commit_text(site: Site) -> str:
    commit = site.corpus.commit
    return f"git commit {commit[:12]}" if commit is not None else "not a git commit"
