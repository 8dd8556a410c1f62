"""Which questions have another answer once some files have changed."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from curate.corpus import Corpus, Question
from curate.facts import Facts


class Change(NamedTuple):
    """What was known of a file and what is known now; None where there is no such file."""

    before: Facts | None
    after: Facts | None


class Watch:
    """Ask what may change of a corpus, while it is as before, and ask it again afterwards."""

    def __init__(
        self, before: Corpus, changes: Iterable[Change], is_asked: Callable[[Question], bool]
    ) -> None:
        self._changes = tuple(changes)
        questions = {question for change in self._changes for question in _concerning(change)} - {
            _ALL
        }
        self._answers = {one: before.answer(one) for one in questions if is_asked(one)}
        self._circles = {kind: before.circles(kind) for kind in _kinds_with_parents(self._changes)}

    def changed(self, after: Corpus) -> Iterator[Question]:
        """Yield the questions that the corpus answers in another way now."""
        if self._changes:
            yield _ALL
        for question, answer in self._answers.items():
            if after.answer(question) != answer:
                yield question
        for kind, circles in self._circles.items():
            now = after.circles(kind)
            for id_ in sorted(circles.keys() | now.keys()):
                if circles.get(id_) != now.get(id_):
                    yield Question("circle", f"{kind} {id_}")


_ALL = Question("all")


def _concerning(change: Change) -> Iterator[Question]:
    """Yield the questions that a file has, or had, a part in the answer of."""
    for facts in change:
        if facts is None:
            continue
        for term in facts.terms:
            for how in ("who", "state", "whole"):
                yield Question(how, term)
        if facts.kind is not None:
            yield Question("ids", facts.kind)
            yield Question("any", facts.kind)


def _kinds_with_parents(changes: Iterable[Change]) -> set[str]:
    """Return the kinds of which some record names another parent than before, or another has it."""
    found: set[str] = set()
    for before, after in changes:
        old, new = (facts.parent if facts is not None else None for facts in (before, after))
        found |= {facts.kind for facts in (before, after) if facts and facts.kind and old != new}
    return found
