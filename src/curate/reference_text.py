"""Write a reference's record from a snapshot; what its editors wrote in it stays."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from curate.canonical import canonical
from curate.canonical.comments import comments
from curate.document import Document, number_text
from curate.interpret import interpret
from curate.kinds.reference import Reference
from curate.quoting import scalar
from curate.refusal import Refusal
from curate.snapshot import FIELDS, Snapshot, digest

_SCHEMA: Final = "# yaml-language-server: $schema=../../schemas/reference.schema.json"
_FIRST: Final = ("id", "title", "title_in_original", "status")
_LAST: Final = ("digest", "review", "replaced_by", "retired_because", "note", "waivers")
_ORDER: Final = (*_FIRST, *(name for name in FIELDS if name not in _FIRST), *_LAST)


def path_of(pmid: int) -> str:
    """Return the path of a reference's record."""
    return f"records/{Reference.folder}/pmid-{pmid}.yaml"


def reference_text(facts: Snapshot, old: Document | None) -> str:
    """Return the text of a record with these facts, or refuse one that would be no record."""
    path = path_of(facts["pmid"])
    before = _editors_part(path, old)
    merged = {
        "id": f"pmid-{facts['pmid']}",
        "status": "in_review",
        **before,
        **facts,
        "digest": digest(facts),
    }
    if "notices" in facts and old is not None and old.value is not None:
        merged["notices"] = _with_notes(facts["notices"], old.value.get("notices") or [])
    head = [_SCHEMA, *(one for one in _comments(old) if one != _SCHEMA)]
    lines = [*head, *_lines({name: merged[name] for name in _ORDER if name in merged})]
    document = Document(path, "".join(f"{line}\n" for line in lines).encode())
    _, faults = interpret("reference", document)
    if faults:
        raise Refusal(f"What is known of PMID {facts['pmid']} makes no record: {faults[0].message}")
    return canonical(document)


def _editors_part(path: str, old: Document | None) -> dict[str, Any]:
    """Return what editors wrote in the record, or refuse to overwrite one that cannot be read."""
    if old is None:
        return {}
    record, _ = interpret("reference", old)
    if record is None or old.value is None:
        raise Refusal(f"{path} has errors, so nothing was written to it; mend or delete it first.")
    return {name: old.value[name] for name in old.value if name not in FIELDS}


def _with_notes(
    notices: list[dict[str, Any]], before: list[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Put the editors' notes back to the notices that they were made on."""
    notes = {_key(notice): notice["note"] for notice in before if "note" in notice}
    return [
        notice | ({"note": notes[_key(notice)]} if _key(notice) in notes else {})
        for notice in notices
    ]


def _key(notice: Mapping[str, Any]) -> tuple[Any, ...]:
    """Tell notices apart: by PMID, or where one has none, by where it was published."""
    return notice["type"], notice.get("pmid") or notice.get("citation")


def _comments(old: Document | None) -> list[str]:
    return [] if old is None else [comment.text for comment in comments(old)]


def _lines(value: Mapping[str, Any]) -> Iterator[str]:
    for key, item in value.items():
        if isinstance(item, Mapping):
            yield f"{key}:"
            yield from (f"  {line}" for line in _lines(item))
        elif isinstance(item, list | tuple):
            yield f"{key}:"
            for entry in item:
                below = _lines(entry) if isinstance(entry, Mapping) else [_scalar(entry)]
                yield from (f"  {'  ' if n else '- '}{line}" for n, line in enumerate(below))
        else:
            yield f"{key}: {_scalar(item)}"


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return scalar(value) if isinstance(value, str) else number_text(value)
