"""A corpus that is open in an editor: its files on disk, and over them the unsaved buffers."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from curate import config, source
from curate.corpus import Corpus, Entry
from curate.document import Document
from curate.finding import Finding
from curate.lsp.buffer import Buffer
from curate.lsp.mended import mended
from curate.source import SUFFIX, Source
from curate.workspace import Workspace


class Home:
    """One corpus: what is open in it, and what is found. It never writes."""

    def __init__(self, root: Path, encoding: str) -> None:
        self.root = root
        self.encoding = encoding
        self._open: dict[str, _Open] = {}
        self._workspace = Workspace(source.find(root), config.load(root))

    @property
    def corpus(self) -> Corpus:
        """All records as they would be if every buffer were saved now."""
        return self._workspace.corpus

    @property
    def open_paths(self) -> tuple[str, ...]:
        """The records that are open, by their path from the root."""
        return tuple(self._open)

    def put(self, path: str, text: str, version: int | None) -> None:
        """Take in what an editor shows of a file, saved or not."""
        before = self._open.get(path)
        buffer = Buffer(text, self.encoding)
        data = buffer.data
        if len(data) > source.MAX_BYTES:
            self._workspace.put(source.too_large(path))
        elif before is not None or not self._is_irregular(path):
            self._workspace.put(Source(path, data))
        self._open[path] = _Open(buffer, version, self._readable(path, before))

    def close(self, path: str) -> None:
        """Go back to what is on disk."""
        if self._open.pop(path, None) is not None:
            self.look(path)

    def look(self, path: str) -> None:
        """Take in what has become of a path on disk; what is open stays as the editor shows it."""
        if (self.root / path).is_dir() or not path.endswith(SUFFIX):
            self._look_below(path)
        elif path not in self._open:
            self._look_at(path)

    def reload(self) -> None:
        """Read everything anew, as after a change of curate.toml."""
        found = source.overlay(
            source.find(self.root), {path: one.buffer.data for path, one in self._open.items()}
        )
        self._workspace = Workspace(found, config.load(self.root))

    def version(self, path: str) -> int | None:
        """Return the version of an open buffer; None for a file that is not open."""
        found = self._open.get(path)
        return None if found is None else found.version

    def buffer(self, path: str) -> Buffer | None:
        """Return the text that the editor shows, or would show if it opened the file."""
        found = self._open.get(path)
        if found is not None:
            return found.buffer
        entry = self.corpus.at(path)
        return None if entry is None else Buffer(entry.document.text, self.encoding)

    def entry(self, path: str) -> Entry | None:
        """Return a file; while it cannot be read, what can be read of it, else as it last was."""
        entry = self.corpus.at(path)
        if entry is None:
            return None
        document = mended(entry.document)
        opened = self._open.get(path)
        if document is None and opened is not None:
            document = opened.readable
        return Entry(path, entry.kind, document or entry.document, None, ())

    def findings(self) -> Mapping[str, list[Finding]]:
        """Return what is found now and not waived, by path; every open file is listed."""
        found: dict[str, list[Finding]] = {path: [] for path in self._open}
        for finding in self._workspace.report().standing:
            found.setdefault(finding.path, []).append(finding)
        return found

    def findings_of(self, path: str) -> list[Finding]:
        """Return what is found in one file and not waived."""
        return [found for found in self._workspace.report().standing if found.path == path]

    def exact(self, path: str) -> Entry | None:
        """Return a file exactly as it is, with its faults."""
        return self.corpus.at(path)

    def _readable(self, path: str, before: "_Open | None") -> Document | None:
        entry = self.corpus.at(path)
        if entry is not None and entry.document.value is not None:
            return entry.document
        return None if before is None else before.readable

    def _is_irregular(self, path: str) -> bool:
        """Tell whether a path leads to something that is no plain file, such as a link."""
        full = self.root / path
        return full.is_symlink() or (full.exists() and not full.is_file())

    def _look_at(self, path: str) -> None:
        full = self.root / path
        if full.is_symlink() or full.exists():
            self._workspace.put(source.read(self.root, path))
        else:
            self._workspace.drop(path)

    def _look_below(self, path: str) -> None:
        """Take in a folder that came, went or changed; or a file that is no record."""
        before = {one.path for one in self.corpus.entries if _is_within(one.path, path)}
        now = {item.path: item for item in source.find(self.root) if _is_within(item.path, path)}
        for gone in before - set(now) - set(self._open):
            self._workspace.drop(gone)
        for name, item in now.items():
            if name not in self._open:
                self._workspace.put(item)


class _Open(NamedTuple):
    """A buffer, its version, and the last state of it that could be read."""

    buffer: Buffer
    version: int | None
    readable: Document | None


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
