"""What a table is: which places of which records make its rows, and which columns they fill."""

from collections.abc import Iterator
from typing import NamedTuple

from curate.corpus import Corpus, Entry
from curate.tables.column import Columns, Value
from curate.tables.row import Path, rows_of


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

    def values(self, corpus: Corpus, entry: Entry) -> Iterator[list[Value]]:
        """Yield the rows of one record as values, in the order of the columns."""
        if entry.kind in self.kinds:
            fills = [column.fill for column in self.columns.values()]
            for path in self.paths:
                for row in rows_of(corpus, entry, path):
                    yield [fill(row) for fill in fills]
