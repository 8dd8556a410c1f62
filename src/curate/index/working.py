"""The working copy: what has changed since it was last looked at.

A file whose size, times and inode are those of when it was read holds what was read, unless it was
written again within the same tick of the file system's clock. So what is younger than the coarsest
tick is read every time, and its content decides. Windows keeps no time that a program cannot set
back; there, content always decides.
"""

import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from curate.config import Config
from curate.corpus import Entry
from curate.facts import version_of
from curate.index.seen import Each, Moved, Seen, Taken, Whole
from curate.index.shelf import Shelf
from curate.pipeline import entry_of
from curate.source import read, walk

NAME = "working"
TICK = 2_000_000_000
"""Nanoseconds: FAT tells times two seconds apart, others far less."""


class Working:
    """The files below records/ as they are on the disk."""

    name = NAME

    def __init__(self, root: Path, held: int | None = None) -> None:
        self._root = root
        self._held = held

    def whole(self, config: Config, each: Each, jobs: int | None) -> Whole:
        """Read and visit every file."""
        # A check of what has changed needs none of it.
        from curate.bulk import visit  # noqa: PLC0415

        stamps = self._stamps()
        visited = visit(sorted(stamps), partial(read, self._root), config, each, jobs, self._held)
        versions = {path: known.version for path, known in visited.known.items()}
        return Whole(visited, versions, stamps, {})

    def changes(self, shelf: Shelf) -> Seen:
        """Read what may have changed, and return what has."""
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
        found = self._take(path)
        if found.version != version:
            raise Moved(path)
        return entry_of(found.item)

    def close(self) -> None:
        """Let go of nothing."""

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
