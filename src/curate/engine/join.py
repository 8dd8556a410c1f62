"""Join what the shards tell of their records, and answer what they ask of each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from curate.engine.given import Answers, Ask
from curate.entry import Entry
from curate.facts import Facts, ids_of, parents_of
from curate.kinds import KINDS
from curate.pipeline import entry_of
from curate.store import Store

_MOST_READ = 1000


class Join:
    """The facts of all records; as a library it reads a file only when it is asked for it."""

    def __init__(self, store: Store, told: Iterable[Facts]) -> None:
        self._facts = {facts.path: facts for facts in sorted(told)}
        self._holders: dict[str, list[Facts]] = {}
        for facts in self._facts.values():
            for term in facts.terms:
                self._holders.setdefault(term, []).append(facts)
        self._ids = lru_cache(None)(lambda kind: ids_of(self._facts.values(), kind))
        self._read = lru_cache(_MOST_READ)(lambda path: entry_of(store.read(path)))

    @property
    def drafts(self) -> list[str]:
        """The paths of the drafts."""
        return [facts.path for facts in self._facts.values() if facts.status == "draft"]

    def answers(self, asked: Iterable[Ask]) -> Answers:
        """Answer what a shard asked, and nothing else."""
        about: dict[str, list[str]] = {"term": [], "ids": [], "parents": [], "paths": []}
        for ask in asked:
            about[ask.what].append(ask.about)
        return Answers(
            {term: tuple(self.holders(term)) for term in about["term"]},
            {kind: self.ids(kind) for kind in about["ids"]},
            {kind: self.parents(kind) for kind in about["parents"]},
            tuple(self._facts) if about["paths"] else None,
            self._readable,
        )

    def holders(self, term: str) -> Sequence[Facts]:
        """Return the files that a term is of, in the order of their paths."""
        return self._holders.get(term, ())

    def entry(self, path: str) -> Entry:
        """Return a file that is there, read."""
        return self._read(path)

    def line(self, path: str, number: int) -> str:
        """Return one line of a file, counted from 1."""
        return self.entry(path).document.line(number)

    def version(self, path: str) -> object:
        """Return the path: within one run every file is read once and for all."""
        return path

    def entries(self) -> tuple[Entry, ...]:
        """Return every file, read, in the order of their paths."""
        return tuple(map(self._read, self._facts))

    def known(self) -> Iterator[tuple[Facts, str]]:
        """Yield what is known of every file and what names its text, in the order of the paths."""
        return ((facts, path) for path, facts in self._facts.items())

    def ids(self, kind: str) -> frozenset[str]:
        """Return the ids of all records of a kind: as named, and as written inside."""
        return self._ids(kind)

    def has(self, kind: str) -> bool:
        """Tell whether any record of a kind can be read."""
        return kind in self._readable

    def parents(self, kind: str) -> Mapping[str, str]:
        """Return the parent that each record of a kind names."""
        return parents_of(self._facts.values(), kind)

    @cached_property
    def _readable(self) -> frozenset[str]:
        readable = {facts.kind for facts in self._facts.values() if facts.readable}
        return frozenset(kind for kind in KINDS if kind in readable)
