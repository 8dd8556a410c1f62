"""A corpus that is being edited, kept checked."""

from collections import defaultdict
from collections.abc import Iterable

from curate.changed import Change, Watch
from curate.config import Config
from curate.corpus import Corpus, Entry, Question
from curate.facts import facts_of
from curate.finding import Finding
from curate.library import Held
from curate.pipeline import check_entry, entry_of
from curate.report import Report
from curate.source import Obstacle, Source
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
        self._library = Held(entry_of(item) for item in self._items.values())
        self._corpus = Corpus(self._library, config, commit)
        self.checked: tuple[str, ...] = ()
        """The files that the last report had to check: what is said of the others stayed."""
        self._waiting: dict[str, Entry | None] = {}
        self._stale = set(self._items)
        self._findings: dict[str, list[Finding]] = {}
        self._drafts = {entry.path for entry in self._library.entries() if entry.status == "draft"}
        self._asked: dict[str, set[Question]] = {}
        self._askers: defaultdict[Question, set[str]] = defaultdict(set)

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
        if _TODAY in self._askers and corpus.today != today():
            self._corpus = corpus = corpus.renewed()
            self._stale |= self._askers[_TODAY]
        self.checked = tuple(sorted(self._stale))
        for path in self.checked:
            self._check(path, corpus)
        self._stale.clear()
        findings = (one for path in sorted(self._findings) for one in self._findings[path])
        return Report(findings, sorted(self._items), self._drafts)

    def _take_in(self) -> None:
        """Let the corpus be the present one, and note who is to be checked again for it."""
        waiting, self._waiting = self._waiting, {}
        changes = [
            Change(self._library.facts(path), None if entry is None else facts_of(entry))
            for path, entry in waiting.items()
        ]
        watch = Watch(self._corpus, changes, self._askers.__contains__)
        for path, entry in waiting.items():
            self._replace(path, entry)
        self._corpus = self._corpus.renewed()
        for question in watch.changed(self._corpus):
            self._stale |= self._askers.get(question, set())

    def _replace(self, path: str, entry: Entry | None) -> None:
        self._drafts.discard(path)
        if entry is None:
            self._library.drop(path)
            self._stale.discard(path)
            self._forget(path)
            return
        self._library.put(entry)
        self._stale.add(path)
        if entry.status == "draft":
            self._drafts.add(path)

    def _check(self, path: str, corpus: Corpus) -> None:
        self._forget(path)
        asked: set[Question] = set()
        findings = check_entry(self._library.entry(path), corpus.noting(asked))
        if findings:
            self._findings[path] = findings
        self._asked[path] = asked
        for question in asked:
            self._askers[question].add(path)

    def _forget(self, path: str) -> None:
        self._findings.pop(path, None)
        for question in self._asked.pop(path, ()):
            self._askers[question].discard(path)
            if not self._askers[question]:
                del self._askers[question]


_TODAY = Question("today")
