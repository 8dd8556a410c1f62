"""The files of a corpus, to be found by what they tell of themselves."""

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from curate.entry import Entry
from curate.facts import Facts, Holder, Told, facts_of, ids_of, parents_of


class Library(Protocol):
    """What a corpus is read from: entries in memory, or an index and files read on demand."""

    def holders(self, term: str) -> Sequence[Holder]:
        """Return the files that a term is of, in the order of their paths."""

    def entry(self, path: str) -> Entry:
        """Return a file that is there, read."""

    def line(self, path: str, number: int) -> str:
        """Return a line of a file, counted from 1."""

    def version(self, path: str) -> object:
        """Return what differs as soon as the file's text does."""

    def entries(self) -> tuple[Entry, ...]:
        """Return every file, read, in the order of their paths."""

    def known(self) -> Iterator[tuple[Facts, object]]:
        """Yield what is known of every file and what names its text, in the order of the paths."""

    def ids(self, kind: str) -> frozenset[str]:
        """Return the ids of all records of a kind: as named, and as written inside."""

    def has(self, kind: str) -> bool:
        """Tell whether any record of a kind can be read."""

    def parents(self, kind: str) -> Mapping[str, str]:
        """Return the parent that each record of a kind names."""


class Held:
    """Entries in memory."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[str, Entry] = {}
        self._facts: dict[str, Facts] = {}
        self._holders: dict[str, list[Told]] = {}
        self._readable: Counter[str | None] = Counter()
        self._sorted: tuple[Entry, ...] | None = None
        for entry in sorted(entries, key=lambda entry: entry.path):
            facts = self._note(entry)
            for term in facts.terms:
                self._holders.setdefault(term, []).append(facts.holder)

    def put(self, entry: Entry) -> None:
        """Take in an entry, in place of the one at its path."""
        self.drop(entry.path)
        facts = self._note(entry)
        for term in facts.terms:
            insort(self._holders.setdefault(term, []), facts.holder)

    def drop(self, path: str) -> None:
        """Take out the entry at a path, if there is one."""
        self._sorted = None
        if self._entries.pop(path, None) is None:
            return
        facts = self._facts.pop(path)
        self._readable[facts.kind] -= facts.readable
        for term in facts.terms:
            holders = self._holders[term]
            holders.remove(facts.holder)
            if not holders:
                del self._holders[term]

    def facts(self, path: str) -> Facts | None:
        """Return what is known of a path."""
        return self._facts.get(path)

    def holders(self, term: str) -> Sequence[Holder]:
        """Return the files that a term is of, in the order of their paths."""
        return self._holders.get(term, ())

    def entry(self, path: str) -> Entry:
        """Return the entry at a path."""
        return self._entries[path]

    def line(self, path: str, number: int) -> str:
        """Return a line of a file, counted from 1."""
        return self._entries[path].document.line(number)

    def version(self, path: str) -> object:
        """Return the entry itself: what is read again is another one."""
        return self._entries[path]

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry, in the order of their paths."""
        if self._sorted is None:
            self._sorted = tuple(self._entries[path] for path in sorted(self._entries))
        return self._sorted

    def known(self) -> Iterator[tuple[Facts, object]]:
        """Yield what is known of every file and what names its text, in the order of the paths."""
        for entry in self.entries():
            yield self._facts[entry.path], entry

    def ids(self, kind: str) -> frozenset[str]:
        """Return the ids of all records of a kind: as named, and as written inside."""
        return ids_of(self._facts.values(), kind)

    def has(self, kind: str) -> bool:
        """Tell whether any record of a kind can be read."""
        return self._readable[kind] > 0

    def parents(self, kind: str) -> Mapping[str, str]:
        """Return the parent that each record of a kind names."""
        return parents_of(self._facts.values(), kind)

    def _note(self, entry: Entry) -> Facts:
        facts = facts_of(entry)
        self._entries[entry.path] = entry
        self._facts[entry.path] = facts
        self._readable[facts.kind] += facts.readable
        return facts
