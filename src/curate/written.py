"""Know which files of a corpus `curate init` wrote, and which somebody has changed since."""

import hashlib
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

LISTING: Final = ".curate-init.sha256"
"""Lists what was written, as sha256sum does, so that an upgrade knows it again."""
_NEVER: Final = ("records/", "curate.toml")
_LINE: Final = re.compile(r"^([0-9a-f]{64})  (.+)$", re.MULTILINE)


class Upgrade(NamedTuple):
    """What an upgrade does."""

    write: Mapping[str, bytes]
    """The files to write, by path: refreshed, new in this version, or a schema that is missing."""
    kept: tuple[str, ...]
    """The files that somebody has changed, and that stay."""
    known: Mapping[str, str]
    """The digest that each file had when it was written, for the next upgrade."""


def is_refreshed(path: str) -> bool:
    """Tell whether a file is curate's: not a record, nor what a corpus says of itself."""
    return not path.startswith(_NEVER)


def digest(data: bytes) -> str:
    """Return a file's SHA-256."""
    return hashlib.sha256(data).hexdigest()


def listing(known: Mapping[str, str]) -> bytes:
    """Return the text of the list."""
    return "".join(f"{known[path]}  {path}\n" for path in sorted(known)).encode()


def upgrade(new: Mapping[str, bytes], old: Mapping[str, bytes]) -> Upgrade:
    """Decide what becomes of each file; `old` holds those that are there, the list among them."""
    text = old.get(LISTING, b"").decode("utf-8", "replace")
    known = {path: sum_ for sum_, path in _LINE.findall(text)}
    write: dict[str, bytes] = {}
    kept = []
    for path, data in new.items():
        there = old.get(path)
        if there is None:
            # What somebody deleted stays so; but without its schema, no editor explains a record.
            if path not in known or path.startswith("schemas/"):
                write[path] = data
        elif there != data and digest(there) == known.get(path):
            write[path] = data
        elif there != data:
            kept.append(path)
    current = {path: digest(data) for path, data in new.items() if old.get(path) == data}
    fresh = {path: digest(data) for path, data in write.items()}
    return Upgrade(write, tuple(kept), {**known, **current, **fresh})
