"""All tables of an export with their rows, on disk: no table is ever held whole."""

import marshal
from collections.abc import Iterator
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any, Final
from weakref import WeakKeyDictionary, finalize

from curate.corpus import Corpus, Entry
from curate.document import number_text
from curate.pieces import Maker, Pieces
from curate.tables.column import Value
from curate.tables.table import Table
from curate.tables.tables import tables

COMMIT: Final = "source_commit"
"""The column that is not known of a piece: it is filled when a table is written."""


def _make(entry: Entry, corpus: Corpus, _: None) -> dict[int, list[list[Any]]]:
    """Return the rows of one record by the numbers of their tables, printed numbers as bytes."""
    found = {}
    for number, table in enumerate(tables()):
        if rows := [list(map(_plain, row)) for row in table.values(corpus, entry)]:
            found[number] = rows
    return found


ROWS: Final = Maker("rows", _make)


class Filled:
    """The rows of every table, in the order of the files."""

    def __init__(self, pieces: Pieces) -> None:
        pieces.fill_with([ROWS])
        self._commit = pieces.corpus.commit
        self._files: list[IO[bytes]] = []
        for _ in tables():
            file = TemporaryFile()  # noqa: SIM115 - it is closed with us
            finalize(self, file.close)
            self._files.append(file)
        self._counts = [0] * len(self._files)
        for _, piece in pieces.each(ROWS):
            for number, rows in piece.items():
                self._counts[number] += len(rows)
                marshal.dump(rows, self._files[number])

    def count(self, table: Table) -> int:
        """Return how many rows a table has."""
        return self._counts[tables().index(table)]

    def rows(self, table: Table) -> Iterator[list[Value]]:
        """Yield the rows of a table as values, in the order of the columns."""
        commit = list(table.columns).index(COMMIT)
        file = self._files[tables().index(table)]
        at, left = 0, self.count(table)
        while left:
            file.seek(at)
            rows = marshal.load(file)  # noqa: S302 - written above
            at = file.tell()
            left -= len(rows)
            for row in rows:
                row[commit] = self._commit
                yield [_value(value) for value in row]


def filled(pieces: Pieces) -> Filled:
    """Return the tables; formats that are made of the same pieces share them."""
    found = _filled.get(pieces)
    if found is None:
        found = _filled[pieces] = Filled(pieces)
    return found


_filled: "WeakKeyDictionary[Pieces, Filled]" = WeakKeyDictionary()


def _plain(value: Value) -> Any:
    return number_text(value).encode() if isinstance(value, Decimal) else value


def _value(plain: Any) -> Value:
    found: Value = Decimal(plain.decode()) if type(plain) is bytes else plain
    return found
