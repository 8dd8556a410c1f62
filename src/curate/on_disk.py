"""Notice which files of a corpus change, by looking at them.

Looking costs a few milliseconds for thousands of files, works on network disks and in containers,
where systems announce nothing, and needs no library. What is looked at is what a save changes: the
time, the size, and, where an editor puts a new file into the place of the old one, the inode.
"""

import os
from pathlib import Path
from typing import TypeAlias

from curate.config import FILE
from curate.source import paths

Look: TypeAlias = tuple[int, int, int, int]


class Watch:
    """A corpus's files as they were when they were last looked at."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen = self._look()

    def changed(self) -> set[str]:
        """Return the files that came, went or changed since this was last asked.

        Raises Refusal where the folder cannot be listed; then nothing counts as seen.
        """
        now = self._look()
        before, self._seen = self._seen, now
        return {path for path in now.keys() | before.keys() if now.get(path) != before.get(path)}

    def forget(self, path: str) -> None:
        """Count a file as changed once more: it could not be read."""
        self._seen.pop(path, None)

    def _look(self) -> dict[str, Look | None]:
        top = f"{self._root}{os.sep}"
        return {path: _look_at(f"{top}{path}") for path in (*paths(self._root), FILE)}


def _look_at(path: str) -> Look | None:
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_mode
