"""Bring what is kept of a corpus up to date, and find out whom to check again."""

from collections.abc import Collection, Mapping
from typing import Protocol

from curate.changed import Change, Watch
from curate.corpus import Corpus, Entry, Question
from curate.facts import Facts, facts_of


class Keeper(Protocol):
    """What keeps the entries of a corpus, and what was asked while they were checked."""

    def facts(self, path: str) -> Facts | None:
        """Return what is known of a path."""

    def put(self, entry: Entry) -> None:
        """Take in a file that is new or has changed."""

    def drop(self, path: str) -> None:
        """Take out a file that is no longer there."""

    def askers(self, question: Question) -> Collection[str]:
        """Return the files whose rules asked this."""


def take_in(
    keeper: Keeper, corpus: Corpus, waiting: Mapping[str, Entry | None]
) -> tuple[Corpus, set[str]]:
    """Take in changes (None: the file is gone); return the corpus then, and whom to check for it.

    That is who has changed, and who asked what is answered in another way now.
    """
    if not waiting:
        return corpus, set()
    changes = [
        Change(keeper.facts(path), None if entry is None else facts_of(entry))
        for path, entry in waiting.items()
    ]
    watch = Watch(corpus, changes, lambda question: bool(keeper.askers(question)))
    for path, entry in waiting.items():
        if entry is not None:
            keeper.put(entry)
        elif keeper.facts(path) is not None:
            keeper.drop(path)
    corpus = corpus.renewed()
    stale = {path for path, entry in waiting.items() if entry is not None}
    for question in watch.changed(corpus):
        stale |= {*keeper.askers(question)}
    return corpus, stale
