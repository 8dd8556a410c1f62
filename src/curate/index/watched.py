"""The files of a corpus, each watched: what has not been told to have changed is as it was read.

No clock plays a part, and a file is watched itself, not only its name in its folder: whoever writes
to it by another name is seen. Whatever else may lead to other files (a folder that is made, moved
or locked, something mounted, a notice that was lost) ends it: then every file is looked at again.
"""

import os
import select
from collections.abc import Iterable, Iterator
from pathlib import Path

from curate.refusal import Refusal
from curate.source import RECORDS, SUFFIX, is_record_name, walk
from curate.watch import CONTENT, IGNORED, NAMES, Unwatched, Watch, hold_local, most_files

_MOUNTS = "/proc/self/mountinfo"
_SHARE = 3 / 4
"""Of all files that a user may have watched, how many one corpus may have."""


class Watched:
    """Who watches a corpus, and which files may not be as they were."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.index = b""
        """Names the index that has every file as it was, but those that may have changed."""
        self.doubtful: set[str] = set()
        self._watch = Watch()
        self._folders: dict[int, str] = {}
        self._files: dict[int, set[str]] = {}
        self._mounts = os.open(_MOUNTS, os.O_RDONLY | os.O_CLOEXEC)
        self._poll = select.poll()
        self._poll.register(self._mounts, select.POLLPRI)
        try:
            self._top = self._place()
            self._add_folders()
            self._add_files()
        except (OSError, Refusal) as error:
            self.close()
            raise Unwatched(str(error)) from error
        except Unwatched:
            self.close()
            raise

    def doubt(self, paths: Iterable[str]) -> None:
        """Take files for changed."""
        self.doubtful |= {*paths}

    def changed(self) -> frozenset[str]:
        """Return which files may not be as they were; raise `Unwatched` if it can be any."""
        try:
            is_same = self._place() == self._top
        except OSError as error:
            raise Unwatched(str(error)) from error
        if not is_same or (self._poll.poll(0) and self._has_mounts()):
            raise Unwatched("the folder is another one")
        for number, name, mask in self._watch.notices():
            folder = self._folders.get(number)
            if folder is None:
                self.doubtful |= self._files.get(number, set())
                if mask & IGNORED:
                    self._files.pop(number, None)
            elif not name or mask & IGNORED:
                raise Unwatched(f"something was done to {folder}")
            elif not name.startswith("."):
                self._doubt(folder, name, mask)
        return frozenset(self.doubtful)

    def is_there(self, path: str) -> bool:
        """Tell whether there is such a file, and watch it from now on."""
        try:
            number = self._watch.add(os.path.join(self.root, path), CONTENT)  # noqa: PTH118 - as in source.py
        except FileNotFoundError:
            return False
        except OSError as error:
            raise Unwatched(str(error)) from error
        self._files.setdefault(number, set()).add(path)
        return True

    def settle(self, paths: Iterable[str], index: bytes) -> None:
        """Note that an index has these files as they are."""
        self.doubtful -= {*paths}
        self.index = index

    def close(self) -> None:
        """Watch it no more."""
        self._watch.close()
        os.close(self._mounts)

    def _doubt(self, folder: str, name: str, mask: int) -> None:
        if mask & _FOLDER:
            raise Unwatched(f"there is, or was, a folder {folder}/{name}")
        if is_record_name(name):
            self.doubtful.add(f"{folder}/{name}")

    def _place(self) -> tuple[int, int]:
        found = os.lstat(os.path.join(self.root, RECORDS))  # noqa: PTH118 - likewise
        return found.st_dev, found.st_ino

    def _has_mounts(self) -> bool:
        """Tell whether anything may be mounted in the folder."""
        below = os.fsencode((self.root / RECORDS).resolve()) + b"/"
        points = [line.split()[4] for line in Path(_MOUNTS).read_bytes().splitlines()]
        return any(point.startswith(below) or b"\\" in point for point in points)

    def _add_folders(self) -> None:
        """Watch every folder before it is listed: what comes into it later is told."""
        folders = [RECORDS]
        while folders:
            folder = folders.pop()
            full = os.path.join(self.root, folder)  # noqa: PTH118 - likewise
            self._folders[self._watch.add(full, NAMES)] = folder
            hold_local(full)
            folders += (f"{folder}/{name}" for name in _folders_in(full))

    def _add_files(self) -> None:
        folders = {*self._folders.values()}
        most = most_files() * _SHARE - len(folders)
        for path, _ in walk(self.root):
            if path.rpartition("/")[0] not in folders or len(self._files) >= most:
                raise Unwatched("a folder was made, or there are too many files")
            if not self.is_there(path):
                self.doubtful.add(path)


_FOLDER = 0x40000000


def _folders_in(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder and not entry.name.startswith(".") and not entry.name.endswith(SUFFIX):
                yield entry.name
