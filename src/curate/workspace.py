"""A corpus that is being edited, kept checked."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from curate.config import Config
from curate.corpus import TODAY, Corpus, Entry, Question
from curate.facts import Facts
from curate.finding import Finding
from curate.library import Held
from curate.pipeline import check_entry, entry_of
from curate.report import Report
from curate.source import Obstacle, Source
from curate.taking_in import take_in
from curate.today import today


class Workspace:
    """A corpus that is being edited: what changed is read and checked again, the rest is kept.

    For each file it is noted what its rules asked of the others. Once some files have changed, the
    questions that they have a part in the answer of are asked again, and whoever had asked one
    whose answer is another now is checked again.
    """

    def __init__(
        self, found: Iterable[Source | Obstacle], config: Config, commit: str | None = None
    ) -> None:
        self._items = {item.path: item for item in found}
        self._kept = _Kept(entry_of(item) for item in self._items.values())
        self._corpus = Corpus(self._kept.library, config, commit)
        self.checked: tuple[str, ...] = ()
        """The files that the last report had to check: what is said of the others stayed."""
        self._waiting: dict[str, Entry | None] = {}
        self._stale = set(self._items)

    @property
    def corpus(self) -> Corpus:
        """The present corpus; after a change, ask for it again."""
        if self._waiting:
            self._take_in()
        return self._corpus

    def put(self, item: Source | Obstacle) -> None:
        """Take in a file that is new or has changed, or the unsaved text of an editor."""
        if self._items.get(item.path) != item:
            self._items[item.path] = item
            self._waiting[item.path] = entry_of(item)

    def drop(self, path: str) -> None:
        """Take out a file that is no longer there; one that never was is no change."""
        if self._items.pop(path, None) is not None:
            self._waiting[path] = None

    def report(self) -> Report:
        """Return what a check of the present corpus finds, no more and no less."""
        corpus = self.corpus
        dated = self._kept.askers(TODAY)
        if dated and corpus.today != today():
            self._corpus = corpus = corpus.renewed()
            self._stale |= {*dated}
        self.checked = tuple(sorted(self._stale))
        for path in self.checked:
            self._kept.check(path, corpus)
        self._stale.clear()
        findings = self._kept.findings
        found = (finding for path in sorted(findings) for finding in findings[path])
        return Report(found, sorted(self._items), self._kept.drafts)

    def _take_in(self) -> None:
        """Let the corpus be the present one, and note who is to be checked again for it."""
        waiting, self._waiting = self._waiting, {}
        self._corpus, stale = take_in(self._kept, self._corpus, waiting)
        gone = {path for path, entry in waiting.items() if entry is None}
        self._stale = (self._stale - gone) | stale


class _Kept:
    """The entries, what was found in each, and what was asked while it was checked."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.library = Held(entries)
        self.findings: dict[str, list[Finding]] = {}
        self.drafts = {entry.path for entry in self.library.entries() if entry.status == "draft"}
        self._asked: dict[str, set[Question]] = {}
        self._askers: defaultdict[Question, set[str]] = defaultdict(set)

    def facts(self, path: str) -> Facts | None:
        return self.library.facts(path)

    def put(self, entry: Entry) -> None:
        self.library.put(entry)
        self.drafts.discard(entry.path)
        if entry.status == "draft":
            self.drafts.add(entry.path)

    def drop(self, path: str) -> None:
        self.library.drop(path)
        self.drafts.discard(path)
        self._forget(path)

    def askers(self, question: Question) -> Collection[str]:
        return self._askers.get(question, ())

    def check(self, path: str, corpus: Corpus) -> None:
        self._forget(path)
        asked: set[Question] = set()
        findings = check_entry(self.library.entry(path), corpus.noting(asked))
        if findings:
            self.findings[path] = findings
        self._asked[path] = asked
        for question in asked:
            self._askers[question].add(path)

    def _forget(self, path: str) -> None:
        self.findings.pop(path, None)
        for question in self._asked.pop(path, ()):
            self._askers[question].discard(path)
            if not self._askers[question]:
                del self._askers[question]
