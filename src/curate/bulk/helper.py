"""Another process that reads a share of the files and visits them."""

import gc
import marshal
import multiprocessing
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any, Final

from curate.bulk.portions import Portions, dealt, divided
from curate.bulk.share import Known, Share, Shelf, Work, visit_all
from curate.corpus import Corpus
from curate.facts import Facts
from curate.refusal import Refusal

# A copy of this process knows all that it has imported; where the system's own libraries do not
# bear to be copied, a new one is started.
_CONTEXT: Final = (
    multiprocessing.get_context("fork")
    if sys.platform == "linux"
    else multiprocessing.get_context("spawn")
)


class BugError(RuntimeError):
    """What went wrong in another process, with its traceback."""


class Helper:
    """Another process, seen from this one. Should it end early, its work is done here."""

    def __init__(self, portions: Portions, work: Work) -> None:
        self._paths: list[str] = []
        """The files that it has read."""
        self._work = work
        self._pipe, its_end = multiprocessing.Pipe()
        call = (its_end, portions, work)
        self._process = _CONTEXT.Process(target=help_out, args=call, daemon=True)
        self._process.start()
        its_end.close()

    def tell(self) -> bytes:
        """Return what the process knows of its files, as it is sent; nothing where it has ended."""
        return self._receive() or b""

    def understand(self, told: bytes) -> dict[str, Known]:
        """Return what the process has told."""
        known = _from_plain(told)
        self._paths = [*known]
        return known

    def hear(self, told: list[bytes]) -> None:
        """Tell the process what the others know of theirs."""
        with suppress(OSError):  # where it has ended, `found` will see
            self._pipe.send(told)

    def found(self, library: Shelf, corpus: Corpus) -> dict[str, Any]:
        """Return what came of visiting its files."""
        found: list[Any] | None = self._receive()
        if found is None:
            return visit_all(self._paths, library, corpus, self._work.each)
        return dict(zip(self._paths, found, strict=True))

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._pipe.close()
        self._process.terminate()
        self._process.join()

    def _receive(self) -> Any:
        """Return what the process sends next, or None where it has ended."""
        try:
            what, content = self._pipe.recv()
        except (EOFError, OSError):
            return None
        if what is Refusal:
            raise Refusal(content)
        if what is BugError:
            raise BugError(f"in another process:\n{content}")
        return content


@contextmanager
def started(
    paths: Sequence[str], jobs: int, work: Work
) -> Iterator[tuple[Portions, Sequence[Helper]]]:
    """Start processes for all but the first portions of the files; end them all."""
    portions: Sequence[Portions]
    pool = None
    if _CONTEXT.get_start_method() == "fork":
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


def exchange(share: Share, helpers: Sequence[Helper], paths: Sequence[str]) -> None:
    """Let all processes know what each knows; read here what one has not that ended early.

    What is told is passed on before it is understood, so that all do that at the same time.
    """
    own = _as_plain(share.known)
    told = [helper.tell() for helper in helpers]
    if not all(told):
        elsewhere = {path for one in told for path in _from_plain(one)}
        share.take([path for path in paths if not (path in share.known or path in elsewhere)])
        own = _as_plain(share.known)
    for number, helper in enumerate(helpers):
        helper.hear([own, *told[:number], *told[number + 1 :]])
    for helper, one in zip(helpers, told, strict=True):
        share.add(helper.understand(one))


def help_out(pipe: Connection, portions: Portions, work: Work) -> None:
    """Read a share of the files, tell what is known of them, hear of the others, and visit them."""
    gc.disable()
    try:
        share = Share(portions, work)
        pipe.send((Facts, _as_plain(share.known)))
        for told in pipe.recv():
            share.add(_from_plain(told))
        library = share.library()
        corpus = Corpus(library, work.config)
        found = visit_all(share.paths, library, corpus, work.each)
        pipe.send((list, [found[path] for path in share.paths]))
    except Refusal as refusal:
        pipe.send((Refusal, str(refusal)))
    except Exception:  # noqa: BLE001 - it is told in the process that can report it
        import traceback  # noqa: PLC0415 - no check but one that fails needs it

        pipe.send((BugError, traceback.format_exc()))
    except KeyboardInterrupt:
        # Whoever interrupted the command is told so by the process that he started.
        os._exit(1)


def _as_plain(known: Mapping[str, Known]) -> bytes:
    """Write what is known in the fewest steps; both ends are the same program.

    The second of marshal's formats does not look whether it has written the same before.
    """
    return marshal.dumps([(*facts, version) for facts, version in known.values()], 2)


def _from_plain(data: bytes) -> dict[str, Known]:
    found = marshal.loads(data) if data else ()  # noqa: S302 - ours
    return {path: Known(Facts(path, *facts), version) for path, *facts, version in found}
