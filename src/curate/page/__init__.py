"""Show one record as a page of text: what it says, what rests on it, what is wrong with it.

A page is made of what is written, so that a record which is refused can be read too.
"""

from collections.abc import Iterator
from typing import Any

from click import style

from curate.corpus import Corpus, Entry
from curate.page.claims import claims
from curate.page.findings import findings
from curate.page.lines import entries, facts, heading
from curate.page.mentioned import mentioned
from curate.page.results import groups, results
from curate.page.waivers import waivers
from curate.printable import printable
from curate.report import Report
from curate.wrapping import wrapped

_ABOVE = ("id", "title", "status")
_TABLES = ("groups", "outcomes", "adverse_events", "claims", "waivers")


def page(entry: Entry, corpus: Corpus, report: Report, width: int) -> Iterator[str]:
    """Yield the lines of a record's page, coloured, at most so many columns wide.

    `report` is what a check of the corpus found.
    """
    value: dict[str, Any] = entry.document.value or {}
    title = printable(str(value.get("title", "")))
    yield from (style(line, bold=True) for line in wrapped(title or entry.id, width))
    said = [entry.kind or "no kind", entry.id, entry.status or "no status", entry.path]
    yield style("  ".join(map(printable, said)), dim=True)
    if entry.document.value is None:
        yield from heading("The file cannot be read")
    else:
        yield from _body(corpus, value, width)
    yield from mentioned(entry, corpus, width)
    yield from findings(entry, report, width)


def _body(corpus: Corpus, value: dict[str, Any], width: int) -> Iterator[str]:
    plain = {key: value[key] for key in value if key not in {*_ABOVE, *_TABLES}}
    short = {key: item for key, item in plain.items() if not _has_parts(item)}
    yield from facts(short, width)
    for key, item in plain.items():
        if key not in short:
            yield from heading(key)
            yield from entries(item, width)
    yield from groups(value.get("groups"), width)
    for key in ("outcomes", "adverse_events"):
        yield from results(key, value.get(key), width)
    yield from claims(value.get("claims"), corpus, width)
    yield from waivers(value.get("waivers"), corpus.today, width)


def _has_parts(item: Any) -> bool:
    return isinstance(item, list) and any(isinstance(one, dict | list) for one in item)
