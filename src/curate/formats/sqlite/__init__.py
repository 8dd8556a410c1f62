"""SQLite: the same tables as CSV in one file, typed, linked and searchable, ready for Datasette."""

from collections.abc import Iterator, Mapping

from curate.artifact import Artifact
from curate.corpus import Corpus
from curate.formats.sqlite.database import database
from curate.pieces import Pieces
from curate.tables.filled import ROWS

LEFT_OUT: Mapping[str, str] = {}
MAKERS = (ROWS,)

_CONTRACT = """\
`sqlite/corpus.db` holds the tables of the CSV format, under the same names, with the same columns;
`corpus` holds what the corpus says of itself. Column types, primary keys, foreign keys and the
words that a column may hold are declared. A missing value is NULL. No text is guarded.

- SQLite would write the number `4.30` as `4.3`. So a column of numbers with decimals has a twin:
  `mean_printed` is the text as the source prints it, and `mean`, made of it, is the number to
  compute with.
- `true` and `false` are 1 and 0. A p-value is text, for it may have a comparator: `<0.001`.
- Every table with texts has a full-text index (FTS5) beside it, which Datasette finds by itself:
  `SELECT * FROM claims WHERE rowid IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH
  'tremor')`.

`datasette sqlite/corpus.db` serves it. SQLite 3.31 or newer reads it.
"""


def contract() -> str:
    """Return what readers can rely on, as Markdown."""
    return _CONTRACT


def render(corpus: Corpus, pieces: Pieces | None = None) -> Iterator[Artifact]:
    """Yield the database."""
    made = database(pieces or Pieces(corpus))
    yield Artifact("sqlite/corpus.db", "application/vnd.sqlite3", made)


__all__ = ["LEFT_OUT", "MAKERS", "contract", "render"]
