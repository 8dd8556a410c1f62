"""The pieces of one export: taken from the last one where they still hold, made where not."""

import marshal
from collections.abc import Collection, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, NamedTuple

from curate.corpus import Corpus, Question
from curate.facts import Facts
from curate.pieces import elsewhere
from curate.pieces.drawer import Drawer, Row, keep
from curate.pieces.task import Maker, Task

_DIGEST: Final = 16
_UNKNOWN, _KEPT, _MADE = range(3)
"""Where a piece is: not yet known, in the cache, or in the first of the drawers of this run."""


class Published(NamedTuple):
    """A file that is exported: what is known of it without reading it."""

    facts: Facts
    version: str
    """Names its text, where the corpus can tell."""

    @property
    def path(self) -> str:
        """Where it is."""
        return self.facts.path


class Pieces:
    """The files that are exported, and the pieces of each. Only these are held in memory."""

    def __init__(
        self, corpus: Corpus, kept: Drawer | None = None, program: str = "", jobs: int = 1
    ) -> None:
        """Begin with the pieces of earlier exports, which must be of the same program."""
        self.corpus = corpus
        self.published = tuple(
            Published(facts, version if isinstance(version, str) else "")
            for facts, version in corpus.known()
            if corpus.publishes(facts)
        )
        self.made = 0
        """How many had to be made."""
        self._bare = corpus.at_no_commit()
        self._key = f"{program} {corpus.config!r}"
        self._jobs = jobs
        self._kept = kept
        self._numbers = {one.path: number for number, one in enumerate(self.published)}
        self._where: dict[str, bytearray] = {}
        self._drawers = [Drawer.new()]

    def fill(self, tasks: Iterable[Task]) -> None:
        """Make what no longer holds or never was, in several processes where that pays."""
        missing = [task for task in tasks if not self._is_there(task)]
        self.made += len(missing)
        own, *others = elsewhere.shares(missing, self._jobs)
        with elsewhere.helpers(others, self._make) as helpers:
            for task in own:
                self._put(task)
            for helper in helpers:
                drawer = helper.drawer()
                if drawer is not None:
                    self._drawers.append(drawer)
                for task in helper.tasks:
                    if drawer is None:
                        self._put(task)
                    else:
                        self._note(task, _MADE + len(self._drawers) - 1)

    def fill_with(self, makers: Iterable[Maker]) -> None:
        """Make these pieces of every record."""
        every = tuple(makers)
        self.fill(Task(one.path, maker) for one in self.published for maker in every)

    def each(self, maker: Maker) -> Iterator[tuple[Published, Any]]:
        """Yield every file with a piece of it, in the order of the paths."""
        for one in self.published:
            yield one, self.of(Task(one.path, maker))

    def of(self, task: Task) -> Any:
        """Return one piece."""
        if not self._is_there(task):
            self.made += 1
            self._put(task)
        where = self._where[task.maker.name][self._numbers[task.path]]
        if where == _KEPT:
            data = self._from_cache(task)
            if data is None:  # damaged
                self._put(task)
                where = _MADE
        if where != _KEPT:
            data = self._drawers[where - _MADE].data(task.path, task.maker.name)
        assert data is not None  # noqa: S101 - it was put there
        return marshal.loads(data)  # noqa: S302 - written here, or as its digest says

    def keep(self, path: Path) -> None:
        """Keep the new pieces for the next export."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
        keep(path, self._drawers, self._numbers)

    def _is_there(self, task: Task) -> bool:
        where = self._where.setdefault(task.maker.name, bytearray(len(self.published)))
        if where[self._numbers[task.path]] == _UNKNOWN and self._holds(task):
            self._note(task, _KEPT)
        return where[self._numbers[task.path]] != _UNKNOWN

    def _note(self, task: Task, where: int) -> None:
        self._where[task.maker.name][self._numbers[task.path]] = where

    def _put(self, task: Task) -> None:
        self._drawers[0].put(self._make(task))
        self._note(task, _MADE)

    def _make(self, task: Task) -> Row:
        path, maker, given = task
        asked: set[Question] = set()
        entry = self._bare.at(path)
        assert entry is not None  # noqa: S101 - it is one of those that are published
        data = marshal.dumps(maker.make(entry, self._bare.noting(asked), given))
        questions = tuple(sorted((how, about) for how, about in asked))
        told = self._content(task), questions, self._answers(questions), _digest(data)
        return Row(path, maker.name, _sealed(task, marshal.dumps(told)), data)

    def _holds(self, task: Task) -> bool:
        """Tell whether the last export's piece is what would be made now."""
        head = self._head(task)
        if head is None or not self.published[self._numbers[task.path]].version:
            return False
        content, questions, answers, _ = head
        if content != self._content(task) or answers is None:
            return False
        return bool(answers == self._answers(questions))

    def _head(self, task: Task) -> Any:
        """Return what a piece in the cache holds for; None where it is damaged or missing."""
        if self._kept is None:
            return None
        head = self._kept.head(task.path, task.maker.name)
        if head is None or _sealed(task, head[_DIGEST:]) != head:
            return None
        return marshal.loads(head[_DIGEST:])  # noqa: S302 - as its digest says

    def _from_cache(self, task: Task) -> bytes | None:
        head = self._head(task)
        data = None if self._kept is None else self._kept.data(task.path, task.maker.name)
        return data if head is not None and data is not None and _digest(data) == head[3] else None

    def _content(self, task: Task) -> bytes:
        version = self.published[self._numbers[task.path]].version
        return _digest(f"{self._key}\n{version}\n{task.given!r}".encode("utf-8", "surrogatepass"))

    def _answers(self, questions: Collection[tuple[str, str]]) -> bytes | None:
        """Return a digest of what is answered now; None where somebody asked for everything."""
        if ("all", "") in questions:
            return None
        answers = [self._bare.answer(Question(how, about)) for how, about in questions]
        told = [sorted(one) if isinstance(one, frozenset) else one for one in answers]
        return _digest(repr(told).encode("utf-8", "surrogatepass"))


def _sealed(task: Task, told: bytes) -> bytes:
    """Put a digest before what a piece holds for, so that it is taken for no other piece's."""
    name = f"{task.path}\n{task.maker.name}\n".encode("utf-8", "surrogatepass")
    return _digest(name + told) + told


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()
