"""What a table is: which places of which records make its rows, and which columns they fill."""

from collections.abc import Iterator
from typing import NamedTuple

from curate.corpus import Corpus
from curate.tables.column import Columns, Value
from curate.tables.row import Path, Row, rows_of


class Table(NamedTuple):
    """One kind of row: what it is called and says, and where in the records it is found."""

    name: str
    text: str
    kinds: tuple[str, ...]
    paths: tuple[Path, ...]
    columns: Columns

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that name a row."""
        return ("id",) if "id" in self.columns else ("record", "pointer")

    def rows(self, corpus: Corpus) -> Iterator[Row]:
        """Yield the places that make its rows, in the order of the files and within each file."""
        for entry in corpus.published():
            if entry.kind in self.kinds:
                for path in self.paths:
                    yield from rows_of(corpus, entry, path)

    def values(self, corpus: Corpus) -> Iterator[list[Value]]:
        """Yield its rows as values, in the order of the columns."""
        for row in self.rows(corpus):
            yield [column.fill(row) for column in self.columns.values()]
