"""Check a corpus with the help of what is known from the last time."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from functools import cached_property, partial
from pathlib import Path
from typing import Any, overload

from curate.config import Config
from curate.corpus import TODAY, Corpus, Entry, Question
from curate.identity import program
from curate.index import place
from curate.index.build import Building, keep
from curate.index.memory import current_memory
from curate.index.seen import View
from curate.index.shelf import Shelf
from curate.index.staged import Staged
from curate.index.store import Busy, Damaged, Store, Unsure
from curate.index.working import Working
from curate.pipeline import check_entry, entry_of
from curate.report import Report
from curate.source import top_obstacle
from curate.taking_in import take_in
from curate.today import today


class Checked:
    """What was found, and the corpus to tell it from, for as long as the index is held open.

    What is asked of either later may raise `Unsure`, too.
    """

    def __init__(
        self, report: Report, corpus: Corpus, end: Callable[[], None], *, known: bool = False
    ) -> None:
        self.report = report
        self.corpus = corpus
        self.known = known
        """Whether there was an index."""
        self._end = end

    def close(self) -> None:
        """Let go of the index and of git."""
        self._end()


def check(
    root: Path, config: Config, *, staged: bool, jobs: int | None = None, held: int | None = None
) -> Checked:
    """Check the records of a working copy or of git's index, and bring the index up to date.

    `held` is how many entries each process may hold of a working copy, where it is to be few.
    Raise `Unsure` where there is no place for an index, or no index can be had of such a corpus.
    """
    within = place.folder()
    if within is None or (not staged and top_obstacle(root) is not None):
        raise Unsure("no index is kept")
    view: View = Staged(root) if staged else Working(root, held)
    path = place.index_of(root, view.name, within)
    key = key_of(program(), root, config)
    try:
        with suppress(Unsure, OSError, sqlite3.Error):
            return _again(path, key, view, config)
        return _anew(path, key, view, config, jobs)
    except BaseException:
        view.close()
        raise


def key_of(of_program: str, root: Path, config: Config) -> str:
    """Name what an index must be of: a program, these settings, and this corpus."""
    return f"{of_program} {config!r} {root.resolve()}"


def forget(root: Path, *, staged: bool) -> None:
    """Delete an index that was found to be damaged."""
    within = place.folder()
    if within is not None:
        with suppress(OSError):
            place.index_of(root, "staged" if staged else "working", within).unlink()


def _again(path: Path, key: str, view: View, config: Config) -> Checked:
    """Check what has changed, and whom that concerns."""
    memory = current_memory()
    store = Store(path, None if memory is None else memory.take_pages(path))
    try:
        shelf = Shelf(store, view.read)
        corpus, state = _take_in_changes(shelf, view, Corpus(shelf, config), key)
        if memory is None:
            with suppress(Busy):
                shelf.save(state)
    except BaseException:
        store.close()
        raise

    def end() -> None:
        with closing(store), closing(view), suppress(Busy):
            if memory is not None:
                shelf.save(state)
                memory.keep_pages(path, store.known())
                view.settle(shelf)

    report = Report(shelf.findings(), Listing(shelf), shelf.drafts())
    later = end if memory is None else partial(memory.later, end)
    return Checked(report, corpus, later, known=True)


def bring_up_to_date(shelf: Shelf, view: View, corpus: Corpus, key: str) -> Corpus:
    """Take in what has changed since the index was written, and write it there."""
    corpus, state = _take_in_changes(shelf, view, corpus, key)
    with suppress(Busy):
        shelf.save(state)
    return corpus


def _take_in_changes(
    shelf: Shelf, view: View, corpus: Corpus, key: str
) -> tuple[Corpus, dict[str, Any]]:
    """Take in what has changed; return the corpus, and by what to see the next changes."""
    if shelf.root["key"] != key:
        raise Damaged("it is of another program, configuration or place")
    seen = view.changes(shelf)
    waiting: dict[str, Entry | None] = dict.fromkeys(seen.gone)
    waiting |= {path: entry_of(found.item) for path, found in seen.taken.items()}
    shelf.versions = {path: found.version for path, found in seen.taken.items()}
    corpus, stale = take_in(shelf, corpus, waiting)
    dated = shelf.askers(TODAY)
    if dated and shelf.root["today"] != today().isoformat():
        stale |= {*dated}
    for path in sorted(stale):
        asked: set[Question] = set()
        entry = shelf.entry(path)
        findings = check_entry(entry, corpus.noting(asked))
        shelf.note(entry, asked, findings)
    for path, stamp in seen.stamps.items():
        shelf.stamp(path, stamp)
    day = corpus.today.isoformat() if shelf.askers(TODAY) else ""
    return corpus, {**seen.state, "today": day}


def _anew(path: Path, key: str, view: View, config: Config, jobs: int | None) -> Checked:
    """Check everything, and write an index of it."""
    whole = view.whole(config, keep, jobs)
    visited = whole.visited
    building = Building(whole)
    for of_file, kept in visited.found.items():
        building.take(visited.known[of_file], kept)
    day = visited.corpus.today.isoformat() if building.is_dated else ""
    building.write(path, {**whole.state, "key": key, "today": day})
    findings = [found for kept in visited.found.values() for found in kept.findings]
    report = Report(findings, [*visited.found], visited.drafts)
    return Checked(report, visited.corpus, view.close)


class Listing(Sequence[str]):
    """The paths of all files, sorted; listed only if somebody wants more than their number."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    @cached_property
    def _paths(self) -> list[str]:
        return self._shelf.paths()

    def __len__(self) -> int:
        return self._shelf.count

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: Any) -> Any:
        return self._paths[index]
