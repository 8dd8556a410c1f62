"""Another process that reads a share of the files and visits them."""

import gc
import marshal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from curate import worker
from curate.bulk.portions import Portions, dealt, divided
from curate.bulk.share import Share, Shelf, Work, visit_all
from curate.corpus import Corpus
from curate.facts import Facts

Told = Sequence[bytes]
"""What a process knows of its files, portion by portion, as it is sent."""


class Helper:
    """Another process, seen from this one. Should it end early, its work is done here."""

    def __init__(self, portions: Portions, work: Work) -> None:
        self._paths: list[str] = []
        """The files that it has read."""
        self._work = work
        self._worker = worker.Worker(help_out, portions, work)

    def tell(self) -> Told:
        """Return what the process knows of its files; nothing where it has ended."""
        return self._worker.receive() or ()

    def understand(self, told: Told) -> list[Facts]:
        """Return what the process has told."""
        found = understood(told)
        self._paths = [facts.path for facts in found]
        return found

    def hear(self, told: Sequence[Told]) -> None:
        """Tell the process what the others know of theirs."""
        self._worker.send(told)

    def found(self, library: Shelf, corpus: Corpus) -> dict[str, Any]:
        """Return what came of visiting its files."""
        found: list[Any] | None = self._worker.receive()
        if found is None:
            return visit_all(self._paths, library, corpus, self._work.each)
        return dict(zip(self._paths, found, strict=True))

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._worker.end()


@contextmanager
def started(
    paths: Sequence[str], jobs: int, work: Work
) -> Iterator[tuple[Portions, Sequence[Helper]]]:
    """Start processes for all but the first portions of the files; end them all."""
    portions: Sequence[Portions]
    pool = None
    if worker.COPIES:
        portions, pool = dealt(paths, jobs)
    else:
        portions = [[share] for share in divided(paths, jobs)]
    helpers: list[Helper] = []
    try:
        helpers += (Helper(others, work) for others in portions[1:])
        yield portions[0], helpers
    finally:
        for helper in helpers:
            helper.end()
        if pool is not None:
            pool.close()


def read_all(share: Share, portions: Portions) -> Told:
    """Read a share of the files, and return what others are to know of them.

    It is written while it is at hand: once all is read it would have to be gathered from afar.
    """
    return [_as_plain(share.take(portion)) for portion in portions]


def exchange(share: Share, own: Told, helpers: Sequence[Helper], paths: Sequence[str]) -> None:
    """Let all processes know what each knows; read here what one has not that ended early.

    What is told is passed on before it is understood, so that all do that at the same time.
    """
    told = [helper.tell() for helper in helpers]
    if not all(told):
        elsewhere = {facts.path for one in told for facts in understood(one)}
        left = [path for path in paths if not (path in share.known or path in elsewhere)]
        own = [*own, *read_all(share, [left])]
    for number, helper in enumerate(helpers):
        helper.hear([own, *told[:number], *told[number + 1 :]])
    for helper, one in zip(helpers, told, strict=True):
        share.add(helper.understand(one))


def help_out(end: worker.End, portions: Portions, work: Work) -> list[Any]:
    """Read a share of the files, tell what is known of them, hear of the others, and visit them."""
    gc.disable()
    share = Share(work)
    end.send(read_all(share, portions))
    for told in end.recv():
        share.add(understood(told))
    library = share.library()
    found = visit_all(share.paths, library, Corpus(library, work.config), work.each)
    return [found[path] for path in share.paths]


def _as_plain(known: Sequence[Facts]) -> bytes:
    """Write what is known in the fewest steps; both ends are the same program.

    The second of marshal's formats does not look whether it has written the same before.
    """
    return marshal.dumps([tuple(facts) for facts in known], 2)


def understood(told: Told) -> list[Facts]:
    """Return what a process has told."""
    return [Facts._make(facts) for one in told for facts in marshal.loads(one)]  # noqa: S302 - ours
