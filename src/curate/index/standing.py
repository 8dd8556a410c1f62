"""A corpus that stays open, as in an editor: known from the index, and kept in mind from then on.

The index is asked when something is wanted and never written again: what changes from now on, such
as a text that nobody has saved, is kept here. Where a file or the index turns out to have changed
without a word, `Unsure` is raised: then one opens the corpus again.
"""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from curate.config import Config
from curate.corpus import Corpus, Entry, Question
from curate.facts import Facts, version_of
from curate.fault import Faults
from curate.finding import Finding
from curate.identity import program
from curate.index import layout, place
from curate.index.checked import bring_up_to_date, key_of
from curate.index.rows import Row, finding_of
from curate.index.seen import Moved, Seen
from curate.index.shelf import Shelf
from curate.index.store import Store, Unsure
from curate.index.working import NAME, Working
from curate.pipeline import check_entry
from curate.reading.text import Text
from curate.source import Obstacle, Source, read

MOST_ENTRIES = 400
"""Records that are kept in mind once they were read, of about 27 KB each."""
MOST_PAGES = 400
"""Pages of the index that are, of about 60 KB each."""


class Behind(Unsure):
    """So much has changed since the index was written that bringing it up to date takes long."""


class Standing(Shelf):
    """The files as the index and the disk have them, and over these the texts of an editor."""

    def __init__(self, store: Store, view: Working, root: Path, unsaved: Collection[str]) -> None:
        super().__init__(store, view.read)
        self._view = view
        self._root = root
        self._unsaved = unsaved
        self._labels: dict[str, dict[str, str]] | None = None
        self._ids: dict[str, frozenset[str]] = {}

    def close(self) -> None:
        """Let go of the index."""
        self._store.close()

    def save(self, state: dict[str, Any]) -> None:
        """Write what has changed, and by what to see the next changes."""
        super().save(state)
        self._dirty.clear()

    def put(self, entry: Entry) -> None:
        """Take in a file that is new or has changed."""
        before = self.facts(entry.path)
        super().put(entry)
        after = self.facts(entry.path)
        self._note_names(before, after)

    def drop(self, path: str) -> None:
        """Take out a file that is no longer there."""
        before = self.facts(path)
        super().drop(path)
        self._note_names(before, None)

    def ids(self, kind: str) -> frozenset[str]:
        """Return the ids of all records of a kind: as named, and as written inside."""
        if kind not in self._ids:
            self._ids[kind] = super().ids(kind)
        return self._ids[kind]

    def knows(self, path: str) -> bool:
        """Tell whether there is such a file."""
        return self.facts(path) is not None

    def take(self, path: str, version: str) -> None:
        """Note what names the content that is put next."""
        self.versions[path] = version

    def check(self, path: str, corpus: Corpus) -> None:
        """Check a file, and note what was asked and found."""
        asked: set[Question] = set()
        entry = self.entry(path)
        findings = check_entry(entry, corpus.noting(asked))
        self.note(entry, asked, findings)

    def text(self, path: str) -> str | None:
        """Return the text of a file, or None where there is no such file."""
        if not self.knows(path):
            return None
        if path in self._loaded:
            return self._loaded[path].document.text
        item = read(self._root, path)
        if not self.is_version(path, version_of(item)):
            raise Moved(path)
        return Text(item.data, Faults()).written if isinstance(item, Source) else ""

    def findings_of(self, path: str) -> list[Finding]:
        """Return what was found in a file."""
        _, findings = self.reported.get(path, (False, ()))
        return [finding_of(plain) for plain, _ in findings]

    def told_of(self) -> list[str]:
        """Return the files in which something was found, sorted."""
        return sorted(path for path, (_, findings) in self.reported.items() if findings)

    def labels(self, kind: str) -> Mapping[str, str]:
        """Return what each record of a kind is called in a list, by its path."""
        if self._labels is None:
            self._labels = {}
            for path, row in self._rows():
                self._labels.setdefault(str(row.kind), {})[path] = row.label
        return self._labels.get(kind, {})

    def containing(self, word: str) -> Iterator[Entry]:
        """Yield the files whose text holds a word, read; the others are only looked through."""
        sought = word.encode()
        for path in self.paths():
            if path in self._loaded:
                if word in self._loaded[path].document.text:
                    yield self._loaded[path]
                continue
            item = read(self._root, path)
            if isinstance(item, Source) and sought in item.data:
                yield self.entry(path)

    def changes(self) -> tuple[dict[str, Source | Obstacle], tuple[str, ...]]:
        """Look at every file on the disk; return which came or changed, and which are gone.

        What an editor has open is as the editor shows it, and did not change.
        """
        seen = self._view.changes(self)
        for path, stamp in seen.stamps.items():
            if path not in seen.taken and path not in self._unsaved:
                self.stamp(path, stamp)
        taken = {path: found.item for path, found in seen.taken.items()}
        gone = tuple(path for path in seen.gone if path not in self._unsaved)
        return {path: taken[path] for path in taken.keys() - {*self._unsaved}}, gone

    def let_go(self) -> None:
        """Forget what has not been wanted lately, and can be had again."""
        spare = len(self._loaded) - MOST_ENTRIES
        for path in [*self._loaded][: max(spare, 0)]:
            if path not in self._unsaved:
                del self._loaded[path]
        pages = self._store.kept
        for number in pages[: max(len(pages) - MOST_PAGES, 0)]:
            if number >= layout.FIRST and number not in self._dirty:
                self._store.forget(number)

    def _rows(self) -> Iterator[tuple[str, Row]]:
        for number in range(layout.FIRST, layout.FIRST + self.root["pages"]):
            page = self._store.look(number) or layout.empty()
            for path, row in page[layout.FILES].items():
                yield path, Row(*row)

    def _note_names(self, before: Facts | None, after: Facts | None) -> None:
        """Keep the lists of ids and labels right, if they were made."""

        def names(facts: Facts | None) -> tuple[str | None, ...] | None:
            return None if facts is None else (facts.kind, facts.inside)

        for facts in (before, after):
            if facts is not None and names(before) != names(after):
                self._ids.pop(str(facts.kind), None)
        if self._labels is None:
            return
        if before is not None:
            self._labels.get(str(before.kind), {}).pop(before.path, None)
        if after is not None:
            self._labels.setdefault(str(after.kind), {})[after.path] = after.label


def stand(
    root: Path, config: Config, unsaved: Collection[str], *, within: Path, most: int
) -> tuple[Standing, Corpus]:
    """Open the working copy of a corpus by its index, and bring both up to date.

    `unsaved` names the files that an editor has open, now and later. Raise `Behind` where more than
    `most` files changed since the index was written, and `Unsure` where there is no right index.
    """
    path = place.index_of(root, NAME, within)
    key = key_of(_program(), root, config)
    try:
        store = Store(path, lasting=True)
    except (OSError, sqlite3.Error) as error:
        raise Unsure(str(error)) from error
    try:
        view = _Hurried(root, most)
        shelf = Standing(store, view, root, unsaved)
        corpus = bring_up_to_date(shelf, view, Corpus(shelf, config), key)
    except (OSError, sqlite3.Error) as error:
        store.close()
        raise Unsure(str(error)) from error
    except BaseException:
        store.close()
        raise
    view.most = None
    return shelf, corpus


@cache
def _program() -> str:
    """Name the program once: should its files be replaced, this process is still the old one."""
    return program()


class _Hurried(Working):
    """A working copy of which not too much may have changed at first."""

    def __init__(self, root: Path, most: int) -> None:
        super().__init__(root)
        self.most: int | None = most

    def changes(self, shelf: Shelf) -> Seen:
        """Read what may have changed, and return what has."""
        seen = super().changes(shelf)
        if self.most is not None and len(seen.taken) > self.most:
            raise Behind(f"{len(seen.taken)} files have changed")
        return seen


__all__ = ["Behind", "Moved", "Standing", "stand"]
