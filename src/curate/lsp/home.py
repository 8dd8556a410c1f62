"""A corpus that is open in an editor: its files on disk, and over them the unsaved buffers."""

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from curate import config, source
from curate.corpus import Corpus, Entry
from curate.document import Document
from curate.finding import Finding
from curate.index import Unsure, place
from curate.index.standing import Standing, stand
from curate.lsp.buffer import Buffer
from curate.lsp.glimpse import Glimpse
from curate.lsp.indexing import is_kept, make_index
from curate.lsp.mended import mended
from curate.refusal import Refusal
from curate.source import SUFFIX, Obstacle, Source
from curate.workspace import Workspace

FEW = 300
"""So many files are read at once where there is no index; more have one made."""
_BEHIND = 200
"""From more changed files than these on, an index is brought up to date in another process."""
_ONE_BY_ONE = 100
"""From more news of files than these on, all are looked at."""


class Home:
    """One corpus: what is open in it, and what is found. It never writes a record.

    At first it knows no more than what is open and the names of the files; `begin` and `prepare`
    give it the index, and with that the whole corpus. What raises `Unsure` is to be asked again
    after `again`: the disk or the index was changed by others.
    """

    def __init__(self, root: Path, encoding: str) -> None:
        self.root = root
        self.encoding = encoding
        self._config = config.load(root)
        source.top_obstacle(root)
        self._open: dict[str, _Open] = {}
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._glimpse = Glimpse(root, self._config)
        self._workspace: Workspace | None = None
        self._news: set[str] = set()
        self._is_all_new = False
        self.trouble = ""
        """What keeps the corpus from being read as a whole."""

    @property
    def is_whole(self) -> bool:
        """Whether the whole corpus is known, and not only what is open."""
        return self._workspace is not None

    @property
    def corpus(self) -> Corpus:
        """All records as they would be if every buffer were saved now."""
        return self._glimpse.corpus if self._workspace is None else self._workspace.corpus

    @property
    def open_paths(self) -> Collection[str]:
        """The records that are open, by their path from the root."""
        return self._open.keys()

    def begin(self) -> bool:
        """Take the whole corpus from its index, or read it where it is small; tell whether it is.

        Where it is not, an index has to be made: see `prepare`.
        """
        if self._workspace is None and not self._from_index() and self._is_small():
            self._hold(Workspace(source.find(self.root), self._config))
        return self.is_whole

    async def prepare(self) -> None:
        """Have an index made of a large corpus; meanwhile all else can be asked."""
        within = place.folder()
        if within is None or not is_kept(within):
            within = self._own_folder()
        await make_index(self.root, within)

    def begin_anyway(self) -> None:
        """Take the whole corpus from the index that was made, or read all of it."""
        if not self.begin():
            self._hold(Workspace(source.find(self.root), self._config))

    def again(self) -> None:
        """Open the corpus once more, after something changed without a word."""
        self._leave()
        self.begin()

    def close_all(self) -> None:
        """Let go of the index."""
        self._leave()
        if self._scratch is not None:
            self._scratch.cleanup()

    def put(self, path: str, text: str, version: int | None) -> None:
        """Take in what an editor shows of a file, saved or not."""
        before = self._open.get(path)
        buffer = Buffer(text, self.encoding)
        data = buffer.data
        item: Source | Obstacle | None = None
        if len(data) > source.MAX_BYTES:
            item = source.too_large(path)
        elif before is not None or not self._is_irregular(path):
            item = Source(path, data)
        readable = None if before is None else before.readable
        self._open[path] = _Open(buffer, version, readable, item)
        if item is not None:
            self._put(item)
        entry = self.corpus.at(path)
        if entry is not None and entry.document.value is not None:
            self._open[path] = self._open[path]._replace(readable=entry.document)

    def close(self, path: str) -> None:
        """Go back to what is on disk."""
        if self._open.pop(path, None) is not None:
            self._glimpse.drop(path)
            self.look([path])

    def look(self, paths: Iterable[str]) -> None:
        """Take in what has become of paths on disk; what is open stays as the editor shows it."""
        found = list(islice(paths, _ONE_BY_ONE + 1))
        self._glimpse.forget()
        if self._workspace is None:
            return
        if len(found) > _ONE_BY_ONE or any(map(self._is_more, found)):
            self._look_at_all(self._workspace)
            return
        for path in found:
            if path not in self._open:
                self._look_at(self._workspace, path)

    def reload(self) -> None:
        """Read the configuration anew; with another one, all is to be checked."""
        settings = config.load(self.root)
        if settings != self._config:
            self._config = settings
            self._glimpse = Glimpse(self.root, settings)
            self._leave()
            self.begin()

    def version(self, path: str) -> int | None:
        """Return the version of an open buffer; None for a file that is not open."""
        found = self._open.get(path)
        return None if found is None else found.version

    def buffer(self, path: str) -> Buffer | None:
        """Return the text that the editor shows, or would show if it opened the file."""
        found = self._open.get(path)
        if found is not None:
            return found.buffer
        corpus = self.corpus
        if self._workspace is None:
            entry = corpus.at(path)
            text = None if entry is None else entry.document.text
        else:
            text = self._workspace.kept.text(path)
        return None if text is None else Buffer(text, self.encoding)

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

    def news(self) -> Collection[str] | None:
        """Return the files of which something else may be found than when this was last asked.

        None means any file.
        """
        if self._workspace is None:
            return self._open.keys()
        self._news |= {*self._workspace.check(), *self._open}
        found = None if self._is_all_new else self._news
        self._news, self._is_all_new = set(), False
        return found

    def findings(self) -> Mapping[str, list[Finding]]:
        """Return what is found now and not waived, by path; every open file is listed."""
        paths = dict.fromkeys((*self._open, *self._told_of()))
        return {path: self.findings_of(path) for path in paths}

    def findings_of(self, path: str) -> list[Finding]:
        """Return what is found in one file and not waived."""
        held = self._glimpse if self._workspace is None else self._workspace
        return [found for found in held.findings_of(path) if found.waived is None]

    def waived_in(self) -> Iterator[str]:
        """Yield the files in which something is waived."""
        if self._workspace is not None:
            for path in self._told_of():
                if any(found.waived is not None for found in self._workspace.findings_of(path)):
                    yield path

    def labels(self, kind: str) -> Mapping[str, str]:
        """Return what each record of a kind is called in a list, by its path."""
        self.corpus  # noqa: B018 - takes in what was typed
        return (self._glimpse if self._workspace is None else self._workspace.kept).labels(kind)

    def containing(self, word: str) -> list[Entry]:
        """Return the files whose text holds a word."""
        self.corpus  # noqa: B018 - likewise
        held = self._glimpse if self._workspace is None else self._workspace.kept
        return [*held.containing(word)]

    def exact(self, path: str) -> Entry | None:
        """Return a file exactly as it is, with its faults."""
        return self.corpus.at(path)

    def let_go(self) -> None:
        """Forget what has not been wanted lately."""
        if self._workspace is not None and isinstance(self._workspace.kept, Standing):
            self._workspace.kept.let_go()

    def _from_index(self) -> bool:
        """Take the corpus from its index, if there is a right one."""
        own = None if self._scratch is None else Path(self._scratch.name)
        for within in filter(None, (own, place.folder())):
            try:
                kept, corpus = stand(
                    self.root, self._config, self._open.keys(), within=within, most=_BEHIND
                )
            except Unsure:
                continue
            self._hold(Workspace.over(kept, corpus))
            return True
        return False

    def _hold(self, workspace: Workspace) -> None:
        """Have the whole corpus from now on."""
        self._workspace = workspace
        self._is_all_new = True
        self._show()

    def _leave(self) -> None:
        """Have no more than what is open from now on."""
        if self._workspace is not None and isinstance(self._workspace.kept, Standing):
            self._workspace.kept.close()
        self._workspace = None
        self._show()

    def _show(self) -> None:
        """Lay the open buffers over the files."""
        for opened in self._open.values():
            if opened.item is not None:
                self._put(opened.item)

    def _put(self, item: Source | Obstacle) -> None:
        if self._workspace is not None:
            self._workspace.put(item)
        else:
            self._glimpse.put(item)

    def _told_of(self) -> list[str]:
        if self._workspace is None:
            return []
        self._workspace.check()
        return self._workspace.kept.told_of()

    def _is_small(self) -> bool:
        return len([*islice(source.paths(self.root), FEW + 1)]) <= FEW

    def _own_folder(self) -> Path:
        if self._scratch is None:
            self._scratch = tempfile.TemporaryDirectory(prefix="curate-lsp-")
        return Path(self._scratch.name)

    def _is_irregular(self, path: str) -> bool:
        """Tell whether a path leads to something that is no plain file, such as a link."""
        full = self.root / path
        return full.is_symlink() or (full.exists() and not full.is_file())

    def _is_more(self, path: str) -> bool:
        """Tell whether news of a path may be news of others: it is a folder, or was one."""
        return (self.root / path).is_dir() or not path.endswith(SUFFIX)

    def _look_at(self, workspace: Workspace, path: str) -> None:
        try:
            workspace.put(source.read(self.root, path))
        except Refusal:
            full = self.root / path
            if full.is_symlink() or full.exists():
                raise
            workspace.drop(path)
            self._news.add(path)

    def _look_at_all(self, workspace: Workspace) -> None:
        """Look at every file, and take in which came, changed or went."""
        if isinstance(workspace.kept, Standing):
            taken, gone = workspace.kept.changes()
        else:
            taken = {item.path: item for item in source.find(self.root)}
            gone = tuple(path for path in workspace.kept.paths() if path not in taken)
        for path in gone:
            if path not in self._open:
                workspace.drop(path)
                self._news.add(path)
        for path, item in taken.items():
            if path not in self._open:
                workspace.put(item)


class _Open(NamedTuple):
    """A buffer, its version, the last state of it that could be read, and what is checked of it."""

    buffer: Buffer
    version: int | None
    readable: Document | None
    item: Source | Obstacle | None
