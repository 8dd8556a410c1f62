"""Write a waiver whose reason is still to be given.

What only a person knows stays empty: a waiver without a reason does not fit its schema, so it
accepts nothing and is an error until somebody writes the reason.
"""

from itertools import islice

from curate.corpus import Entry, place
from curate.document import Document
from curate.edits import Replacement
from curate.finding import Finding, Span
from curate.lsp.home import Home
from curate.lsp.places import where_of
from curate.quoting import scalar


def waiver_edit(home: Home, entry: Entry, finding: Finding) -> Replacement | None:
    """Return the edit that adds a waiver of a finding, or None where there is no place for it."""
    at = place(entry.document.value, where_of(finding.pointer, entry.document.value))
    document = entry.document
    value = document.value
    if not at or value is None:
        return None
    lines = [
        f"- rule: {finding.name}",
        f"  at: {scalar(at)}",
        "  reason:",
        f"  by:{_by(home)}",
        f'  date: "{home.corpus.today.isoformat()}"',
    ]
    if "waivers" not in value:
        return _at_end(document, ["waivers:", *(f"  {line}" for line in lines)])
    return _behind_last(document, lines)


def _by(home: Home) -> str:
    """Return who decided, where all waivers that are looked at name the same person or group."""
    entries = (home.exact(path) for path in islice(home.waived_in(), _MOST_LOOKED_AT))
    names = {
        waiver.by
        for entry in entries
        if entry is not None and entry.record is not None
        for waiver in entry.record.waivers
    }
    return f" {scalar(names.pop())}" if len(names) == 1 else ""


_MOST_LOOKED_AT = 20


def _at_end(document: Document, lines: list[str]) -> Replacement:
    text = document.text
    count = text.count("\n")
    last = text.rpartition("\n")[2]
    end = Span(count + 1, len(last) + 1, count + 1, len(last) + 1)
    return Replacement(end, ("\n" if last else "") + "".join(f"{line}\n" for line in lines))


def _behind_last(document: Document, lines: list[str]) -> Replacement | None:
    """Add an entry to the list of waivers; one that is not written line by line is left alone."""
    listed = document.get(("waivers",))
    first = document.places.get(("waivers", 0))
    if not isinstance(listed, list) or not listed or first is None:
        return None
    row = document.line(first.value.line)
    indent = row[: len(row) - len(row.lstrip(" "))]
    last = document.places[("waivers", len(listed) - 1)].value
    number = last.end_line - (last.end_column == 1)
    while number > last.line and not document.line(number).strip():
        number -= 1
    if not row.startswith(f"{indent}- "):
        return None
    column = len(document.line(number)) + 1
    text = "".join(f"\n{indent}{line}" for line in lines)
    return Replacement(Span(number, column, number, column), text)
