"""A corpus that is being edited, kept checked."""

from collections.abc import Iterable
from functools import cached_property

from curate.config import Config
from curate.corpus import Corpus
from curate.pipeline import check, entry_of
from curate.report import Report
from curate.source import Obstacle, Source


class Workspace:
    """A corpus that is being edited: what changed is read and checked again, the rest is kept."""

    def __init__(
        self, found: Iterable[Source | Obstacle], config: Config, commit: str | None = None
    ) -> None:
        self._config = config
        self._commit = commit
        self._entries = {item.path: entry_of(item) for item in found}

    @cached_property
    def corpus(self) -> Corpus:
        """The present corpus; after a change, another one."""
        return Corpus(self._entries.values(), self._config, self._commit)

    def put(self, item: Source | Obstacle) -> None:
        """Take in a file that is new or has changed, or the unsaved text of an editor."""
        self._entries[item.path] = entry_of(item)
        self._forget()

    def drop(self, path: str) -> None:
        """Take out a file that is no longer there; one that never was is no change."""
        if self._entries.pop(path, None) is not None:
            self._forget()

    def report(self) -> Report:
        """Return what a check of the present corpus finds, no more and no less."""
        return self._report

    @cached_property
    def _report(self) -> Report:
        return check(self.corpus)

    def _forget(self) -> None:
        for kept in ("corpus", "_report"):
            self.__dict__.pop(kept, None)
