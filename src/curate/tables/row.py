"""One row of a table: a place in a record."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from curate.corpus import Corpus, Entry
from curate.finding import Where
from curate.lines import line_of
from curate.rests_on import rests_on

EACH: Final = "*"
Path = tuple[str, ...]
"""The way to the places that make the rows of a table; EACH stands for every item of a list, or for
the one thing that stands in its place."""


class Row(NamedTuple):
    """What one row is made of: a file of the corpus, a place in it, and the value there."""

    corpus: Corpus
    entry: Entry
    where: Where
    item: Any

    @property
    def record(self) -> str:
        """The record's kind and id, `study/horisawa-2019`."""
        return f"{self.entry.kind}/{self.entry.id}"

    @property
    def line(self) -> int:
        """The line of the file that the place stands on."""
        return line_of(self.entry.document, self.where)

    @property
    def pmids(self) -> str | None:
        """The papers that the place rests on, separated by spaces."""
        return " ".join(map(str, rests_on(self.entry.document.value, self.where))) or None

    def key(self, field: str) -> str:
        """Return the id of the part that this place lies in, by the name of the part's list.

        It names the record too, since ids of parts are unique in their record only: a study's
        parts as claims cite them, `horisawa-2019#all`; claims, `procedure/facet-rhizotomy#relief`.
        """
        part = self.entry.document.get(self.where[: self.where.index(field) + 2])
        return self.neighbour(part["id"])

    def neighbour(self, id_: str) -> str:
        """Return the id by which the tables know a part of this record."""
        return f"{self.entry.id if self.entry.kind == 'study' else self.record}#{id_}"


def rows_of(corpus: Corpus, entry: Entry, path: Path) -> Iterator[Row]:
    """Yield the places of a record that a path leads to."""
    for where, item in _follow(entry.document.value, path, ()):
        yield Row(corpus, entry, where, item)


def _follow(value: Any, path: Path, where: Where) -> Iterator[tuple[Where, Any]]:
    if not path:
        yield where, value
    elif path[0] == EACH:
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from _follow(item, path[1:], (*where, index))
        else:
            yield from _follow(value, path[1:], where)
    elif path[0] in value:
        yield from _follow(value[path[0]], path[1:], (*where, path[0]))
