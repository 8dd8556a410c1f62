"""A corpus that is still being read: what an open record says by itself, and others by their name.

A record is found by the name of its file. What takes knowing all records is not answered, so of an
open record only that is told which follows from it alone.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path

from curate.config import Config
from curate.corpus import Corpus, Entry, kind_of
from curate.facts import Facts, Holder, Told, facts_of, folded
from curate.finding import Finding
from curate.kinds import KINDS
from curate.lsp.page import rule_named
from curate.pipeline import check_entry, entry_of
from curate.refusal import Refusal
from curate.rule import WaiverUse
from curate.source import RECORDS, SUFFIX, Obstacle, Source, paths, read

_MOST_READ = 200


class Glimpse:
    """The files by their names: the library of a corpus that is still being read."""

    def __init__(self, root: Path, config: Config) -> None:
        self._root = root
        self._shown: dict[str, Entry] = {}
        self._read = lru_cache(_MOST_READ)(self._on_disk)
        self.corpus = Corpus(self, config)

    def put(self, item: Source | Obstacle) -> None:
        """Take in what an editor shows of a file."""
        self._shown[item.path] = entry_of(item)

    def drop(self, path: str) -> None:
        """Go back to what is on disk."""
        self._shown.pop(path, None)

    def forget(self) -> None:
        """Read again from disk what is wanted from now on."""
        self._read.cache_clear()

    def findings_of(self, path: str) -> list[Finding]:
        """Return what is found in an open file whatever the others say."""
        entry = self._shown.get(path)
        found = [] if entry is None else check_entry(entry, self.corpus)
        return [finding for finding in found if _is_own(finding.name)]

    def labels(self, kind: str) -> Mapping[str, str]:
        """Return the records of a kind by their paths; what they are called is not known yet."""
        folder = f"{RECORDS}/{KINDS[kind].folder}"
        try:
            names = sorted(path.name for path in (self._root / folder).iterdir())
        except OSError:
            names = []
        found = dict.fromkeys([f"{folder}/{name}" for name in names if name.endswith(SUFFIX)], "")
        return found | dict.fromkeys([path for path in self._shown if kind_of(path) == kind], "")

    def containing(self, word: str) -> Iterator[Entry]:
        """Yield the files whose text holds a word."""
        for path in sorted({*paths(self._root), *self._shown}):
            entry = self._shown.get(path)
            if entry is None:
                item = read(self._root, path)
                found = isinstance(item, Source) and word.encode() in item.data
                entry = entry_of(item) if found else None
            if entry is not None and word in entry.document.text:
                yield entry

    def holders(self, term: str) -> Sequence[Holder]:
        """Return the file that is so named, or that is at a path; no other term is known."""
        what, _, about = term.partition(" ")
        if what == "named":
            kind, _, id_ = about.partition(" ")
            is_name = kind in KINDS and "/" not in id_
            found = [f"{RECORDS}/{KINDS[kind].folder}/{id_}{SUFFIX}"] if is_name else []
        elif what == "path":
            found = [path for path in self._shown if folded(path) == about] or [about]
        else:
            found = []
        there = [self.entry(path) for path in found if self._is_there(path)]
        return [Told(one.path, one.status, one.record is not None) for one in there]

    def entry(self, path: str) -> Entry:
        """Return a file that is there, read."""
        shown = self._shown.get(path)
        return self._read(path) if shown is None else shown

    def line(self, path: str, number: int) -> str:
        """Return a line of a file, counted from 1."""
        return self.entry(path).document.line(number)

    def version(self, path: str) -> object:
        """Return what differs as soon as the file's text does."""
        return self.entry(path)

    def entries(self) -> tuple[Entry, ...]:
        """Return the files that are open."""
        return tuple(self._shown[path] for path in sorted(self._shown))

    def known(self) -> Iterator[tuple[Facts, object]]:
        """Yield what is known of the files that are open, in the order of their paths."""
        return ((facts_of(entry), entry) for entry in self.entries())

    def ids(self, kind: str) -> frozenset[str]:
        """Return the ids of all records of a kind, by the names of their files."""
        return frozenset(Path(path).stem for path in self.labels(kind))

    def has(self, kind: str) -> bool:
        """Tell whether there is any record of a kind."""
        return bool(self.labels(kind))

    def parents(self, kind: str) -> Mapping[str, str]:  # noqa: ARG002 - as of any library
        """Return no parents: they are not known yet."""
        return {}

    def _is_there(self, path: str) -> bool:
        if path in self._shown:
            return True
        # Path.is_file fails for what cannot be a name at all.
        if not os.path.isfile(self._root / path):  # noqa: PTH113
            return False
        with suppress(Refusal):
            self._read(path)
            return True
        return False

    def _on_disk(self, path: str) -> Entry:
        return entry_of(read(self._root, path))


@cache
def _is_own(name: str) -> bool:
    """Tell whether a rule asks nothing of the others, nor what the rules found that do."""
    rule = rule_named(name)
    return rule is not None and not rule.takes_corpus and WaiverUse not in rule.applies_to
