"""What a shard knows of the rest of the corpus: the answers that it was given, and no more."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from curate.entry import Entry
from curate.facts import Facts, facts_of
from curate.pipeline import entry_of
from curate.store import Store


class Ask(NamedTuple):
    """What a shard needs to be told."""

    what: Literal["term", "ids", "parents", "paths"]
    """The files of a term, the ids or the parents of a kind, or the paths of all files."""
    about: str = ""


class Answers(NamedTuple):
    """What the join answered. What was not asked is not in it."""

    holders: Mapping[str, tuple[Facts, ...]]
    ids: Mapping[str, frozenset[str]]
    parents: Mapping[str, Mapping[str, str]]
    paths: tuple[str, ...] | None
    """The paths of all files."""
    has: frozenset[str] | None
    """The kinds of which some record can be read; None as long as that is not known."""

    @property
    def asked(self) -> frozenset[Ask]:
        """What was asked for these answers."""
        terms = {Ask("term", term) for term in self.holders}
        kinds = {Ask("ids", kind) for kind in self.ids}
        kinds |= {Ask("parents", kind) for kind in self.parents}
        paths = set() if self.paths is None else {Ask("paths")}
        return frozenset(terms | kinds | paths)


NOTHING = Answers({}, {}, {}, None, None)


class Lacking(Exception):  # noqa: N818 - no error: the check is run again with the answer
    """Stop a check that cannot go on without an answer."""


class Given:
    """A library of answers, and of a shard's own files. What it cannot answer goes to `lacking`.

    A term without an answer is taken for one that only files of the shard have, so that all terms
    of a record are asked in one round; what a check finds while anything is lacking is not used.
    """

    def __init__(self, answers: Answers, store: Store, paths: Sequence[str]) -> None:
        self._answers = answers
        self._store = store
        self._read = {item.path: entry_of(item) for item in store.read_all(paths)}
        self.lacking: set[Ask] = set()

    @cached_property
    def facts(self) -> tuple[Facts, ...]:
        """What the files that were read along tell."""
        return tuple(map(facts_of, self._read.values()))

    def holders(self, term: str) -> Sequence[Facts]:
        """Return the files that a term is of, in the order of their paths."""
        found = self._answers.holders.get(term)
        if found is None:
            self.lacking.add(Ask("term", term))
            return self._own.get(term, ())
        return found

    def entry(self, path: str) -> Entry:
        """Return a file that is there, read."""
        found = self._read.get(path)
        if found is None:
            found = self._read[path] = entry_of(self._store.read(path))
        return found

    def line(self, path: str, number: int) -> str:
        """Return one line of a file, counted from 1."""
        return self.entry(path).document.line(number)

    def version(self, path: str) -> object:
        """Return the path: within one run every file is read once and for all."""
        return path

    def entries(self) -> tuple[Entry, ...]:
        """Return every file, read, in the order of their paths."""
        if self._answers.paths is None:
            raise self._lack(Ask("paths"))
        return tuple(map(self.entry, self._answers.paths))

    def known(self) -> Iterator[tuple[Facts, str]]:
        """Yield what is known of every file and what names its text, in the order of the paths."""
        return ((facts_of(entry), entry.path) for entry in self.entries())

    def ids(self, kind: str) -> frozenset[str]:
        """Return the ids of all records of a kind.

        They are looked through for what a mention of nothing may have meant. While it is not known
        what there is, that question is too early, and its answer far too long to be sent in vain.
        """
        known = self._answers.ids.get(kind)
        if known is not None:
            return known
        if self.lacking:
            return frozenset()
        raise self._lack(Ask("ids", kind))

    def has(self, kind: str) -> bool:
        """Tell whether any record of a kind can be read; as long as nobody knows, one can."""
        return self._answers.has is None or kind in self._answers.has

    def parents(self, kind: str) -> Mapping[str, str]:
        """Return the parent that each record of a kind names."""
        if kind not in self._answers.parents:
            raise self._lack(Ask("parents", kind))
        return self._answers.parents[kind]

    @cached_property
    def _own(self) -> Mapping[str, list[Facts]]:
        found: dict[str, list[Facts]] = {}
        for facts in self.facts:
            for term in facts.terms:
                found.setdefault(term, []).append(facts)
        return found

    def _lack(self, ask: Ask) -> Lacking:
        self.lacking.add(ask)
        return Lacking(*ask)
