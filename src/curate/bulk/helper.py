"""Another process that reads a share of the files and visits them."""

import gc
import marshal
import multiprocessing
import os
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Final

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

    def __init__(self, paths: list[str], work: Work) -> None:
        self._paths = paths
        self._work = work
        self._pipe, its_end = multiprocessing.Pipe()
        call = (its_end, paths, work)
        self._process = _CONTEXT.Process(target=help_out, args=call, daemon=True)
        self._process.start()
        its_end.close()

    def tell(self) -> Mapping[str, Known]:
        """Return what the process knows of its files."""
        told = self._receive()
        return Share(self._paths, self._work).known if told is None else _from_plain(told)

    def hear(self, known: Mapping[str, Known]) -> None:
        """Tell the process what is known of files, but for its own."""
        own = set(self._paths)
        others = {path: one for path, one in known.items() if path not in own}
        with suppress(OSError):  # where it has ended, `found` will see
            self._pipe.send(_as_plain(others))

    def found(self, library: Shelf, corpus: Corpus) -> dict[str, Any]:
        """Return what came of visiting its files."""
        found: dict[str, Any] | None = self._receive()
        if found is None:
            return visit_all(self._paths, library, corpus, self._work.each)
        return found

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


def help_out(pipe: Connection, paths: list[str], work: Work) -> None:
    """Read a share of the files, tell what is known of them, hear of the others, and visit them."""
    gc.disable()
    try:
        share = Share(paths, work)
        pipe.send((Facts, _as_plain(share.known)))
        share.add(_from_plain(pipe.recv()))
        library = share.library()
        corpus = Corpus(library, work.config)
        pipe.send((dict, visit_all(paths, library, corpus, work.each)))
    except Refusal as refusal:
        pipe.send((Refusal, str(refusal)))
    except Exception:  # noqa: BLE001 - it is told in the process that can report it
        pipe.send((BugError, traceback.format_exc()))
    except KeyboardInterrupt:
        # Whoever interrupted the command is told so by the process that he started.
        os._exit(1)


def _as_plain(known: Mapping[str, Known]) -> bytes:
    """Write what is known in the fewest steps; both ends are the same program."""
    return marshal.dumps([(tuple(facts), version) for facts, version in known.values()])


def _from_plain(data: bytes) -> dict[str, Known]:
    found = (Known(Facts(*facts), version) for facts, version in marshal.loads(data))  # noqa: S302 - ours
    return {one.facts.path: one for one in found}
