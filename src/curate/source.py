"""Find the files of a corpus and read their bytes, within bounds.

Nothing here follows a link, opens what is no plain file, or reads more than `MAX_BYTES` of one.
What stands in the way of reading one file is an `Obstacle`, to be reported; what stands in the way
of reading the corpus is a `Refusal`.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from curate.refusal import Refusal

MAX_BYTES = 1 << 20
RECORDS = "records"
SUFFIX = ".yaml"


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
    top = root / RECORDS
    if not top.is_dir():
        raise Refusal(
            f"There is no folder `{RECORDS}` in {root}; run `curate init` to start a corpus."
        )
    for path in _walk(top, RECORDS):
        yield read(root, path)


def read(root: Path, path: str) -> Source | Obstacle:
    """Read one file of the corpus, whatever it turns out to be."""
    full = root / path
    try:
        found = full.lstat()
        if (obstacle := _obstacle(path, found)) is not None:
            return obstacle
        # O_NONBLOCK: should a FIFO have taken the file's place meanwhile, opening it cannot hang.
        handle = os.open(full, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _NOFOLLOW)
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return _irregular(path, "is no plain file")
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refusal(f"{full} cannot be read: {error.strerror}.") from error
    return Source(path, data) if len(data) <= MAX_BYTES else _too_large(path)


def overlay(
    found: Iterator[Source | Obstacle], buffers: Mapping[str, bytes]
) -> Iterator[Source | Obstacle]:
    """Replace or add files by what is given, such as the unsaved text of an editor."""
    left = dict(buffers)
    for item in found:
        yield Source(item.path, left.pop(item.path)) if item.path in left else item
    for path in sorted(left):
        yield Source(path, left[path])


_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)


def _walk(folder: Path, path: str) -> Iterator[str]:
    """Yield what may be records below a folder, sorted, without following links."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise Refusal(f"{folder} cannot be listed: {error.strerror}.") from error
    for entry in entries:
        below = f"{path}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False) and not entry.name.endswith((".yaml", ".yml")):
            yield from _walk(Path(entry.path), below)
        elif _looks_like_a_record(entry):
            yield below


def _looks_like_a_record(entry: "os.DirEntry[str]") -> bool:
    """Every file but a page of documentation is meant as a record; a link may hide a folder."""
    return not entry.name.endswith(".md")


def _obstacle(path: str, found: os.stat_result) -> Obstacle | None:
    """Return what is wrong with a path that was looked at, before it is opened."""
    mode = found.st_mode
    if stat.S_ISLNK(mode):
        return _irregular(path, "is a symbolic link")
    if stat.S_ISDIR(mode):
        return _irregular(path, "is a folder")
    if not stat.S_ISREG(mode):
        return _irregular(path, "is no plain file (a pipe, a socket or a device)")
    if not path.endswith(SUFFIX):
        return Obstacle(
            path,
            "unexpected-file",
            f"The file name does not end in `{SUFFIX}`, so it would be read by nobody.",
            f"Rename it to end in `{SUFFIX}`, or move it out of `{RECORDS}/`.",
        )
    return _too_large(path) if found.st_size > MAX_BYTES else None


def _irregular(path: str, what: str) -> Obstacle:
    return Obstacle(
        path,
        "not-a-regular-file",
        f"This {what}; a record is a plain file.",
        "Put the record's text into a plain file of this name.",
    )


def _too_large(path: str) -> Obstacle:
    return Obstacle(
        path,
        "too-large",
        f"The file is larger than {MAX_BYTES // 1024} KiB; no record is.",
        "Check that it is a record, and split what belongs to several.",
    )
