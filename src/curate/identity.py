"""Name the program: other code, schemas or packages may find something else in the same records.

Imported before anything is known to be needed, so it imports nothing that takes long.
"""

import os
import sys
from _blake2 import blake2b  # hashlib loads OpenSSL for it, which takes longer than all of this

LAYOUT = 1
"""Of the index and of what a resident process is told; raised when either changes."""


known: str | None = None
"""The digest, in a process that was started for this one program."""


def program() -> str:
    """Return a digest that changes with any file of the program, its schemas or its packages.

    Files are known by size, times and inode: neither an index nor a process leaves the machine.
    """
    if known is not None:
        return known
    package = os.path.dirname(os.path.abspath(__file__))
    digest = blake2b(f"{LAYOUT} {sys.version} {sys.flags.optimize}\n".encode(), digest_size=16)
    for folder in (package, os.path.join(package, "..", "..", "schemas")):
        for line in sorted(_files(folder)):
            digest.update(line.encode("utf-8", "surrogateescape"))
    for line in sorted(_packages()):
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def process(of_program: str) -> str:
    """Return a digest that changes with how Python was started, too."""
    settings = sorted(f"{name}={os.environ[name]}" for name in os.environ if _matters(name))
    told = repr((of_program, sys.executable, sys.path, tuple(sys.flags), settings, sys.warnoptions))
    return blake2b(told.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()


def _matters(name: str) -> bool:
    return name.startswith(("PYTHON", "COVERAGE", "LD_", "DYLD_"))


def _files(folder: str) -> list[str]:
    found: list[str] = []
    folders = [folder] if os.path.isdir(folder) else []
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.endswith((".py", ".json", ".md", ".toml")):
                    seen = entry.stat()
                    times = f"{seen.st_mtime_ns} {seen.st_ctime_ns}"
                    found.append(f"{entry.path} {seen.st_size} {times} {seen.st_ino}\n")
                elif entry.name != "__pycache__" and entry.is_dir():
                    folders.append(entry.path)
    return found


def _packages() -> list[str]:
    """Return the packages beside the program: the folder that describes one has its version."""
    found: list[str] = []
    for path in sys.path:
        if path.endswith("-packages") and os.path.isdir(path):
            found += [f"{name}\n" for name in os.listdir(path) if name.endswith("-info")]
    return found
