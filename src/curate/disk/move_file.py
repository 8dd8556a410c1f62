"""Give a file another name, or take it away, as a whole."""

import os
from pathlib import Path

from curate.disk.on_disk import sync_folder
from curate.refusal import Refusal


def move_file(old: Path, new: Path) -> None:
    """Give a file another name in its folder; one that has that name is left alone."""
    try:
        if os.path.lexists(new):
            raise Refusal(f"{new} exists already; nothing was changed.")
        old.rename(new)
        sync_folder(new.parent)
    except OSError as error:
        raise Refusal(f"{old} cannot be renamed: {error.strerror}.") from error


def remove_file(path: Path) -> None:
    """Take a file away."""
    try:
        path.unlink()
        sync_folder(path.parent)
    except OSError as error:
        raise Refusal(f"{path} cannot be deleted: {error.strerror}.") from error
