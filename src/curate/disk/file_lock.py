"""Let one process at a time do something; the others wait."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, waiting while another process does; it goes away with us.

    The system lets go of it when a process ends, however it ends.
    """
    handle = _hold(path)
    try:
        yield
    finally:
        # One that cannot be removed is no lock once nobody holds it; Windows removes none in use.
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def _hold(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    while True:
        handle = os.open(path, flags, 0o600)
        try:
            _wait(handle)
            if _is_still_at(path, handle):
                return handle
        except BaseException:
            os.close(handle)
            raise
        # Whoever held it before us has removed the file: lock the one that is there now.
        os.close(handle)


def _is_still_at(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt
    import time

    def _wait(handle: int) -> None:
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            except PermissionError:
                time.sleep(0.1)
            else:
                return

else:
    import fcntl

    def _wait(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
