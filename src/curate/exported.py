"""Read an export back, as typed and frozen objects: what `curate.load` gives.

The objects are of the classes that the records themselves are read into, so that every field is the
one that `schemas/README.md` explains, and a number is an int, or a Decimal with the digits as
printed.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from curate.construct import construct
from curate.judge import refusal
from curate.kinds.condition import Condition
from curate.kinds.measure import Measure
from curate.kinds.procedure import Procedure
from curate.kinds.reference import Reference
from curate.kinds.study import Study
from curate.record import Record
from curate.refusal import Refusal

KNOWN_MAJOR = "1"
"""The first number of the layouts that this program reads."""

RecordT = TypeVar("RecordT", bound=Record)


class Exported(NamedTuple, Generic[RecordT]):
    """A record as it was exported: what it says, and where that is from."""

    record: RecordT
    path: str
    """The file in the corpus."""
    line: int
    """The line that the record starts on."""
    commit: str | None
    """The git commit of file and lines; None where the records were not those of one."""
    lines: Mapping[str, int]
    """The line of every value, by its JSON Pointer: `/outcomes/0/count`."""
    pmids: Mapping[str, tuple[int, ...]]
    """The papers that the record rests on, under "", and those of each part that names its own."""


class Export(NamedTuple):
    """A whole export; records by their ids, in the order of the export."""

    schema_version: str
    name: str
    title: str
    version: str
    studies: Mapping[str, Exported[Study]]
    procedures: Mapping[str, Exported[Procedure]]
    conditions: Mapping[str, Exported[Condition]]
    measures: Mapping[str, Exported[Measure]]
    references: Mapping[str, Exported[Reference]]


def load(path: str | Path) -> Export:
    """Read an export: its folder, or its `json/corpus.json`.

    Raises `curate.Refusal`, with one sentence for people, where it cannot be read, is no export, or
    has a layout of a later first number than this program knows.
    """
    file = _file(Path(path))
    whole = _read(file)
    version = whole.get("schema_version")
    if not isinstance(version, str) or "records" not in whole:
        raise Refusal(f"{file} is not the corpus.json of an export.")
    if version.partition(".")[0] != KNOWN_MAJOR:
        raise Refusal(f"{file} has layout {version}; this curate reads {KNOWN_MAJOR}.x.")
    try:
        corpus, records = whole["corpus"], whole["records"]
        return Export(
            version,
            corpus["name"],
            corpus["title"],
            corpus["version"],
            _records(Study, records),
            _records(Procedure, records),
            _records(Condition, records),
            _records(Measure, records),
            _records(Reference, records),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        said = str(error).splitlines()[0]
        raise Refusal(f"{file} is not an export that this curate can read: {said}.") from error


def _file(path: Path) -> Path:
    places = [path / "json/corpus.json", path / "corpus.json"] if path.is_dir() else [path]
    for place in places:
        if place.is_file():
            return place
    raise Refusal(f"There is no export at {path}: {places[0]} is missing.")


def _read(file: Path) -> dict[str, Any]:
    try:
        whole = json.loads(file.read_bytes(), parse_float=Decimal)
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise Refusal(f"{file} is not JSON.") from error
    return whole if isinstance(whole, dict) else {}


def _records(kind: type[RecordT], records: dict[str, Any]) -> Mapping[str, Exported[RecordT]]:
    """Type the records of one kind; a kind that an older export did not have is empty."""
    found = {item["id"]: _exported(kind, item) for item in records.get(kind.folder, ())}
    return MappingProxyType(found)


def _exported(kind: type[RecordT], item: dict[str, Any]) -> Exported[RecordT]:
    source = item["source"]
    refused = refusal(kind.kind, item["data"])
    if refused is not None:
        raise ValueError(refused)
    return Exported(
        construct(kind, item["data"]),
        source["path"],
        source["line"],
        source.get("commit"),
        MappingProxyType(item["lines"]),
        MappingProxyType({at: tuple(pmids) for at, pmids in item.get("pmids", {}).items()}),
    )
