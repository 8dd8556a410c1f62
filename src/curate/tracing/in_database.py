"""Trace a row or a cell of a table of the SQLite file."""

import sqlite3
from contextlib import closing
from pathlib import Path

from curate.refusal import Refusal
from curate.suggest import did_you_mean
from curate.tracing.row import trail_of_row
from curate.tracing.trail import Trail


def trace_in_database(path: Path, where: str) -> Trail:
    """Find a row as `table:rowid` or `table:id`, and a cell as `table:row:column`."""
    table, _, rest = where.partition(":")
    name, _, column = rest.partition(":")
    # Opened for reading only: looking must not leave a journal in the export.
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            tables = _tables(connection)
            if table not in tables:
                guess = did_you_mean(table, tables) or f"It has {', '.join(tables)}."
                raise Refusal(f"{path.name} has no table {table}. {guess}")
            row = _row(connection, table, name)
    except sqlite3.Error as error:
        raise Refusal(f"{path} is no SQLite file that curate exports: {error}.") from error
    place = f"{table} {name}{f', {column}' if column else ''}"
    return trail_of_row(path.parent.parent, place, dict(row), column or None)


def _tables(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    return [row["name"] for row in connection.execute(query) if "_fts" not in row["name"]]


def _row(connection: sqlite3.Connection, table: str, name: str) -> sqlite3.Row:
    columns = [row["name"] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    key = "rowid" if name.isdecimal() else "id" if "id" in columns else "record"
    select = f'SELECT * FROM "{table}" WHERE {key} = ?'  # noqa: S608 - a table that is there
    row: sqlite3.Row | None = connection.execute(select, (name,)).fetchone()
    if row is None:
        listed = connection.execute(f'SELECT {key} FROM "{table}"')  # noqa: S608 - likewise
        guess = did_you_mean(name, (str(item[0]) for item in listed))
        raise Refusal(f"The table {table} has no row {name}. {guess}".rstrip())
    return row
