"""Numbered pages in an SQLite file, which are right or are not given at all.

SQLite keeps a commit whole, but does not notice a page that was damaged on the disk, and would
answer from it. So every page is held against its digest, which stands in the root, and the root
against its own: a damaged, mixed or truncated file gives `Damaged`, never another answer. A page
that is not written is empty; a page that is written and gone is damage.
"""

import marshal
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

DIGEST = 8
"""Bytes of a page's digest: an accident passes it once in 10^19 times."""


class Unsure(Exception):  # noqa: N818 - it says how the index is
    """The index cannot tell: check without it."""


class Damaged(Unsure):
    """The file is not an index, or no longer one."""


class Busy(Exception):  # noqa: N818 - likewise
    """Another process has changed the index meanwhile, or it cannot be written."""


class Store:
    """One index file, open for reading: all of it is as one moment had it."""

    def __init__(
        self,
        path: Path,
        pages: Mapping[int, tuple[bytes, Any]] | None = None,
        *,
        lasting: bool = False,
    ) -> None:
        """Open a file that is there; raise `Damaged` where it is no index.

        What is written meanwhile, by whomever, is not seen. One that stays open for long (it is
        `lasting`) holds up nobody who writes; a page that was written meanwhile is then `Damaged`.
        Pages that are known by their digest need not be read; they are this store's to change from
        now on.
        """
        self._pages: dict[int, Any] = {}
        self._known = dict(pages or {})
        self._path = path
        # Threads that take turns may share one that stays open.
        self._connection = _connect(path, shared=lasting)
        try:
            if not lasting:
                _guarded(lambda: self._connection.execute("BEGIN"))
            root = self._raw(0)
            self._packed_root = root
            self.root: dict[str, Any] = _unpacked(root[:_ROOT], root[_ROOT:])
            self._digests = bytearray(self.root["digests"])
        except (KeyError, TypeError) as error:
            self.close()
            raise Damaged(str(error)) from error
        except Damaged:
            self.close()
            raise

    def read(self, number: int) -> Any:
        """Return what a page holds, or None where nothing was written to it."""
        if number not in self._pages:
            self._pages[number] = self.look(number)
        return self._pages[number]

    def look(self, number: int) -> Any:
        """Return the same without keeping it."""
        if number in self._pages:
            return self._pages[number]
        digest = bytes(self._digests[number * DIGEST : (number + 1) * DIGEST])
        if len(digest) != DIGEST:
            raise Damaged(f"there is no page {number}")
        if digest == bytes(DIGEST):
            return None
        known = self._known.get(number)
        if known is not None and known[0] == digest:
            return known[1]
        return _unpacked(digest, self._raw(number))

    @property
    def digest(self) -> bytes:
        """What names all that the file holds."""
        return self._packed_root[:_ROOT]

    @property
    def kept(self) -> tuple[int, ...]:
        """The numbers of the pages that were read, in that order."""
        return tuple(self._pages)

    def forget(self, number: int) -> None:
        """Let go of a page; it is read again when it is wanted."""
        del self._pages[number]

    def keep(self, number: int, page: Any) -> None:
        """Take a page that was empty as this one from now on."""
        self._pages[number] = page

    def write(self, pages: Mapping[int, Any], root: dict[str, Any]) -> None:
        """Replace some pages and the root, all or none; `Busy` if another process was faster."""
        packed = [(number, marshal.dumps(page)) for number, page in sorted(pages.items())]
        for number, data in packed:
            self._digests[number * DIGEST : (number + 1) * DIGEST] = _digest(data)
        packed.append((0, _packed_root(root, self._digests)))
        try:
            with closing(_connect(self._path)) as writing:
                writing.execute("BEGIN IMMEDIATE")
                (now,) = writing.execute(_SELECT, (0,)).fetchone()
                if now != self._packed_root:
                    raise Busy("another process has written")
                writing.executemany(_INSERT, packed)
                writing.execute("COMMIT")
            self._packed_root = packed[-1][1]
        except (sqlite3.Error, TypeError) as error:
            raise Busy(str(error)) from error

    def known(self) -> dict[int, tuple[bytes, Any]]:
        """Return the pages as the file has them, by their digest; nobody may change them then."""
        for number, page in self._pages.items():
            digest = bytes(self._digests[number * DIGEST : (number + 1) * DIGEST])
            if digest != bytes(DIGEST):
                self._known[number] = digest, page
        return self._known

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _raw(self, number: int) -> bytes:
        row = _guarded(lambda: self._connection.execute(_SELECT, (number,)).fetchone())
        if row is None or not isinstance(row[0], bytes):
            raise Damaged(f"page {number} is gone")
        return row[0]


def create(path: Path, pages: Iterable[tuple[int, Any]], count: int, root: dict[str, Any]) -> None:
    """Write a new file at a path where none is; numbers of pages go from 1 to `count`."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("CREATE TABLE page (number INTEGER PRIMARY KEY, data BLOB NOT NULL)")
        connection.execute("BEGIN")
        digests = bytearray(DIGEST * (count + 1))
        for number, page in pages:
            data = marshal.dumps(page)
            digests[number * DIGEST : (number + 1) * DIGEST] = _digest(data)
            connection.execute(_INSERT, (number, data))
        connection.execute(_INSERT, (0, _packed_root(root, digests)))
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _connect(path: Path, *, shared: bool = False) -> sqlite3.Connection:
    where = path.as_uri() + "?mode=rw"
    connection = sqlite3.connect(
        where, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=not shared
    )
    # What a loss of power leaves behind is noticed, like any damage; waiting for the disk is long.
    connection.execute("PRAGMA synchronous = OFF")
    return connection


_SELECT = "SELECT data FROM page WHERE number = ?"
_INSERT = "INSERT OR REPLACE INTO page VALUES (?, ?)"
_ROOT = 16
"""Bytes of the root's own digest."""
_PATIENCE = 1.0
"""Seconds to wait for another process that writes."""


def _packed_root(root: dict[str, Any], digests: bytearray) -> bytes:
    data = marshal.dumps({**root, "digests": bytes(digests)})
    return _digest(data, _ROOT) + data


def _unpacked(digest: bytes, data: bytes) -> Any:
    if _digest(data, len(digest)) != digest:
        raise Damaged("a page is not what was written")
    return marshal.loads(data)  # noqa: S302 - only what was written here passes the digest


def _digest(data: bytes, size: int = DIGEST) -> bytes:
    return blake2b(data, digest_size=size).digest()


def _guarded(ask: Callable[[], T]) -> T:
    try:
        return ask()
    except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
        raise Damaged(str(error)) from error
