"""What a row of a table says of where it is from."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from curate.refusal import Refusal
from curate.suggest import did_you_mean
from curate.tracing.trail import Trail

_NEEDED = {"record", "pointer", "source_path", "source_line"}


def trail_of_row(exports: Path, place: str, row: Mapping[str, Any], column: str | None) -> Trail:
    """Return where a row is from, or one cell of it: the JSON beside the tables has its line."""
    if not row.keys() >= _NEEDED:
        raise Refusal(f"{place} does not say where it is from.")
    pointer, line, value = row["pointer"] or "", int(row["source_line"]), None
    if column is not None:
        if column not in row:
            raise Refusal(f"There is no column {column}. {did_you_mean(column, row)}".rstrip())
        value = row[column]
        pointer, line = _cell(exports, row, pointer, line, column)
    return Trail(
        place,
        None if column is None else ("" if value is None else str(value)),
        row["record"],
        row["source_path"],
        line,
        pointer,
        row.get("status"),
        row.get("source_commit") or None,
        tuple((row.get("pmids") or "").split()),
    )


def _cell(
    exports: Path, row: Mapping[str, Any], pointer: str, line: int, column: str
) -> tuple[str, int]:
    """Return place and line of one cell, or the row's where the export does not tell."""
    _, folder, name = row["source_path"].split("/")
    file = exports / "json" / folder / f"{name.removesuffix('.yaml')}.json"
    try:
        lines = json.loads(file.read_bytes())["lines"]
    except (OSError, ValueError, KeyError):
        return pointer, line
    wanted = column.removesuffix("_printed")
    for at, where in lines.items():
        if at.startswith(f"{pointer}/") and at[len(pointer) + 1 :].replace("/", "_") == wanted:
            return at, where
    return pointer, line
