"""CSV: tidy tables with a Data Package descriptor, for spreadsheets, R and pandas."""

import csv
import io
from collections.abc import Iterator

from curate.artifact import Artifact
from curate.corpus import Corpus
from curate.formats.csv.datapackage import datapackage
from curate.json_text import encode
from curate.pieces import Pieces
from curate.tables.cell import cell
from curate.tables.filled import ROWS, Filled, filled
from curate.tables.table import Table
from curate.tables.tables import tables

LEFT_OUT: dict[str, str] = {}
MAKERS = (ROWS,)

_DESCRIPTOR = "csv/datapackage.json"
_CHUNK = 1 << 16

_CONTRACT = """\
Every table is one file, `csv/<table>.csv`, RFC 4180: UTF-8 without a byte order mark, commas,
CRLF, the names of the columns in the first line. One row is one thing; a list of things is a table
of its own, which refers to the first. `csv/datapackage.json` (Data Package, version 2) gives every
column its text, type and vocabulary, every table its key, and says which column refers to which.

- A cell is empty where the source does not print the figure; `waivers` gives the reasons.
- Numbers have the digits that the source prints: `4.30`. Ids and PMIDs are text. A p-value is text,
  for it may have a comparator: `<0.001`.
- The id of a part names its record: `horisawa-2019#all` for a study's group, outcome or adverse
  event, as claims cite it; `procedure/facet-rhizotomy#relief` for a claim.
- Each row says where it comes from: `record`, `pointer` (JSON Pointer), `source_path`,
  `source_line` and `source_commit`; how far the record is, `status`; and which papers the row
  rests on, `pmids`.
- Spreadsheets run a cell that starts with `=`, `+`, `-`, `@`, a tab, a line end, or their
  full-width twins. Such a text has an apostrophe put before it, unless it is a plain number such
  as `-3`. To read a text back, take one apostrophe off where what follows it, further apostrophes
  and blanks skipped, starts with one of these and is no plain number.

| table | one row is |
|---|---|
"""


def contract() -> str:
    """Return what readers can rely on, as Markdown."""
    return _CONTRACT + "".join(f"| `{table.name}` | {table.text} |\n" for table in tables())


def render(corpus: Corpus, pieces: Pieces | None = None) -> Iterator[Artifact]:
    """Yield the descriptor and every table, the empty ones too."""
    yield Artifact(_DESCRIPTOR, "application/json", iter([encode(datapackage(corpus)) + b"\n"]))
    found = filled(pieces or Pieces(corpus))
    for table in tables():
        path = f"csv/{table.name}.csv"
        yield Artifact(path, "text/csv", _chunks(table, found), found.count(table), _DESCRIPTOR)


def _chunks(table: Table, found: Filled) -> Iterator[bytes]:
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\r\n").writerow
    write(table.columns)
    for values in found.rows(table):
        write([cell(value) for value in values])
        if text.tell() > _CHUNK:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


__all__ = ["LEFT_OUT", "MAKERS", "contract", "render"]
