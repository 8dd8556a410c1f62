"""Write one file so that, whatever happens, it holds its old text or its new one, whole."""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from curate.disk.on_disk import sync_folder
from curate.refusal import Refusal

_NOFOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Replace the text of a file that still holds what was read of it; its mode is kept."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise Refusal(f"{path} is no plain file; nothing was written to it.")
        with os.fdopen(os.open(path, os.O_RDONLY | _NOFOLLOW), "rb") as stream:
            changed = stream.read(len(old) + 1) != old
        if changed:
            raise Refusal(f"{path} was changed while it was worked on; nothing was written to it.")
        _put(path, new, stat.S_IMODE(found.st_mode))
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {error.strerror}.") from error


def create_file(path: Path, new: bytes) -> None:
    """Write a file that is not there yet, and its folders; one that is there is left alone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The name is taken first, so that of two who write it one is refused.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW, 0o666)
        mode = stat.S_IMODE(os.fstat(handle).st_mode)
        os.close(handle)
        try:
            _put(path, new, mode)
        except BaseException:
            path.unlink()
            raise
    except FileExistsError as error:
        raise Refusal(f"{path} exists already; nothing was written to it.") from error
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {error.strerror}.") from error


def _put(path: Path, data: bytes, mode: int) -> None:
    """Write data beside a file, down to the disk, and let it take the file's place."""
    # Its hidden name is no record's: should we be killed now, nobody reads what is left behind.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(mode)
        beside.replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            beside.unlink()
        raise
    sync_folder(path.parent)
