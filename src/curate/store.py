"""Where the files of a corpus are kept: a folder, or any place that fsspec can read.

The bounds are those of `source`: nothing follows a link, and no more than `MAX_BYTES` are taken.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

from curate import source
from curate.refusal import Refusal
from curate.source import MAX_BYTES, RECORDS, SUFFIX, Obstacle, Source


class Store(Protocol):
    """A corpus that is read file by file; it can be sent to another process."""

    def paths(self) -> list[str]:
        """Return the path of every record's file from the corpus root, sorted."""

    def read(self, path: str) -> Source | Obstacle:
        """Read one file, whatever it turns out to be."""

    def read_all(self, paths: Iterable[str]) -> Iterator[Source | Obstacle]:
        """Read several files, in their order."""

    def text(self, name: str) -> bytes:
        """Read a file that must be there, such as curate.toml."""


def store_at(place: str) -> Store:
    """Return the store at a path or URL, such as `s3://bucket/corpus`."""
    scheme = urlsplit(place).scheme
    if scheme == "file":
        return Folder(Path(url2pathname(urlsplit(place).path)))
    return Remote(place) if "://" in place else Folder(Path(place).absolute())


class Folder(NamedTuple):
    """A corpus in a folder; where others read it too, on a file system that all of them have."""

    root: Path

    def paths(self) -> list[str]:
        """Return the path of every record's file from the corpus root, sorted."""
        stands_for_all = source.top_obstacle(self.root) is not None
        return [RECORDS] if stands_for_all else sorted(source.paths(self.root))

    def read(self, path: str) -> Source | Obstacle:
        """Read one file, whatever it turns out to be."""
        return source.read(self.root, path)

    def read_all(self, paths: Iterable[str]) -> Iterator[Source | Obstacle]:
        """Read several files, in their order."""
        return map(self.read, paths)

    def text(self, name: str) -> bytes:
        """Read a file that must be there."""
        try:
            return (self.root / name).read_bytes()
        except OSError as error:
            raise Refusal(f"{self.root / name} cannot be read: {error.strerror}.") from error


class Remote(NamedTuple):
    """A corpus at a URL of fsspec's."""

    url: str

    def paths(self) -> list[str]:
        """Return the path of every record's file from the corpus root, sorted."""
        files, below = self._open()
        top = below(RECORDS)
        try:
            found = files.find(top)
        except (OSError, ValueError) as error:
            raise Refusal(f"{self.url} cannot be listed: {_said(error)}.") from error
        paths = [f"{RECORDS}{str(name)[len(top) :]}" for name in found]
        wanted = sorted(path for path in paths if _is_record(path))
        if not wanted:
            raise Refusal(f"There is no record below {self.url}/{RECORDS}.")
        return wanted

    def read(self, path: str) -> Source | Obstacle:
        """Read one file, whatever it turns out to be."""
        return next(self.read_all([path]))

    def read_all(self, paths: Iterable[str]) -> Iterator[Source | Obstacle]:
        """Read several files at once, and yield them in their order."""
        files, below = self._open()
        wanted = list(paths)
        ends = [MAX_BYTES + 1 if path.endswith(SUFFIX) else 1 for path in wanted]
        try:
            # One byte more than any record has tells the one that is too large.
            texts = files.cat_ranges([below(path) for path in wanted], 0, ends)
        except (OSError, ValueError) as error:
            raise Refusal(f"{self.url} cannot be read: {_said(error)}.") from error
        for path, text in zip(wanted, texts, strict=True):
            if isinstance(text, Exception):
                raise Refusal(f"{self.url}/{path} cannot be read: {_said(text)}.") from text
            if not path.endswith(SUFFIX):
                yield source.wrong_suffix(path)
            else:
                yield source.too_large(path) if len(text) > MAX_BYTES else Source(path, text)

    def text(self, name: str) -> bytes:
        """Read a file that must be there."""
        files, below = self._open()
        try:
            found: bytes = files.cat_file(below(name))
        except (OSError, ValueError) as error:
            raise Refusal(f"{self.url}/{name} cannot be read: {_said(error)}.") from error
        return found

    def _open(self) -> tuple[Any, Callable[[str], str]]:
        """Return fsspec's file system, and how it calls a path below the corpus's root."""
        try:
            from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra
        except ImportError as error:
            said = f"To read {self.url}, install the extra: `pip install 'curate[cluster]'`."
            raise Refusal(said) from error
        try:
            files, base = url_to_fs(self.url)
        except (ImportError, ValueError, OSError) as error:
            raise Refusal(f"{self.url} cannot be opened: {_said(error)}.") from error
        root = base.rstrip("/")
        return files, lambda path: f"{root}/{path}" if root else path


def _is_record(path: str) -> bool:
    *folders, name = path.split("/")
    return source.is_record_name(name) and not any(one.startswith(".") for one in folders)


def _said(error: Exception) -> str:
    """Return the first line of what another library says, without a full stop."""
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(".")
