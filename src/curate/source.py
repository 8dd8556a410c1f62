"""Find the files of a corpus and read their bytes, within bounds.

Nothing here follows a link, opens what is no plain file, or reads more than `MAX_BYTES` of one.
What stands in the way of reading one file is an `Obstacle`, to be reported; what stands in the way
of reading the corpus is a `Refusal`.
"""

import os
import stat
from collections.abc import Container, Iterator
from pathlib import Path
from typing import NamedTuple

from curate.refusal import Refusal

MAX_BYTES = 1 << 20
RECORDS = "records"
SUFFIX = ".yaml"
COMPANION = "seeds.toml"
"""Says what the corpus was begun from; it stands among the records and is none."""


class Source(NamedTuple):
    """A record's file: its path from the corpus root (with `/`), and its bytes."""

    path: str
    data: bytes


class Obstacle(NamedTuple):
    """A path that looks like a record and cannot be read as one."""

    path: str
    name: str
    """The rule that says so: not-a-regular-file, too-large or unexpected-file."""
    message: str
    help: str


def find(root: Path) -> Iterator[Source | Obstacle]:
    """Yield every record's file below `root`/records, sorted by path, from the working copy."""
    obstacle = top_obstacle(root)
    if obstacle is not None:
        yield obstacle
        return
    for path in sorted(paths(root)):
        yield read(root, path)


def top_obstacle(root: Path) -> Obstacle | None:
    """Return what is wrong with the folder of the records; refuse a corpus that has none."""
    top = root / RECORDS
    try:
        mode = top.lstat().st_mode
    except FileNotFoundError:
        mode = 0
    except OSError as error:
        raise Refusal(f"{top} cannot be read: {error.strerror}.") from error
    if stat.S_ISLNK(mode):
        return irregular(RECORDS, "is a symbolic link")
    if not stat.S_ISDIR(mode):
        raise Refusal(
            f"There is no folder `{RECORDS}` in {root}; make one, and start a record in it with "
            "`curate new`."
        )
    return None


def read(root: Path, path: str, odd: Container[str] | None = None) -> Source | Obstacle:
    """Read one file of the corpus, whatever it turns out to be.

    `odd` is what `paths_and_odd` says of the folder that it was just found in: any other file is
    opened without being looked at first.
    """
    full = f"{root}/{path}"  # joining paths as objects would take longer than to read the file
    try:
        if odd is None or path in odd:
            obstacle = _obstacle(path, os.lstat(full))
            if obstacle is not None:
                return obstacle
        handle = os.open(full, _CAREFULLY)
        try:
            found = os.fstat(handle)
            obstacle = _obstacle(path, found)
            if obstacle is not None:
                return obstacle
            # Asking for a MiB of each small file would cost four times as much as reading it.
            data = os.read(handle, found.st_size + 1)
            while len(data) <= MAX_BYTES and (more := os.read(handle, MAX_BYTES + 1 - len(data))):
                data += more
        finally:
            os.close(handle)
    except OSError as error:
        raise Refusal(f"{full} cannot be read: {error.strerror}.") from error
    return Source(path, data) if len(data) <= MAX_BYTES else too_large(path)


def is_record_name(name: str) -> bool:
    """Tell whether a file is meant as a record: every one but documentation and hidden files."""
    return not (name.startswith(".") or name.endswith(".md") or name == COMPANION)


def irregular(path: str, what: str) -> Obstacle:
    """Say that a path is no plain file."""
    return Obstacle(
        path,
        "not-a-regular-file",
        f"This {what}; a record is a plain file.",
        "Put the file itself here, under this name.",
    )


def wrong_suffix(path: str) -> Obstacle:
    """Say that a file's name does not end as a record's does."""
    return Obstacle(
        path,
        "unexpected-file",
        f"The file name does not end in `{SUFFIX}`, so it would be read by nobody.",
        f"Rename it to end in `{SUFFIX}`, or move it out of `{RECORDS}/`.",
    )


def too_large(path: str) -> Obstacle:
    """Say that a file is larger than any record."""
    return Obstacle(
        path,
        "too-large",
        f"The file is larger than {MAX_BYTES // 1024} KiB; no record is.",
        "Check that it is a record, and split what belongs to several.",
    )


# Should a link or a FIFO have taken the file's place meanwhile, it is not followed, and opening it
# cannot hang.
_CAREFULLY = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


def paths_and_odd(root: Path) -> tuple[list[str], frozenset[str]]:
    """Return the paths of what may be records, sorted, and those that are no plain files."""
    found = [*walk(root)]
    odd = (path for path, entry in found if not entry.is_file(follow_symlinks=False))
    return sorted(path for path, _ in found), frozenset(odd)


def paths(root: Path) -> Iterator[str]:
    """Yield the paths of what may be records."""
    return (path for path, _ in walk(root))


def walk(root: Path) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Yield what may be records, without following links; folders may lie deeper than any stack."""
    folders = [RECORDS]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith("."):
                        continue
                    # What is called like a record is one, or is told to be none.
                    if name.endswith((SUFFIX, ".yml")):
                        yield f"{folder}/{name}", entry
                    elif entry.is_dir(follow_symlinks=False):
                        folders.append(f"{folder}/{name}")
                    elif is_record_name(name):
                        yield f"{folder}/{name}", entry
        except OSError as error:
            raise Refusal(f"{root / folder} cannot be listed: {error.strerror}.") from error


def _obstacle(path: str, found: os.stat_result) -> Obstacle | None:
    """Return what is wrong with a path that was looked at, before it is opened."""
    mode = found.st_mode
    if stat.S_ISREG(mode):
        if not path.endswith(SUFFIX):
            return wrong_suffix(path)
        return too_large(path) if found.st_size > MAX_BYTES else None
    if stat.S_ISLNK(mode):
        return irregular(path, "is a symbolic link")
    if stat.S_ISDIR(mode):
        return irregular(path, "is a folder")
    return irregular(path, "is a pipe, a socket or a device")
