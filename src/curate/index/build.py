"""Make a new index of a corpus that was read whole."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import Any, NamedTuple

from curate.corpus import TODAY, Corpus, Entry, Question
from curate.facts import Facts
from curate.finding import Finding
from curate.index import layout
from curate.index.place import tidy
from curate.index.rows import plain_findings, plain_questions, row_of
from curate.index.seen import Whole
from curate.index.store import create
from curate.pipeline import check_entry


class Kept(NamedTuple):
    """What is kept of the check of one file."""

    findings: list[Finding]
    plain: tuple[Any, ...]
    """The findings, each with the line that it stands on."""
    asked: tuple[tuple[str, str], ...]
    is_dated: bool
    """Whether anything that was found depends on the day."""


def keep(entry: Entry, corpus: Corpus) -> Kept:
    """Check an entry, and note what was asked of the others."""
    asked: set[Question] = set()
    findings = check_entry(entry, corpus.noting(asked))
    plain = plain_findings(findings, entry)
    return Kept(findings, plain, plain_questions(asked), TODAY in asked)


class Building:
    """The pages of an index, filled one file after the other."""

    def __init__(self, whole: Whole) -> None:
        self._whole = whole
        self._count = layout.pages_for(len(whole.versions))
        self._spread: defaultdict[int, layout.Spread] = defaultdict(layout.empty)
        self._listing: dict[str, Any] = {}
        self._reported: dict[str, Any] = {}
        self._parents: dict[str, dict[str, str]] = {}
        self._readable: dict[str, int] = {}
        self.is_dated = False
        """Whether anything that was found depends on the day."""

    def take(self, facts: Facts, kept: Kept) -> None:
        """Take a file and what was found in it into the index."""
        self.is_dated = self.is_dated or kept.is_dated
        path, plain = facts.path, kept.asked
        row = tuple(row_of(facts, self._whole.versions[path], plain))
        self._page(path)[layout.FILES][path] = row
        holder = tuple(facts.holder)
        for term in facts.terms:
            of_term = self._page(term)[layout.TERMS]
            of_term[term] = (*of_term.get(term, ()), holder)
        for how, about in plain:
            askers = self._page(about)[layout.ASKERS]
            askers.setdefault(f"{how} {about}", []).append(path)
        inside = None if facts.inside == facts.id else facts.inside
        self._listing[path] = facts.kind, inside, self._whole.stamps.get(path)
        if facts.kind is not None:
            self._readable[facts.kind] = self._readable.get(facts.kind, 0) + facts.readable
            if facts.parent is not None:
                self._parents.setdefault(facts.kind, {})[facts.id] = facts.parent
        if kept.findings or facts.status == "draft":
            self._reported[path] = (facts.status == "draft", kept.plain)

    def write(self, path: Path, root: Mapping[str, Any]) -> None:
        """Write the index to a place, in one go; without, where that cannot be written."""
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            tidy(path.parent)
            handle, scratch = mkstemp(dir=path.parent, prefix=path.name)
            os.close(handle)
            try:
                whole = {**root, "pages": self._count, "readable": self._readable}
                whole["files"] = len(self._listing)
                create(Path(scratch), self._pages(), layout.FIRST + self._count - 1, whole)
                for side in ("-wal", "-shm"):  # of the file that is replaced
                    path.with_name(path.name + side).unlink(missing_ok=True)
                Path(scratch).replace(path)
            finally:
                Path(scratch).unlink(missing_ok=True)

    def _page(self, key: str) -> layout.Spread:
        return self._spread[layout.page_of(key, self._count)]

    def _pages(self) -> Iterator[tuple[int, Any]]:
        yield layout.LISTING, self._listing
        yield layout.REPORTED, self._reported
        yield layout.PARENTS, self._parents
        yield from self._spread.items()
