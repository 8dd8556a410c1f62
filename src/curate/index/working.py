"""The working copy: what has changed since it was last looked at.

A file whose size, times and inode are those of when it was read holds what was read, unless it was
written again within the same tick of the file system's clock. So what is younger than the coarsest
tick is read every time, and its content decides. Windows keeps no time that a program cannot set
back; there, content always decides.
"""

import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from curate.config import Config
from curate.corpus import Entry
from curate.facts import version_of
from curate.index.memory import current_memory
from curate.index.seen import Each, Moved, Seen, Taken, Whole
from curate.index.shelf import Shelf
from curate.index.watched import Watched
from curate.pipeline import entry_of
from curate.refusal import Refusal
from curate.source import read, walk
from curate.watch import Unwatched

NAME = "working"
TICK = 2_000_000_000
"""Nanoseconds: FAT tells times two seconds apart, others far less."""


class Working:
    """The files below records/ as they are on the disk."""

    name = NAME

    def __init__(self, root: Path, held: int | None = None) -> None:
        self._root = root
        self._held = held
        self._watched: Watched | None = None
        self._looked_at: frozenset[str] = frozenset()

    def whole(self, config: Config, each: Each, jobs: int | None) -> Whole:
        """Read and visit every file."""
        # A check of what has changed needs none of it.
        from curate.bulk import Work, visit  # noqa: PLC0415

        stamps = self._stamps()
        work = Work(partial(read, self._root), config, each, self._held)
        visited = visit(sorted(stamps), work, jobs)
        versions = {path: known.version for path, known in visited.known.items()}
        return Whole(visited, versions, stamps, {})

    def changes(self, shelf: Shelf) -> Seen:
        """Read what may have changed, and return what has."""
        memory = current_memory()
        self._watched = None if memory is None else memory.take_watched(self._root)
        if self._watched is not None:
            try:
                return self._told(self._watched, shelf)
            except Unwatched:
                self._unwatch()
        return self._seen(shelf)

    def _told(self, watched: Watched, shelf: Shelf) -> Seen:
        """Read what is told to have changed, since the index has had all."""
        if watched.index != shelf.digest:
            raise Unwatched("another process has written to the index")
        self._looked_at = watched.changed()
        taken: dict[str, Taken] = {}
        gone = []
        for path in sorted(self._looked_at):
            if watched.is_there(path):
                found = self._take(path)
                if not shelf.is_version(path, found.version):
                    taken[path] = found
            elif shelf.facts(path) is not None:
                gone.append(path)
        # When they were written proves nothing for whoever looks without being told.
        return Seen(taken, tuple(gone), dict.fromkeys(taken), {})

    def _seen(self, shelf: Shelf) -> Seen:
        """Look at every file."""
        stamps = self._stamps()
        known = shelf.listing
        taken: dict[str, Taken] = {}
        for path, stamp in stamps.items():
            if stamp is None or path not in known or known[path][2] != stamp:
                found = self._take(path)
                if not shelf.is_version(path, found.version):
                    taken[path] = found
        gone = tuple(path for path in known if path not in stamps)
        return Seen(taken, gone, stamps, {})

    def read(self, path: str, version: str) -> Entry:
        """Read a file that has not changed; raise `Moved` if it has meanwhile."""
        memory = current_memory()
        kept = None if memory is None else memory.entry(self._root, path, version)
        if kept is not None and self._watched is not None and path not in self._looked_at:
            return kept
        found = self._take(path)
        if found.version != version:
            raise Moved(path)
        entry = kept or entry_of(found.item)
        if memory is not None:
            memory.keep_entry(self._root, path, version, entry)
        return entry

    def settle(self, shelf: Shelf) -> None:
        """Have the files watched until they are looked at again, in a process that stays."""
        memory = current_memory()
        if memory is None:
            return
        with suppress(Unwatched, Refusal):
            if self._watched is None:
                self._watched = Watched(self._root)
                self._watched.doubt(self._unproven(shelf))
            self._watched.settle(self._looked_at, shelf.digest)
            memory.keep_watched(self._root, self._watched)
            self._watched = None

    def close(self) -> None:
        """Let go of who watches, if nobody has settled that all was seen."""
        self._unwatch()

    def _unwatch(self) -> None:
        if self._watched is not None:
            self._watched.close()
        self._watched, self._looked_at = None, frozenset()

    def _unproven(self, shelf: Shelf) -> set[str]:
        """Return the files that may be others than the index has them."""
        stamps, known = self._stamps(), shelf.listing
        found = {
            path
            for path, stamp in stamps.items()
            if stamp is None or path not in known or known[path][2] != stamp
        }
        return found | (known.keys() - stamps.keys())

    def _stamps(self) -> dict[str, Any]:
        """Look at every file; a stamp is None where it proves nothing."""
        settled = time.time_ns() - TICK
        found: dict[str, Any] = {}
        for path, entry in walk(self._root):
            seen = entry.stat(follow_symlinks=False)
            times = seen.st_mtime_ns, seen.st_ctime_ns
            trusted = max(times) < settled and sys.platform != "win32"
            found[path] = (*times, seen.st_size, seen.st_ino, seen.st_mode) if trusted else None
        return found

    def _take(self, path: str) -> Taken:
        item = read(self._root, path)
        return Taken(item, version_of(item))
