"""Where the resources lie between one bundle and the next: on disk, made and judged once."""

import sqlite3
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from weakref import finalize

from curate.refusal import Refusal


class Kept(NamedTuple):
    """One resource: its name, what it refers to, its latest day, and its text on one line."""

    name: str
    """`Type/id`."""
    references: tuple[str, ...]
    """The names of what it refers to."""
    day: str
    """The latest day on which its records say that somebody worked on them, if any."""
    text: bytes


class Shelf:
    """The resources of one export in the order of the collection.

    All bundles hold the same resources, and a corpus of ten thousand records has a gigabyte of
    them. So they are neither made for each bundle nor held in memory.
    """

    def __init__(self) -> None:
        # SQLite puts a database without a name into a file of its own, and takes it away itself.
        self._rows = sqlite3.connect("", isolation_level=None)
        finalize(self, self._rows.close)
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("PRAGMA synchronous = OFF")
        self._rows.execute(
            "CREATE TABLE kept (place INTEGER PRIMARY KEY, name TEXT UNIQUE, refers TEXT, day TEXT,"
            " text BLOB)"
        )
        self.is_full = False

    def __len__(self) -> int:
        found: tuple[int] = self._rows.execute("SELECT count(*) FROM kept").fetchone()
        return found[0]

    def clear(self) -> None:
        """Take everything off it."""
        self._rows.execute("DELETE FROM kept")
        self.is_full = False

    def put(self, place: int, kept: Kept) -> None:
        """Lay a resource on it, which has this place in the collection."""
        packed = zlib.compress(kept.text, level=1)
        try:
            self._rows.execute(
                "INSERT INTO kept VALUES (?, ?, ?, ?, ?)",
                (place, kept.name, " ".join(kept.references), kept.day, packed),
            )
        except sqlite3.OperationalError as error:
            raise Refusal(f"The resources of FHIR cannot be kept on disk: {error}.") from error

    def all(self, *, first: int = 0, last: int | None = None) -> Iterator[Kept]:
        """Yield the resources from one place to before another, in order."""
        end = -1 if last is None else last - first
        for row in self._rows.execute(
            "SELECT name, refers, day, text FROM kept WHERE place >= ? ORDER BY place LIMIT ?",
            (first, end),
        ):
            yield _kept(row)

    def names(self, type_: str) -> list[str]:
        """Return the names of the resources of a type, in order."""
        found = self._rows.execute(
            "SELECT name FROM kept WHERE name >= ? AND name < ? ORDER BY place",
            (f"{type_}/", f"{type_}0"),
        )
        return [name for (name,) in found]

    def get(self, name: str) -> Kept | None:
        """Return a resource by its name."""
        row = self._rows.execute(
            "SELECT name, refers, day, text FROM kept WHERE name = ?", (name,)
        ).fetchone()
        return None if row is None else _kept(row)

    def place(self, name: str) -> int | None:
        """Return the place of a resource in the collection."""
        row = self._rows.execute("SELECT place FROM kept WHERE name = ?", (name,)).fetchone()
        return None if row is None else row[0]


def _kept(row: tuple[str, str, str, bytes]) -> Kept:
    name, refers, day, packed = row
    return Kept(name, tuple(refers.split()), day, zlib.decompress(packed))
