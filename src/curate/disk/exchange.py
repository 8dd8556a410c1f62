"""Swap two folders in one step, where the system can."""

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Any

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def exchange(one: Path, other: Path) -> bool:
    """Give two folders of one file system each other's name, or return False: it cannot be done.

    Nobody who looks sees either name missing. Linux and macOS can on most file systems.
    """
    call = _call()
    if call is None:
        return False
    here, there = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux":
        failed = call(_AT_FDCWD, here, _AT_FDCWD, there, _RENAME_EXCHANGE)
    else:
        failed = call(here, there, _RENAME_SWAP)
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), os.fspath(one), None, os.fspath(other))


def _call() -> Any:
    """Return the C library's function, or None where it has none."""
    names = {"linux": "renameat2", "darwin": "renamex_np"}
    if sys.platform not in names:
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), names[sys.platform], None)
