"""How one record is laid out in JSON: what it says, and where each value is written."""

from typing import Any

from curate.corpus import Entry
from curate.finding import pointer
from curate.json_text import encode
from curate.lines import lines
from curate.rests_on import papers
from curate.waived import find_place

SCHEMA_VERSION = "1.1"


def record_object(entry: Entry) -> tuple[bytes, bytes]:
    """Return a record with its source, what each part rests on and stands, and what is waived.

    It is the text on one line, before the place of the commit and after it.
    """
    found = lines(entry.document)
    source: dict[str, Any] = {"path": entry.path, "line": found[()]}
    laid_out: dict[str, Any] = {
        "kind": entry.kind,
        "id": entry.id,
        "status": entry.status,
        "source": source,
        "data": entry.document.value,
        "pmids": {pointer(where): pmids for where, pmids in papers(entry.document.value) if pmids},
    }
    if accepted := _waived(entry):
        laid_out["waived"] = accepted
    laid_out["lines"] = {pointer(where): line for where, line in found.items() if where}
    # Within a text a quote is written with a backslash, so that this is the field and nothing else.
    field = b'"source":' + encode(source, indent=None).removesuffix(b"}")
    before, _, after = encode(laid_out, indent=None).partition(field)
    return before + field, after


def with_commit(text: tuple[bytes, bytes], name: str, commit: str | None) -> bytes:
    """Put the commit into its place, if there is one."""
    before, after = text
    if commit is None:
        return before + after
    return before + b"," + encode({name: commit}, indent=None)[1:-1] + after


def _waived(entry: Entry) -> list[dict[str, str]]:
    assert entry.record is not None  # noqa: S101 - only readable records are published
    return [
        {"rule": waiver.rule, "at": pointer(where), "waiver": f"/waivers/{index}"}
        for index, waiver in enumerate(entry.record.waivers)
        for at in waiver.places
        if (where := find_place(entry.document.value, at)) is not None
    ]
