"""Trace a row or a cell of a CSV file."""

import csv
import re
from pathlib import Path

from curate.refusal import Refusal
from curate.suggest import did_you_mean
from curate.tracing.row import trail_of_row
from curate.tracing.trail import Trail

_SPREADSHEET = re.compile(r"(?P<letters>[A-Z]{1,3})(?P<row>[0-9]+)")
_LETTERS = 26


def trace_in_table(path: Path, where: str) -> Trail:
    """Find a row by its number, the header being 1, or by its id, and a cell of it."""
    with path.open(encoding="utf-8", newline="") as stream:
        try:
            rows = list(csv.reader(stream))
        except (ValueError, csv.Error) as error:
            raise Refusal(f"{path} is no CSV file that curate exports.") from error
    head = rows[0] if rows else []
    name, _, column = where.partition(":")
    if cell := _SPREADSHEET.fullmatch(where):
        name, column = cell["row"], _column(cell["letters"], head)
    number = int(name) if name.isdecimal() else _by_id(path, head, rows, name)
    if not 1 < number <= len(rows):
        raise Refusal(f"{path.name} has rows 2 to {len(rows)}; row 1 names the columns.")
    row = dict(zip(head, rows[number - 1], strict=True))
    place = f"{path.name} row {number}{f', {column}' if column else ''}"
    return trail_of_row(path.parent.parent, place, row, column or None)


def _column(letters: str, head: list[str]) -> str:
    """Return the name of a spreadsheet's column, which is A to Z, then AA and so on."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    if number > len(head):
        raise Refusal(f"There is no column {letters}: there are {len(head)} columns.")
    return head[number - 1]


def _by_id(path: Path, head: list[str], rows: list[list[str]], id_: str) -> int:
    at = head.index("id") if "id" in head else head.index("record") if "record" in head else 0
    ids = [row[at] for row in rows[1:]]
    if id_ not in ids:
        raise Refusal(f"{path.name} has no row {id_}. {did_you_mean(id_, ids)}".rstrip())
    return ids.index(id_) + 2
