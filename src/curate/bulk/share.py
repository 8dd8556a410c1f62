"""The files that one process reads, and all others by what is known of them."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from curate.bulk.terms import Terms
from curate.config import Config
from curate.corpus import Corpus, Entry
from curate.facts import Facts, Holder, facts_of, ids_of, parents_of, version_of
from curate.pipeline import entry_of
from curate.refusal import Refusal
from curate.source import Obstacle, Source

MOST_HELD: Final = 10_000
"""Entries that one process holds, of about 27 KB each; what is beyond is read again when needed."""
_MOST_RECENT: Final = 512
"""Entries of those read again that one process keeps at least; more while it holds fewer than it
may."""

Read = Callable[[str], Source | Obstacle]
Each = Callable[[Entry, Corpus], Any]


class Work(NamedTuple):
    """What is to be done with files, in whichever process.

    `read` and `each` must be such as can be sent to another one.
    """

    read: Read
    config: Config
    each: Each
    held: int | None = None
    """How many entries a process holds, where it is to be fewer than usual."""


class Share:
    """The files that one process reads."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._most = MOST_HELD if work.held is None else work.held
        self._held: dict[str, Entry] = {}
        self._terms = Terms()
        self.known: dict[str, Facts] = {}
        """What is known of these files and of others."""
        self.paths: list[str] = []

    def take(self, paths: Sequence[str]) -> list[Facts]:
        """Read some files more, and return what is known of them."""
        found = []
        for path in paths:
            item = self._work.read(path)
            entry = entry_of(item)
            found.append(facts_of(entry, version_of(item)))
            if len(self._held) < self._most:
                self._held[path] = entry
        self.paths += paths
        self.add(found)
        return found

    def add(self, known: Sequence[Facts]) -> None:
        """Take in what is known of some files."""
        self.known.update((facts.path, facts) for facts in known)
        self._terms.add(known)

    def library(self) -> "Shelf":
        """Return all files, once all are known."""
        room = self._most - len(self._held)
        recent = max(_MOST_RECENT, room)
        return Shelf(self.known, self._held, self._work.read, self._terms, recent)


class Shelf:
    """All files of a corpus; an entry that is not held is read when it is wanted."""

    def __init__(
        self,
        known: Mapping[str, Facts],
        held: Mapping[str, Entry],
        read: Read,
        terms: Terms | None = None,
        recent: int = _MOST_RECENT,
    ) -> None:
        self._known = known
        self._held = held
        self._read = read
        self._recent = lru_cache(recent)(self._again)
        self._read_again: deque[str] = deque(maxlen=recent)
        if terms is None:
            terms = Terms()
            terms.add([*known.values()])
        self._holders = terms.files()
        self._readable = terms.readable

    def holders(self, term: str) -> Sequence[Holder]:
        """Return the files that a term is of, in the order of their paths."""
        return self._holders.get(term, ())

    def entry(self, path: str) -> Entry:
        """Return a file that is there, read."""
        held = self._held.get(path)
        return held if held is not None else self._recent(path)

    def line(self, path: str, number: int) -> str:
        """Return a line of a file, counted from 1."""
        return self.entry(path).document.line(number)

    def version(self, path: str) -> object:
        """Return what differs as soon as the file's text does."""
        return self._known[path].version

    def entries(self) -> tuple[Entry, ...]:
        """Return every file, read, in the order of their paths."""
        return tuple(self.entry(path) for path in sorted(self._known))

    def known(self) -> Iterator[tuple[Facts, str]]:
        """Yield what is known of every file and what names its text, in the order of the paths."""
        for path in sorted(self._known):
            facts = self._known[path]
            yield facts, facts.version

    def ids(self, kind: str) -> frozenset[str]:
        """Return the ids of all records of a kind: as named, and as written inside."""
        return ids_of(self._known.values(), kind)

    def has(self, kind: str) -> bool:
        """Tell whether any record of a kind can be read."""
        return kind in self._readable

    def parents(self, kind: str) -> Mapping[str, str]:
        """Return the parent that each record of a kind names."""
        return parents_of(self._known.values(), kind)

    def read_again(self) -> list[str]:
        """Return which files have been read again of late, once."""
        if not self._read_again:
            return []
        found = [*self._read_again]
        self._read_again.clear()
        return found

    def _again(self, path: str) -> Entry:
        self._read_again.append(path)
        item = self._read(path)
        if version_of(item) != self._known[path].version:
            raise Refusal(f"{path} was changed while the corpus was being checked; check it again.")
        return entry_of(item)


def visit_all(paths: Sequence[str], library: Shelf, corpus: Corpus, each: Each) -> dict[str, Any]:
    """Call `each` with the entries at some paths; return what it returns, by path.

    A file that was read again because another one asks of it is visited next, or it would have to
    be read once more.
    """
    left = set(paths)
    found: dict[str, Any] = {}
    for path in paths:
        following = [path]
        while following:
            for one in following:
                if one in left:
                    left.remove(one)
                    found[one] = each(library.entry(one), corpus)
            following = library.read_again()
    return found
