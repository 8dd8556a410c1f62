"""Replace a folder as a whole: whoever looks sees the old one or the new one, never a mixture.

The new folder is written beside the old one under a hidden name, and swapped in when it is complete
and on the disk. What a killed run leaves behind is under hidden names and goes with the next run.
Where a system cannot exchange two folders in one step, a run that is killed between two renames
leaves the old folder under a hidden name, and the next run puts it back first.
"""

import os
import re
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from curate.artifact import Artifact
from curate.disk.exchange import exchange
from curate.disk.file_lock import locked
from curate.disk.on_disk import sync_folder, sync_tree
from curate.refusal import Refusal

LISTING = "SHA256SUMS"
README = "README.md"
# What a system's own file browser leaves in any folder; nobody misses it.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_FOLDER_MODE, _FILE_MODE = 0o755, 0o644


def replace_folder(folder: Path, files: Iterable[Artifact]) -> None:
    """Make `folder` hold these files and nothing else, or refuse and leave it as it was.

    It may be missing, empty or an earlier export. What no export wrote is never thrown away.
    """
    _refuse_what_is_no_folder(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with locked(_beside(folder, "lock")):
            _settle(folder)
            try:
                _replace(folder, files)
            finally:
                # What cannot be removed now is removed by the next run.
                with suppress(OSError):
                    _settle(folder)
    except OSError as error:
        raise Refusal(
            f"{folder} cannot be written: {error.strerror}. What was there is unchanged."
        ) from error


def _replace(folder: Path, files: Iterable[Artifact]) -> None:
    # Before the work of writing, and once more after it, since it takes a while.
    _refuse_what_is_not_ours(folder, README)
    new = _beside(folder, "new")
    _make_folder(new)
    written: set[str] = set()
    for file in files:
        _write(new, _checked(file.path, written), file.chunks)
    sync_tree(new)
    same = _first_line(folder / README) == _first_line(new / README)
    _refuse_what_is_not_ours(folder, *[README] * same)
    _swap_in(new, folder)


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.curate-{what}")


def _settle(folder: Path) -> None:
    """Undo what a killed run left half done, and remove what it left behind."""
    old, new = _beside(folder, "old"), _beside(folder, "new")
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    for left in (old, new):
        if left.is_symlink() or left.exists():
            shutil.rmtree(left)  # which follows no link


def _swap_in(new: Path, folder: Path) -> None:
    """Put the new folder into its place, and the old one under a hidden name."""
    if not folder.exists():
        new.rename(folder)
    elif not exchange(new, folder):
        old = _beside(folder, "old")
        folder.rename(old)
        new.rename(folder)
    # Should the disk fail here, the old export may come back, which is complete as well.
    with suppress(OSError):
        sync_folder(folder.parent)


def _write(top: Path, path: PurePosixPath, chunks: Iterable[bytes]) -> None:
    """Write one file with the mode that an export has, whatever the umask."""
    for parent in reversed(path.parents[:-1]):
        if not (top / parent).is_dir():
            _make_folder(top / parent)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(top / path, flags, _FILE_MODE)
    try:
        for chunk in chunks:
            _write_all(handle, chunk)
        if sys.platform != "win32":
            os.fchmod(handle, _FILE_MODE)
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    """Write all of it: a disk that is nearly full takes a part, and says no to the rest."""
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def _make_folder(path: Path) -> None:
    path.mkdir()
    path.chmod(_FOLDER_MODE)


def _checked(path: str, written: set[str]) -> PurePosixPath:
    """Return a file's path, which must stay inside the folder and be the only one of its name."""
    checked = PurePosixPath(path)
    same = path.casefold()
    if (
        not checked.parts
        or checked.as_posix() != path
        or checked.is_absolute()
        or ".." in checked.parts
        or re.search(r'[\0-\x1f\\:*?"<>|]', path)
        or same in written
    ):
        raise ValueError(f"{path!r} is no path for a file of an export")
    written.add(same)
    return checked


def _refuse_what_is_no_folder(folder: Path) -> None:
    if not folder.name:
        raise Refusal(f"{folder} is the top of a disk; name a folder on it with --out.")
    try:
        mode = folder.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise Refusal(f"{folder} cannot be looked at: {error.strerror}.") from error
    if stat.S_ISLNK(mode):
        raise Refusal(f"{folder} is a link; name the folder itself with --out.")
    if not stat.S_ISDIR(mode):
        raise Refusal(f"{folder} is no folder; name another one with --out.")


def _refuse_what_is_not_ours(folder: Path, *expected: str) -> None:
    """Refuse to throw away what no earlier export wrote, but for files that are expected there."""
    if not folder.exists():
        return
    ours = _listed(folder).union(expected)
    others = sorted(path for path in _files(folder) if path not in ours)
    if others:
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        holds = f"{folder} holds {others[0]}{more}, which no export wrote"
        raise Refusal(f"{holds}; move that away, or name another folder with --out.")


def _listed(folder: Path) -> set[str]:
    """Return the files that the earlier export in a folder wrote, as it lists them itself."""
    try:
        text = (folder / LISTING).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return set()
    return {LISTING, *re.findall(r"^[0-9a-f]{64}  (.+)$", text, re.MULTILINE)}


def _files(folder: Path) -> Iterator[str]:
    """Yield every file below a folder but litter, by its path from there; no link is followed."""

    def refuse(error: OSError) -> None:
        raise error

    for where, folders, names in os.walk(folder, onerror=refuse):
        links = [name for name in folders if Path(where, name).is_symlink()]
        for name in [*names, *links]:
            if name not in _LITTER:
                yield Path(where, name).relative_to(folder).as_posix()


def _first_line(path: Path) -> bytes | None:
    try:
        with path.open("rb") as stream:
            return stream.readline(1 << 10)
    except FileNotFoundError:
        return None
