"""Visit a whole corpus: on every core where that pays, without holding every record of a large one.

Each process reads a share of the files and tells the others the facts of these, which are small.
Then each visits its own share; what is asked there of a file that it does not hold, it reads again.
"""

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

from curate.bulk.portions import Portions
from curate.bulk.share import Share, Shelf, Work, visit_all
from curate.config import Config
from curate.corpus import Corpus
from curate.facts import Facts
from curate.pipeline import check, check_entry, load
from curate.report import Report
from curate.source import find, paths_and_odd, read, top_obstacle

PAYS_FROM: Final = 1500
"""Files: below, starting another process and telling it all facts costs what it saves."""


class Visited(NamedTuple):
    """What came of a visit: what `each` returned, by path in order, and the corpus."""

    found: Mapping[str, Any]
    known: Mapping[str, Facts]
    corpus: Corpus

    @property
    def drafts(self) -> tuple[str, ...]:
        """The files of drafts."""
        return tuple(path for path, facts in self.known.items() if facts.status == "draft")


def cores() -> int:
    """Return how many cores this process may use."""
    with suppress(AttributeError):  # macOS and Windows cannot tell
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def visit(paths: Sequence[str], work: Work, jobs: int | None = None) -> Visited:
    """Call `work.each` with every entry and the corpus.

    The files are at `paths`, sorted; `jobs` is the number of processes, by default one a core if
    the files are many.
    """
    if jobs is None:
        jobs = cores() if len(paths) >= PAYS_FROM else 1
    with _uncollected(), _helpers(paths, min(jobs, len(paths)), work) as (portions, helpers):
        share = Share(work)
        if helpers:
            from curate.bulk.helper import exchange, read_all  # noqa: PLC0415 - see `_helpers`

            exchange(share, read_all(share, portions), helpers, paths)
        else:
            for portion in portions:
                share.take(portion)
        library = share.library()
        corpus = Corpus(library, work.config)
        found = visit_all(share.paths, library, corpus, work.each)
        for helper in helpers:
            found |= helper.found(library, corpus)
    ordered = {path: found[path] for path in paths}
    return Visited(ordered, {path: share.known[path] for path in paths}, corpus)


def check_files(
    root: Path, config: Config, jobs: int | None = None, held: int | None = None
) -> tuple[Report, Corpus]:
    """Check the working copy: what `pipeline.check` finds in what `pipeline.load` reads."""
    if top_obstacle(root) is not None:
        corpus = load(find(root), config)
        return check(corpus), corpus
    paths, odd = paths_and_odd(root)
    visited = visit(paths, Work(partial(read, root, odd=odd), config, check_entry, held), jobs)
    findings = chain.from_iterable(visited.found.values())
    return Report(findings, paths, visited.drafts), visited.corpus


def on_demand(root: Path, checked: Corpus, commit: str | None) -> Corpus:
    """Return a working copy that was checked as one of which no entry is held, but a few."""
    known = {facts.path: facts._replace(version=str(version)) for facts, version in checked.known()}
    return Corpus(Shelf(known, {}, partial(read, root)), checked.config, commit)


@contextmanager
def _helpers(paths: Sequence[str], jobs: int, work: Work) -> Iterator[tuple[Portions, Any]]:
    """Start all processes but this one, say what this one is to read, and end them all."""
    if jobs <= 1:
        yield [paths], ()
        return
    # One process needs none of what several do.
    from curate.bulk.helper import started  # noqa: PLC0415

    with started(paths, jobs, work) as found:
        yield found


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from going through all records, again and again or later on.

    Records hold no circles: what is no longer used is freed without it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # What is frozen once counts as old from then on, and nobody has looked through it.
        gc.freeze()
        gc.unfreeze()
        if was_on:
            gc.enable()


__all__ = [
    "PAYS_FROM",
    "Visited",
    "Work",
    "check_files",
    "cores",
    "on_demand",
    "visit",
]
