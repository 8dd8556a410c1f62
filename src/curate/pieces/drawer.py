"""Pieces in an SQLite file: those of this run in one without a name, those of the last in a cache.

SQLite does not notice a damaged page, so whoever takes a piece out of a cache holds it against the
digests that it was put in with.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, NamedTuple
from weakref import finalize

from curate.refusal import Refusal

_PATIENCE: Final = 1.0
"""Seconds to wait for another export that keeps its pieces."""


class Row(NamedTuple):
    """One piece: of which record and format, what it holds for, and what it is."""

    path: str
    name: str
    head: bytes
    data: bytes


class Drawer:
    """One file of pieces."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        self._rows = rows
        finalize(self, rows.close)
        rows.execute("BEGIN")

    @classmethod
    def new(cls, path: Path | None = None) -> "Drawer":
        """Make a new file, by default one that nobody else sees and that goes away by itself."""
        rows = sqlite3.connect("" if path is None else path, isolation_level=None)
        rows.execute("PRAGMA journal_mode = OFF")
        rows.execute("PRAGMA synchronous = OFF")
        rows.execute(_TABLE)
        return cls(rows)

    @classmethod
    def opened(cls, path: Path) -> "Drawer | None":
        """Open a file as it is now, whatever others write; None where there is none."""
        try:
            drawer = cls(_connect(path, "ro"))
            drawer.head("", "")
        except sqlite3.Error:
            return None
        return drawer

    def put(self, row: Row) -> None:
        """Lay a piece in, in place of the one that was there."""
        try:
            self._rows.execute(_INSERT, row)
        except sqlite3.OperationalError as error:
            raise Refusal(f"What an export is made of cannot be kept on disk: {error}.") from error

    def head(self, path: str, name: str) -> bytes | None:
        """Return what a piece holds for, or None where there is no such piece."""
        with suppress(sqlite3.Error):
            found = self._rows.execute(_HEAD, (path, name)).fetchone()
            if found is not None and isinstance(found[0], bytes):
                return found[0]
        return None

    def data(self, path: str, name: str) -> bytes | None:
        """Return what a piece is."""
        with suppress(sqlite3.Error):
            found = self._rows.execute(_DATA, (path, name)).fetchone()
            if found is not None and isinstance(found[0], bytes):
                return found[0]
        return None

    def rows(self) -> Iterator[Row]:
        """Yield all pieces."""
        return map(Row._make, self._rows.execute(_SELECT))

    def finish(self) -> None:
        """Leave what was laid into a file with a name to whoever opens it."""
        self._rows.execute("COMMIT")
        self._rows.close()

    def close(self) -> None:
        """Let go of the file."""
        self._rows.close()


def keep(path: Path, drawers: Sequence[Drawer], paths: Collection[str]) -> None:
    """Take new pieces into a cache, all or none, and those of other paths than these out of it.

    What cannot be written is not kept; a file that is no cache gives way to one.
    """
    for _ in range(2):
        with suppress(OSError):
            path.touch(mode=0o600)  # what records say is nobody else's business
        try:
            with closing(_connect(path, "rw")) as cache:
                _renew(cache, drawers, paths)
        except sqlite3.OperationalError:
            return  # another export is writing, or nobody may
        except sqlite3.DatabaseError:
            with suppress(OSError):
                path.unlink()
        else:
            return


def _renew(cache: sqlite3.Connection, drawers: Sequence[Drawer], paths: Collection[str]) -> None:
    cache.execute("PRAGMA synchronous = OFF")
    cache.execute("BEGIN IMMEDIATE")
    cache.execute(_TABLE)
    known = {path for (path,) in cache.execute("SELECT DISTINCT path FROM piece")}
    for gone in known.difference(paths):
        cache.execute("DELETE FROM piece WHERE path = ?", (gone,))
    for drawer in drawers:
        cache.executemany(_INSERT, drawer.rows())
    cache.execute("COMMIT")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    where = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(where, uri=True, timeout=_PATIENCE, isolation_level=None)


_TABLE = (
    "CREATE TABLE IF NOT EXISTS piece (path TEXT NOT NULL, name TEXT NOT NULL, head BLOB NOT NULL,"
    " data BLOB NOT NULL, PRIMARY KEY (path, name))"
)
_INSERT = "INSERT OR REPLACE INTO piece VALUES (?, ?, ?, ?)"
_SELECT = "SELECT path, name, head, data FROM piece"
_HEAD = "SELECT head FROM piece WHERE path = ? AND name = ?"
_DATA = "SELECT data FROM piece WHERE path = ? AND name = ?"
