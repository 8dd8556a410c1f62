"""Be told by Linux of every change of some files, so that they need not be looked at again.

Linux notes a change before the program that made it goes on: whoever asks later is told of it. One
thing is told late: what a program writes into memory that it has mapped a file to, when it lets go.
Only file systems that this machine alone writes to are watched. In doubt, `Unwatched` is raised.
"""

import ctypes
import os
import select
import struct
from pathlib import Path
from typing import NamedTuple

_WRITTEN, _ATTRIBUTES, _CLOSED, _FROM, _TO = 0x2, 0x4, 0x8, 0x40, 0x80
_MADE, _DELETED, _SELF_DELETED, _SELF_MOVED = 0x100, 0x200, 0x400, 0x800
CONTENT = _WRITTEN | _ATTRIBUTES | _CLOSED | _SELF_DELETED | _SELF_MOVED
"""What is told of a file, by whatever name it is changed."""
NAMES = _ATTRIBUTES | _FROM | _TO | _MADE | _DELETED | _SELF_DELETED | _SELF_MOVED
"""What is told of a folder: its own fate, and which names come, go or are given to others."""
IGNORED = 0x8000
"""The mask of a notice that nothing more will be told of what is gone."""

_OVERFLOW, _UNMOUNTED, _FOLDER, _NO_LINK = 0x4000, 0x2000, 0x40000000, 0x02000000
_HEAD = struct.Struct("iIII")
_MOST = 1 << 16
"""Bytes of notices to take at once."""
_LOCAL = frozenset({"bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "tmpfs", "xfs", "zfs"})


class Unwatched(Exception):  # noqa: N818 - it says how things are
    """These files are not watched, or what has happened to them cannot be told."""


class Notice(NamedTuple):
    """One change: of what is watched by this number, or of a name in that folder."""

    number: int
    name: str
    mask: int

    @property
    def is_of_folder(self) -> bool:
        """Whether it tells of a folder, be it watched or in one that is."""
        return bool(self.mask & _FOLDER)


class Watch:
    """Files and folders that are watched from when they are added."""

    def __init__(self) -> None:
        self._linux = ctypes.CDLL(None, use_errno=True)
        try:
            self._handle: int = self._linux.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        except AttributeError as error:
            raise Unwatched("this system has no inotify") from error
        if self._handle < 0:
            raise Unwatched(os.strerror(ctypes.get_errno()))
        self._poll = select.poll()
        self._poll.register(self._handle, select.POLLIN)

    def add(self, path: str, what: int) -> int:
        """Watch a file or folder, never what a link leads to; return its number."""
        number: int = self._linux.inotify_add_watch(
            self._handle, os.fsencode(path), what | _NO_LINK
        )
        if number < 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), path)
        return number

    def has_notices(self) -> bool:
        """Tell whether anything has happened, and leave it to be read."""
        return bool(self._poll.poll(0))

    def notices(self) -> list[Notice]:
        """Return what has happened since it was last asked; raise `Unwatched` if some is lost."""
        found: list[Notice] = []
        while self.has_notices():
            data, at = os.read(self._handle, _MOST), 0
            while at < len(data):
                number, mask, _, size = _HEAD.unpack_from(data, at)
                at += _HEAD.size + size
                name = data[at - size : at].rstrip(b"\0")
                if mask & (_OVERFLOW | _UNMOUNTED):
                    raise Unwatched("more has happened than is told")
                found.append(Notice(number, os.fsdecode(name), mask))
        return found

    def fileno(self) -> int:
        """Return what becomes readable when something has happened."""
        return self._handle

    def close(self) -> None:
        """Watch nothing any more."""
        os.close(self._handle)


def most_files() -> int:
    """Return how many files one user may have watched, all programs together."""
    try:
        return int(Path("/proc/sys/fs/inotify/max_user_watches").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def hold_local(path: str) -> None:
    """Raise `Unwatched` where others than this machine may change what is at a path."""
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        said = Path(f"/proc/self/fdinfo/{handle}").read_text(encoding="ascii").split()
        mount = said[said.index("mnt_id:") + 1].encode()
        mounts = Path("/proc/self/mountinfo").read_bytes().splitlines()
    except (OSError, ValueError) as error:
        raise Unwatched(str(error)) from error
    finally:
        os.close(handle)
    kinds = {line.split()[0]: line.partition(b" - ")[2].split()[0].decode() for line in mounts}
    if kinds.get(mount) not in _LOCAL:
        raise Unwatched(f"{path} is on {kinds.get(mount)}")
