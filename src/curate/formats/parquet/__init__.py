"""Parquet: the same tables as CSV for columnar tools, on request, with the extra `parquet`."""

import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from curate.artifact import Artifact
from curate.corpus import Corpus
from curate.document import number_text
from curate.pieces import Pieces
from curate.refusal import Refusal
from curate.tables.column import Column, Value
from curate.tables.filled import ROWS, Filled, filled
from curate.tables.table import Table
from curate.tables.tables import tables

LEFT_OUT: Mapping[str, str] = {}
MAKERS = (ROWS,)
EXTRA = "parquet"
"""What must be installed beside curate; a format that needs more is written only on request."""

_TYPES = {"integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}
_FEW = 10_000
"""Rows that are held at a time."""
_CONTRACT = """\
`curate export --format parquet` writes it, once `pip install 'curate[parquet]'` has brought DuckDB.
Every table is one file, `parquet/<table>.parquet`, with the columns of the CSV format. A missing
value is NULL, a date is a DATE. As in SQLite, a number with decimals has two columns:
`mean_printed` is its text as printed, `mean` the DOUBLE to compute with.
"""


def contract() -> str:
    """Return what readers can rely on, as Markdown."""
    return _CONTRACT


def render(corpus: Corpus, pieces: Pieces | None = None) -> Iterator[Artifact]:
    """Yield every table, the empty ones too."""
    duckdb = _duckdb()
    found = filled(pieces or Pieces(corpus))
    for table in tables():
        path = f"parquet/{table.name}.parquet"
        chunks = _chunks(duckdb, table, found)
        yield Artifact(path, "application/vnd.apache.parquet", chunks, found.count(table))


def _duckdb() -> Any:
    try:
        import duckdb  # noqa: PLC0415 - an extra, which most do not have
    except ImportError as error:
        raise Refusal(
            "Parquet is written with DuckDB; run `pip install 'curate[parquet]'`."
        ) from error
    return duckdb


def _chunks(duckdb: Any, table: Table, found: Filled) -> Iterator[bytes]:
    """Write one table; one thread, so that the rows keep their order and the file its bytes."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:") as connection:
        connection.execute("SET threads = 1")
        columns = ", ".join(f'"{name}" {_type(column)}' for name, column in table.columns.items())
        connection.execute(f"CREATE TABLE rows ({columns})")
        if found.count(table):
            places = ", ".join("?" * len(table.columns))
            insert = f"INSERT INTO rows VALUES ({places})"  # noqa: S608 - question marks
            rows = ([_stored(value) for value in row] for row in found.rows(table))
            while few := list(islice(rows, _FEW)):
                connection.executemany(insert, few)
        path = Path(folder, "table.parquet")
        quoted = str(path).replace("'", "''")
        shown = ", ".join(_shown(name, column) for name, column in table.columns.items())
        copied = f"COPY (SELECT {shown} FROM rows) TO '{quoted}'"  # noqa: S608 - our own names
        connection.execute(f"{copied} (FORMAT parquet, COMPRESSION zstd)")
        yield path.read_bytes()


def _type(column: Column) -> str:
    return _TYPES.get(column.type, "VARCHAR")


def _shown(name: str, column: Column) -> str:
    if column.type != "number":
        return f'"{name}"'
    return f'"{name}" AS "{name}_printed", CAST("{name}" AS DOUBLE) AS "{name}"'


def _stored(value: Value) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    return number_text(value)


__all__ = ["EXTRA", "LEFT_OUT", "MAKERS", "contract", "render"]
