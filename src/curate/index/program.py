"""Name the program: other code, schemas or packages may find something else in the same records."""

import os
import sys
from hashlib import blake2b
from pathlib import Path

import curate
from curate.published import schemas_folder

_SKIPPED = frozenset({"__pycache__"})


def program() -> str:
    """Return a digest that changes with any file of the program, its schemas or its packages.

    Files are known by size, times and inode: the index never leaves the machine.
    """
    digest = blake2b(f"{LAYOUT} {sys.version} {sys.flags.optimize}".encode(), digest_size=16)
    package = Path(curate.__file__).parent
    for folder in (package, schemas_folder()):
        for line in sorted(_files(os.fspath(folder))):
            digest.update(line.encode("utf-8", "surrogatepass"))
    for line in sorted(_installed()):
        digest.update(line.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


LAYOUT = 1
"""Of the index; raised when it changes."""


def _files(folder: str) -> list[str]:
    found = []
    folders = [folder]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders.extend(() if entry.name in _SKIPPED else (entry.path,))
                else:
                    seen = entry.stat()
                    times = f"{seen.st_mtime_ns} {seen.st_ctime_ns}"
                    found.append(f"{entry.path} {seen.st_size} {times} {seen.st_ino}\n")
    return found


def _installed() -> list[str]:
    """Return the packages beside the program: a folder's name holds the version."""
    found = []
    for path in sys.path:
        if os.path.isdir(path):  # noqa: PTH112 - 110 of these are not worth a Path
            found += [f"{name}\n" for name in os.listdir(path) if name.endswith(".dist-info")]  # noqa: PTH208 - likewise
    return found
