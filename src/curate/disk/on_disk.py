"""Wait until what was written is on the disk, so that a power cut cannot take it back."""

import ctypes
import os
import sys
from pathlib import Path
from typing import Any


def sync_tree(folder: Path) -> None:
    """Wait until every file below a folder is on the disk."""
    syncfs = _syncfs()
    if syncfs is not None:
        # One call for the whole file system: asking file by file takes minutes for a big corpus.
        handle = os.open(folder, os.O_RDONLY)
        try:
            if syncfs(handle):
                code = ctypes.get_errno()
                raise OSError(code, os.strerror(code), os.fspath(folder))
        finally:
            os.close(handle)
        return
    for path, _, names in os.walk(folder):
        for name in names:
            _sync(Path(path, name), os.O_RDWR)
        sync_folder(Path(path))


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    if sys.platform != "win32":  # which has no such call, and needs none
        _sync(folder, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _syncfs() -> Any:
    if sys.platform != "linux":
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
