"""What a process that checks again and again keeps in memory from one check to the next.

Nothing of it is believed: a page is one of a digest, a file one of a version, and both are known
anew in each check. Only a resident process has a memory.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from curate.corpus import Entry
from curate.index.git_index import Snapshot
from curate.index.watched import Watched

Pages: TypeAlias = dict[int, tuple[bytes, Any]]
"""Number → digest, and what the page of that digest holds."""

_ENTRIES = 512
"""How many files are kept, read."""
_CORPORA = 2
"""Of how many corpora files are watched or git's index is known, and twice as many indexes."""


class Memory:
    """What was read of some indexes and corpora, and what is left to do once a call is answered."""

    def __init__(self) -> None:
        self._entries: dict[tuple[Path, str, str], Entry] = {}
        self._pages: dict[Path, Pages] = {}
        self._watched: dict[Path, Watched] = {}
        self._staged: dict[Path, tuple[bytes, Snapshot]] = {}
        self._later: list[Callable[[], None]] = []

    def entry(self, root: Path, path: str, version: str) -> Entry | None:
        """Return a file, if it was read in this version."""
        return self._entries.get((root, path, version))

    def keep_entry(self, root: Path, path: str, version: str, entry: Entry) -> None:
        """Keep a file, in place of the one that was kept first."""
        while len(self._entries) >= _ENTRIES:
            del self._entries[next(iter(self._entries))]
        self._entries[root, path, version] = entry

    def take_pages(self, index: Path) -> Pages:
        """Take the pages of an index out: whoever has them may change them."""
        return self._pages.pop(index, {})

    def keep_pages(self, index: Path, pages: Pages) -> None:
        """Keep pages that nobody will change."""
        while len(self._pages) >= 2 * _CORPORA:
            del self._pages[next(iter(self._pages))]
        self._pages[index] = pages

    def take_watched(self, root: Path) -> Watched | None:
        """Take out who watches a corpus."""
        return self._watched.pop(root, None)

    def keep_watched(self, root: Path, watched: Watched) -> None:
        """Keep who watches a corpus."""
        while len(self._watched) >= _CORPORA:
            self._watched.pop(next(iter(self._watched))).close()
        self._watched[root] = watched

    def staged(self, root: Path, index: bytes) -> Snapshot | None:
        """Return git's index as it was when everything in an index, named by this, was."""
        of, snapshot = self._staged.get(root, (b"", None))
        return snapshot if of == index else None

    def keep_staged(self, root: Path, index: bytes, snapshot: Snapshot) -> None:
        """Keep git's index of a corpus."""
        self._staged.pop(root, None)
        while len(self._staged) >= _CORPORA:
            del self._staged[next(iter(self._staged))]
        self._staged[root] = index, snapshot

    def close(self) -> None:
        """Let go of all."""
        while self._watched:
            self._watched.popitem()[1].close()

    def later(self, what: Callable[[], None]) -> None:
        """Leave something to be done once the call is answered."""
        self._later.append(what)

    def catch_up(self) -> None:
        """Do what is left to do."""
        while self._later:
            self._later.pop(0)()


_memory: Memory | None = None


def current_memory() -> Memory | None:
    """Return the memory of this process, if it answers more than one call."""
    return _memory


def remember() -> Memory:
    """Keep what is read in this process from now on."""
    global _memory  # noqa: PLW0603 - there is one a process, and most have none
    _memory = Memory()
    return _memory


def forget_all() -> None:
    """Keep nothing any more."""
    global _memory  # noqa: PLW0603 - likewise
    if _memory is not None:
        _memory.close()
    _memory = None
