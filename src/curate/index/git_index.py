"""git's index, the file: what was staged between two states of it.

git writes it anew each time, but an entry that stays is the same bytes again. So two states are
compared as bytes, and only the entries around which they differ are taken apart. What is not as
`git help format-index` has it for a plain index is `Unusual`, and git is to be asked.
"""

import struct
from array import array
from bisect import bisect_right
from hashlib import sha1
from typing import NamedTuple, TypeAlias

Changes: TypeAlias = dict[bytes, tuple[str | None, str | None]]
"""Path → mode and name of the text, before and after; None: not there."""

MOST = 1000
"""From more entries that are other bytes than these on, git is as fast."""


class Unusual(Exception):  # noqa: N818 - it says how the file is
    """The file is not one that is understood here."""


class Snapshot:
    """The file as it was, and where its entries start."""

    def __init__(self, data: bytes, starts: "array[int]") -> None:
        self.data = data
        self.starts = starts
        """The last one is where the entries end."""

    def compared(self, data: bytes) -> "Compared":
        """Compare it with the file as it is now; raise `Unusual` where that is not certain."""
        compared = Compared(self, data)
        try:
            compared.walk()
        except struct.error as short:
            raise Unusual(str(short)) from short
        return compared


def snapshot(data: bytes) -> Snapshot:
    """Take the whole file apart; 100,000 entries take several times as long as starting Python."""
    starts, at, last = array("Q"), _HEADER, b""
    try:
        for _ in range(_count(data)):
            entry = _entry(data, at)
            if entry.name <= last:
                raise Unusual("its entries are not in order")
            starts.append(at)
            last, at = entry.name, entry.end
    except struct.error as short:
        raise Unusual(str(short)) from short
    starts.append(at)
    _hold_rest(data, at)
    digest = data[-_TRAILER:]
    # Zeros stand there where git was told to save the time (index.skipHash).
    if digest not in (sha1(data[:-_TRAILER], usedforsecurity=False).digest(), bytes(_TRAILER)):
        raise Unusual("it is damaged, or one with SHA-256")
    return Snapshot(data, starts)


class Compared:
    """Two states of the file, and what lies between them."""

    def __init__(self, old: Snapshot, data: bytes) -> None:
        self.changes: Changes = {}
        self._old = old
        self._data = data
        self._end = 0
        self._runs: list[tuple[int, int, int]] = []
        """Entries of the old state, from one to before another, and how far on the new has them."""

    def snapshot(self) -> Snapshot:
        """Return the new state; what stayed need not be taken apart again."""
        if self._data == self._old.data:
            return self._old
        starts = array("Q")
        for first, past, shift in self._runs:
            same = self._old.starts[first:past]
            starts += array("Q", [start + shift for start in same]) if shift else same
        starts.append(self._end)
        return Snapshot(self._data, starts)

    def walk(self) -> None:
        """Find what has changed."""
        old, starts, data = self._old.data, self._old.starts, self._data
        if data == old:
            return
        left, there, at, last, apart = _count(data), 0, _HEADER, b"", 0
        while left or there < len(starts) - 1:
            same = min(self._same(there, at), left)
            if same:
                self._runs.append((there, there + same, at - starts[there]))
                at += starts[there + same] - starts[there]
                there, left = there + same, left - same
                last = _entry(old, starts[there - 1]).name
                continue
            apart += 1
            if apart > MOST:
                raise Unusual("too much has changed")
            was = _entry(old, starts[there]) if there < len(starts) - 1 else None
            new = _entry(data, at) if left else None
            if was is not None and (new is None or was.name < new.name):
                self.changes[was.name] = was.version, None
                there += 1
                continue
            assert new is not None  # noqa: S101 - one of both is left
            if new.name <= last:
                raise Unusual("its entries are not in order")
            self._runs.append((there, there + 1, at - starts[there]))
            last, at, left = new.name, new.end, left - 1
            if was is None or was.name != new.name:
                self.changes[new.name] = None, new.version
                continue
            there += 1
            if was.version != new.version:
                self.changes[new.name] = was.version, new.version
        _hold_rest(data, at)
        self._end = at

    def _same(self, there: int, at: int) -> int:
        """Count the entries, from one on, that the new state has at a place, byte by byte."""
        old, starts = self._old.data, self._old.starts
        first, end = starts[there], starts[-1]
        found, step, is_growing = first, _CHUNK >> 6, True
        while step:
            chunk = old[found : min(found + step, end)]
            if chunk and self._data.startswith(chunk, at + found - first):
                found += len(chunk)
                step = min(2 * step, _CHUNK) if is_growing else step
            else:
                step, is_growing = step // 2, False
        return bisect_right(starts, found) - 1 - there


class _Entry(NamedTuple):
    """One file that is staged, and where what follows it starts."""

    name: bytes
    mode: int
    blob: bytes
    end: int

    @property
    def version(self) -> str:
        if self.mode not in _MODES or self.blob == bytes(_TRAILER):
            raise Unusual("it is no file or link")
        return f"{self.mode:06o} {self.blob.hex()}"


_HEADER, _TRAILER, _CHUNK = 12, 20, 1 << 16
_FIELDS = struct.Struct(">24xI12x20sH")
"""Of an entry: mode, name of the text, flags."""
_MODES = frozenset((0o100644, 0o100755, 0o120000))
_LENGTH, _STAGE, _EXTENDED = 0x0FFF, 0x3000, 0x4000
_SKIPPED = 0x4000
"""Of the extended flags the one that says nothing of what is staged: it is not checked out."""


def _count(data: bytes) -> int:
    # Version 4 shortens each path by what it has in common with the one before.
    if data[:4] != b"DIRC" or int.from_bytes(data[4:8]) not in (2, 3):
        raise Unusual("it is of another version")
    return int.from_bytes(data[8:_HEADER])


def _entry(data: bytes, at: int) -> _Entry:
    mode, blob, flags = _FIELDS.unpack_from(data, at)
    start, length = at + _FIELDS.size, flags & _LENGTH
    if flags & _EXTENDED:
        if int.from_bytes(data[start : start + 2]) & ~_SKIPPED:
            raise Unusual("it is only intended to be added")
        start += 2
    past = start + length
    end = at + (past - at + 8) // 8 * 8
    if flags & _STAGE or length == _LENGTH:
        raise Unusual("there is a merge to be resolved, or a very long name")
    if data.find(b"\0", start, end) != past or end > len(data) - _TRAILER:
        raise Unusual("a name is not as long as it is said to be")
    return _Entry(data[start:past], mode, blob, end)


def _hold_rest(data: bytes, at: int) -> None:
    """Hold that only what git may leave out stands behind the entries."""
    end = len(data) - _TRAILER
    while at < end:
        # Small letters are what must be understood, such as of an index in two files.
        if not b"A" <= data[at : at + 1] <= b"Z":
            raise Unusual("there is more in it than entries")
        at += 8 + int.from_bytes(data[at + 4 : at + 8])
    if at != end:
        raise Unusual("it ends too early")
