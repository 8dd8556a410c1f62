"""Every file of the site, each made when it is asked for."""

from collections.abc import Callable, Iterator
from functools import partial
from importlib.resources import files as resources
from typing import Final

from curate.artifact import Artifact
from curate.corpus import Corpus
from curate.formats.html.page import FOLDERS, Page, written
from curate.formats.html.pages.about import about_page
from curate.formats.html.pages.claiming import claiming_page
from curate.formats.html.pages.home import home_page
from curate.formats.html.pages.lists import list_page
from curate.formats.html.pages.measure import measure_page
from curate.formats.html.pages.reference import reference_page
from curate.formats.html.pages.search import index, search_page
from curate.formats.html.pages.study import study_page
from curate.formats.html.site import Site, address
from curate.kinds import KINDS, AnyRecord
from curate.kinds.condition import Condition
from curate.kinds.measure import Measure
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study
from curate.plots import style

ASSETS: Final = {
    "icon.svg": "image/svg+xml",
    "site.js": "text/javascript",
    "style.css": "text/css",
}
"""The files that are the same for every corpus, and what they are."""

INDEX: Final = "search-index.js"

Maker = Callable[[], Page]


def files(corpus: Corpus) -> Iterator[Artifact]:
    """Yield the files of a corpus's site, page by page, so that no more than one is held."""
    site = Site(corpus)
    for name, media_type in ASSETS.items():
        yield Artifact(f"html/{name}", media_type, iter([asset(name)]))
    yield Artifact(f"html/{INDEX}", "text/javascript", index(site))
    for make in makers(site).values():
        page = make()
        yield Artifact(f"html/{page.path}", "text/html", iter([written(site, page)]))
        for table in page.tables:
            path = f"html/{page.path.removesuffix('.html')}.{table.name}.csv"
            yield Artifact(path, "text/csv", iter([table.csv()]), len(table.rows))
        for picture in page.pictures:
            path = f"html/{page.path.removesuffix('.html')}.{picture.name}.svg"
            yield Artifact(path, "image/svg+xml", iter([picture.file()]))


def makers(site: Site) -> dict[str, Maker]:
    """Return what makes each page, by its address; nothing is made yet."""
    found: dict[str, Maker] = {
        "index.html": partial(home_page, site),
        "about.html": partial(about_page, site),
        "search.html": partial(search_page, site),
    }
    for kind in FOLDERS:
        found[f"{KINDS[kind].folder}/index.html"] = partial(list_page, site, kind)
    for class_ in KINDS.values():
        for record in site.all(class_):
            found[address(record)] = partial(_page_of, site, record)
    return found


def asset(name: str) -> bytes:
    """Return a file that is the same for every corpus."""
    found = resources("curate.formats.html").joinpath("assets", name).read_bytes()
    return found + b"\n/* Pictures. */\n\n" + style().encode() if name == "style.css" else found


def _page_of(site: Site, record: AnyRecord) -> Page:
    match record:
        case Procedure() | Condition():
            return claiming_page(site, record)
        case Study():
            return study_page(site, record)
        case Measure():
            return measure_page(site, record)
        case _:
            return reference_page(site, record)
