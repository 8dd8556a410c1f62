"""Make the database: the same records give the same bytes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from curate.corpus import Corpus
from curate.document import number_text
from curate.formats.sqlite.layout import create_statements, is_printed, search_statements
from curate.pieces import Pieces
from curate.refusal import Refusal
from curate.tables.column import Value
from curate.tables.filled import Filled, filled
from curate.tables.table import Table
from curate.tables.tables import tables

# The library notes its own version in the file, which would make the bytes depend on it.
_VERSION_AT = slice(96, 100)
_OLDEST_READER = 3_031_000
"""The first version that knows generated columns."""
_CHUNK = 1 << 20


def database(pieces: Pieces) -> Iterator[bytes]:
    """Yield the tables as the bytes of one SQLite file, which is made on disk."""
    with TemporaryDirectory(prefix="curate-") as folder:
        path = Path(folder, "corpus.db")
        try:
            _write(path, pieces)
        except sqlite3.OperationalError as error:
            raise Refusal(f"SQLite cannot write the tables: {error}.") from error
        with path.open("rb") as file:
            first = bytearray(file.read(_CHUNK))
            first[_VERSION_AT] = _OLDEST_READER.to_bytes(4, "big")
            yield bytes(first)
            while chunk := file.read(_CHUNK):
                yield chunk


def _write(path: Path, pieces: Pieces) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # Nobody reads it before it is whole, and what is cut short is thrown away.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA encoding = 'UTF-8'")
        connection.execute("BEGIN")
        _describe(connection, pieces.corpus)
        found = filled(pieces)
        for table in tables():
            _fill(connection, table, found)
        for table in tables():
            for statement in search_statements(table):
                connection.execute(statement)
        connection.execute("COMMIT")


def _describe(connection: sqlite3.Connection, corpus: Corpus) -> None:
    """Say what corpus this is, as the corpus file of the JSON format does."""
    config = corpus.config
    connection.execute(
        "CREATE TABLE corpus (name TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL, "
        "version TEXT NOT NULL, publisher TEXT, license TEXT, source_commit TEXT)"
    )
    connection.execute(
        "INSERT INTO corpus VALUES (?, ?, ?, ?, ?, ?)",
        (
            config.name,
            config.title,
            config.version,
            config.publisher or None,
            config.license or None,
            corpus.commit,
        ),
    )


def _fill(connection: sqlite3.Connection, table: Table, found: Filled) -> None:
    for statement in create_statements(table):
        connection.execute(statement)
    columns = list(table.columns.values())
    names = ", ".join(
        f'"{name}_printed"' if is_printed(column) else f'"{name}"'
        for name, column in table.columns.items()
    )
    places = ", ".join("?" * len(columns))
    connection.executemany(
        f'INSERT INTO "{table.name}" ({names}) VALUES ({places})',  # noqa: S608 - our own names
        ([_stored(value) for value in values] for values in found.rows(table)),
    )


def _stored(value: Value) -> str | int | None:
    """Return a value as SQLite takes it: a number with decimals as its printed text."""
    return number_text(value) if isinstance(value, Decimal) else value
