"""A corpus that is being edited, kept checked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from curate.config import Config
from curate.corpus import TODAY, Corpus, Entry, Question
from curate.facts import Facts, version_of
from curate.finding import Finding
from curate.library import Held
from curate.pipeline import check_entry, entry_of
from curate.report import Report
from curate.source import Obstacle, Source
from curate.taking_in import Keeper, take_in
from curate.today import today


class Checked(Keeper, Protocol):
    """What keeps the entries of a corpus, and what was asked and found while they were checked."""

    def knows(self, path: str) -> bool:
        """Tell whether there is such a file."""

    def is_version(self, path: str, version: str) -> bool:
        """Tell whether a file is known with this content."""

    def take(self, path: str, version: str) -> None:
        """Note what names the content that is put next."""

    def check(self, path: str, corpus: Corpus) -> None:
        """Check a file, and keep what was found in place of what was before."""

    def text(self, path: str) -> str | None:
        """Return the text of a file, or None where there is no such file."""

    def findings_of(self, path: str) -> list[Finding]:
        """Return what was found in a file."""

    def told_of(self) -> list[str]:
        """Return the files in which something was found, sorted."""

    def paths(self) -> list[str]:
        """Return the paths of all files, sorted."""

    def drafts(self) -> Collection[str]:
        """Return the paths of the drafts."""

    def labels(self, kind: str) -> Mapping[str, str]:
        """Return what each record of a kind is called in a list, by its path."""

    def containing(self, word: str) -> Iterator[Entry]:
        """Yield the files whose text holds a word, in the order of their paths."""


class Workspace:
    """A corpus that is being edited: what changed is read and checked again, the rest is kept.

    For each file it is noted what its rules asked of the others. Once some files have changed, the
    questions that they have a part in the answer of are asked again, and whoever had asked one
    whose answer is another now is checked again.
    """

    kept: Checked

    def __init__(
        self, found: Iterable[Source | Obstacle], config: Config, commit: str | None = None
    ) -> None:
        kept = _Kept(found)
        self._begin(kept, Corpus(kept.library, config, commit), kept.paths())

    @classmethod
    def over(cls, kept: Checked, corpus: Corpus) -> "Workspace":
        """Return a workspace over what is known of a corpus already, all of it checked today."""
        made = cls.__new__(cls)
        made._begin(kept, corpus, ())  # noqa: SLF001 - it is one of these
        return made

    def _begin(self, kept: Checked, corpus: Corpus, stale: Iterable[str]) -> None:
        self.kept = kept
        self._corpus = corpus
        self._day = today()
        self.checked: tuple[str, ...] = ()
        """The files that the last check had to look at: what is said of the others stayed."""
        self._waiting: dict[str, tuple[str, Entry] | None] = {}
        self._stale = set(stale)

    @property
    def corpus(self) -> Corpus:
        """The present corpus; after a change, ask for it again."""
        if self._waiting:
            self._take_in()
        return self._corpus

    def put(self, item: Source | Obstacle) -> None:
        """Take in a file that is new or has changed, or the unsaved text of an editor."""
        path, version = item.path, version_of(item)
        if path in self._waiting:
            waiting = self._waiting[path]
            is_known = waiting is not None and waiting[0] == version
        else:
            is_known = self.kept.is_version(path, version)
        if not is_known:
            self._waiting[path] = version, entry_of(item)

    def drop(self, path: str) -> None:
        """Take out a file that is no longer there; one that never was is no change."""
        if path in self._waiting or self.kept.knows(path):
            self._waiting[path] = None

    def check(self) -> tuple[str, ...]:
        """Check what has to be, and return the files that were looked at; see `checked`."""
        corpus, day = self.corpus, today()
        if self._day != day:
            self._day = day
            self._corpus = corpus = corpus.renewed()
            self._stale |= {*self.kept.askers(TODAY)}
        self.checked = tuple(sorted(self._stale))
        for path in self.checked:
            self.kept.check(path, corpus)
        self._stale.clear()
        return self.checked

    def findings_of(self, path: str) -> list[Finding]:
        """Return what a check of the present corpus finds in one file."""
        self.check()
        return self.kept.findings_of(path)

    def report(self) -> Report:
        """Return what a check of the present corpus finds, no more and no less."""
        self.check()
        kept = self.kept
        found = (finding for path in kept.told_of() for finding in kept.findings_of(path))
        return Report(found, kept.paths(), kept.drafts())

    def _take_in(self) -> None:
        """Let the corpus be the present one, and note who is to be checked again for it."""
        waiting, self._waiting = self._waiting, {}
        entries = {path: None if one is None else one[1] for path, one in waiting.items()}
        for path, one in waiting.items():
            if one is not None:
                self.kept.take(path, one[0])
        self._corpus, stale = take_in(self.kept, self._corpus, entries)
        gone = {path for path, entry in entries.items() if entry is None}
        self._stale = (self._stale - gone) | stale


class _Kept:
    """The entries in memory, what was found in each, and what was asked while it was checked."""

    def __init__(self, found: Iterable[Source | Obstacle]) -> None:
        items = list(found)
        self._versions = {item.path: version_of(item) for item in items}
        self.library = Held(entry_of(item) for item in items)
        self._findings: dict[str, list[Finding]] = {}
        self._drafts = {entry.path for entry in self.library.entries() if entry.status == "draft"}
        self._asked: dict[str, set[Question]] = {}
        self._askers: defaultdict[Question, set[str]] = defaultdict(set)

    def facts(self, path: str) -> Facts | None:
        return self.library.facts(path)

    def knows(self, path: str) -> bool:
        return path in self._versions

    def is_version(self, path: str, version: str) -> bool:
        return self._versions.get(path) == version

    def take(self, path: str, version: str) -> None:
        self._versions[path] = version

    def put(self, entry: Entry) -> None:
        self.library.put(entry)
        self._drafts.discard(entry.path)
        if entry.status == "draft":
            self._drafts.add(entry.path)

    def drop(self, path: str) -> None:
        self.library.drop(path)
        del self._versions[path]
        self._drafts.discard(path)
        self._forget(path)

    def askers(self, question: Question) -> Collection[str]:
        return self._askers.get(question, ())

    def check(self, path: str, corpus: Corpus) -> None:
        self._forget(path)
        asked: set[Question] = set()
        findings = check_entry(self.library.entry(path), corpus.noting(asked))
        if findings:
            self._findings[path] = findings
        self._asked[path] = asked
        for question in asked:
            self._askers[question].add(path)

    def text(self, path: str) -> str | None:
        return self.library.entry(path).document.text if self.knows(path) else None

    def findings_of(self, path: str) -> list[Finding]:
        return self._findings.get(path, [])

    def told_of(self) -> list[str]:
        return sorted(self._findings)

    def paths(self) -> list[str]:
        return sorted(self._versions)

    def drafts(self) -> Collection[str]:
        return self._drafts

    def labels(self, kind: str) -> Mapping[str, str]:
        entries = (entry for entry in self.library.entries() if entry.kind == kind)
        known = (self.library.facts(entry.path) for entry in entries)
        return {facts.path: facts.label for facts in known if facts is not None}

    def containing(self, word: str) -> Iterator[Entry]:
        return (entry for entry in self.library.entries() if word in entry.document.text)

    def _forget(self, path: str) -> None:
        self._findings.pop(path, None)
        for question in self._asked.pop(path, ()):
            self._askers[question].discard(path)
            if not self._askers[question]:
                del self._askers[question]
