"""Name the program: other code, schemas or packages may find something else in the same records."""

import os
import sys
from collections.abc import Iterator
from hashlib import blake2b

LAYOUT = 1
"""Of the index; raised when it changes."""


known: str | None = None
"""The digest, in a process that was started for this one program."""


def program() -> str:
    """Return a digest that changes with any file of the program, its schemas or its packages.

    Files are known by size, times and inode: neither an index nor a process leaves the machine.
    """
    if known is not None:
        return known
    digest = blake2b(f"{LAYOUT} {sys.version} {sys.flags.optimize}\n".encode(), digest_size=16)
    for folder in _folders():
        for line in sorted(map(_described, _files(folder))):
            digest.update(line.encode("utf-8", "surrogateescape"))
    for line in sorted(_packages()):
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def places() -> Iterator[tuple[str, bool]]:
    """Yield each path that the digest depends on, and whether it is a folder, these first."""
    for folder in _folders():
        yield folder, True
        for entry in _walk(folder):
            yield entry.path, entry.is_dir()
    for path in _beside():
        yield path, True


def _folders() -> list[str]:
    package = os.path.dirname(os.path.abspath(__file__))
    schemas = os.path.join(package, "..", "..", "schemas")
    return [package, schemas] if os.path.isdir(schemas) else [package]


def _walk(folder: str) -> Iterator["os.DirEntry[str]"]:
    """Yield the files that matter and the folders below one, each folder before it is listed."""
    folders = [folder]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.endswith((".py", ".json", ".md", ".toml")):
                    yield entry
                elif entry.name != "__pycache__" and entry.is_dir():
                    yield entry
                    folders.append(entry.path)


def _files(folder: str) -> Iterator["os.DirEntry[str]"]:
    return (entry for entry in _walk(folder) if not entry.is_dir())


def _described(entry: "os.DirEntry[str]") -> str:
    seen = entry.stat()
    times = f"{seen.st_mtime_ns} {seen.st_ctime_ns}"
    return f"{entry.path} {seen.st_size} {times} {seen.st_ino}\n"


def _beside() -> list[str]:
    """Return the folders of packages."""
    return [path for path in sys.path if path.endswith("-packages") and os.path.isdir(path)]


def _packages() -> list[str]:
    """Return the packages beside the program: the folder that describes one has its version."""
    found: list[str] = []
    for path in _beside():
        found += [f"{name}\n" for name in os.listdir(path) if name.endswith("-info")]
    return found
