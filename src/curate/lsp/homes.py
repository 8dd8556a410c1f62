"""Every corpus that is open, and which of them a file belongs to."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pygls.uris import from_fs_path, to_fs_path

from curate import config
from curate.lsp.home import Home
from curate.refusal import Refusal
from curate.source import RECORDS, SUFFIX, is_record_name


class Address(NamedTuple):
    """A file of a corpus: the corpus, and the path from its root."""

    home: Home
    path: str


class Homes:
    """The open corpora by their root. A file outside of any belongs to none, and stays quiet."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._homes: dict[Path, Home] = {}
        self._uris: dict[tuple[Path, str], str] = {}
        self.refusals: dict[Path, str] = {}
        """Why a corpus could not be read, by its root: what to tell, once."""

    def __iter__(self) -> Iterator[Home]:
        return iter([*self._homes.values()])

    def enter(self, folder: Path) -> Home | None:
        """Open the corpus that a folder is in, if it is in one that can be read."""
        root = self.root_of(folder)
        if root is None:
            return None
        if root not in self._homes:
            try:
                self._homes[root] = Home(root, self._encoding)
            except Refusal as refusal:
                self.refusals.setdefault(root, str(refusal))
                return None
            self.refusals.pop(root, None)
        return self._homes[root]

    def leave(self, folder: Path) -> Iterator[Home]:
        """Close the corpora at or below a folder in which nothing is open."""
        for root, home in [*self._homes.items()]:
            if (root == folder or folder in root.parents) and not home.open_paths:
                yield self._homes.pop(root)

    def address(self, uri: str) -> Address | None:
        """Return which record of which corpus a document is, opening that corpus if need be."""
        found = self.place(uri)
        home = None if found is None else self.enter(found[0])
        if found is None or home is None or not is_record(found[1]):
            return None
        self._uris[found] = uri
        return Address(home, found[1])

    def place(self, uri: str) -> tuple[Path, str] | None:
        """Return the root of the corpus that a document is in, and its path from there."""
        name = to_fs_path(uri) if uri.startswith("file:") else None
        if not name or "\0" in name:
            return None
        path = Path(name)
        root = self.root_of(path.parent)
        return None if root is None else (root, path.relative_to(root).as_posix())

    def root_of(self, folder: Path) -> Path | None:
        """Return the root of the corpus that a folder is in."""
        try:
            return config.find_root(folder)
        except (Refusal, OSError):
            return None

    def uri(self, home: Home, path: str) -> str:
        """Return how the editor calls a file: as it opened it, or as it would."""
        return self._uris.get((home.root, path)) or from_fs_path(str(home.root / path)) or ""


def is_record(path: str) -> bool:
    """Tell whether a path from a corpus's root is that of a record."""
    folder, *steps = path.split("/")
    return (
        folder == RECORDS
        and bool(steps)
        and path.endswith(SUFFIX)
        and is_record_name(steps[-1])
        and not any(step.startswith(".") for step in steps)
    )
