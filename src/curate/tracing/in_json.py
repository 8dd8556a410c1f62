"""Trace a place of the corpus file, of a record's file, or of the references as CSL."""

from pathlib import Path
from typing import Any

from curate.kinds import FOLDERS
from curate.refusal import Refusal
from curate.tracing.reading import parents, shown
from curate.tracing.trail import Trail


def trace_in_json(path: Path, whole: Any, where: str) -> Trail:
    """Follow a JSON Pointer, and find the record around the place that it leads to."""
    found = parents(whole, where)
    steps = where.split("/")[1:]
    for depth, value in enumerate(found):
        if not isinstance(value, dict):
            continue
        if {"source", "lines", "data"} <= value.keys():
            inside = "/".join(["", *steps[depth + 1 :]]) if steps[depth : depth + 1] else ""
            within = inside if steps[depth : depth + 1] == ["data"] else ""
            return _in_record(f"{path.name} {where}".strip(), found[-1], value, within)
        if "source_path" in value.get("custom", {}):
            return _reference(f"{path.name} {where}", found[-1], value)
    raise Refusal(
        f"{where or 'The whole file'} is in no record; name a place below one, such as "
        "/records/studies/0/data/title."
    )


def pmids_at(pmids: dict[str, list[str]], pointer: str) -> tuple[str, ...]:
    """Return the papers that a place of a record rests on: those of the nearest part around it."""
    while pointer and pointer not in pmids:
        pointer = pointer.rpartition("/")[0]
    return tuple(pmids.get(pointer, ()))


def _in_record(place: str, value: Any, record: dict[str, Any], pointer: str) -> Trail:
    source = record["source"]
    return Trail(
        place,
        shown(value),
        f"{record['kind']}/{record['id']}",
        source["path"],
        int(record["lines"].get(pointer, source["line"])),
        pointer,
        record.get("status"),
        source.get("commit"),
        pmids_at(record.get("pmids", {}), pointer),
    )


def _reference(place: str, value: Any, item: dict[str, Any]) -> Trail:
    path, line = item["custom"]["source_path"], int(item["custom"]["source_line"])
    commit = item["custom"].get("source_commit")
    pmids = (item["PMID"],) if "PMID" in item else ()
    return Trail(place, shown(value), record_of(path), path, line, "", None, commit, pmids)


def record_of(path: str) -> str:
    """Return the record that stands in a file of a corpus, as `kind/id`."""
    _, folder, name = path.split("/")
    return f"{FOLDERS[folder]}/{name.removesuffix('.yaml')}"
