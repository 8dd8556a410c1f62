"""Other processes that make a share of the pieces."""

import multiprocessing
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from curate.pieces.drawer import Drawer, Row
from curate.pieces.task import Task
from curate.refusal import Refusal

PAYS_FROM: Final = 200
"""Pieces: below, another process costs what it saves."""
_BLOCK: Final = 16
"""Pieces that stay together: what one of them reads, the next one may need."""

Make = Callable[[Task], Row]


class BugError(RuntimeError):
    """What went wrong in another process, with its traceback."""


def shares(tasks: Sequence[Task], jobs: int) -> list[list[Task]]:
    """Divide what is to be made among so many processes, this one first."""
    # Only a copy of this process knows the corpus; not every system's libraries bear to be copied.
    if jobs == 1 or len(tasks) < PAYS_FROM or sys.platform != "linux":
        return [list(tasks)]
    found: list[list[Task]] = [[] for _ in range(jobs)]
    for number in range(0, len(tasks), _BLOCK):
        found[number // _BLOCK % jobs] += tasks[number : number + _BLOCK]
    return found


class Helper:
    """Another process, seen from this one."""

    def __init__(self, tasks: list[Task], make: Make, path: Path) -> None:
        self.tasks = tasks
        self._path = path
        self._pipe, its_end = multiprocessing.Pipe()
        context = multiprocessing.get_context("fork")
        self._process = context.Process(target=_help_out, args=(its_end, tasks, make, path))
        self._process.daemon = True
        self._process.start()
        its_end.close()

    def drawer(self) -> Drawer | None:
        """Return what it made; None where it ended early, and the work is to be done here."""
        try:
            what, told = self._pipe.recv()
        except (EOFError, OSError):
            return None
        if what == "refused":
            raise Refusal(told)
        if what == "bug":
            raise BugError(f"in another process:\n{told}")
        return Drawer.opened(self._path)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._pipe.close()
        self._process.terminate()
        self._process.join()


@contextmanager
def helpers(others: list[list[Task]], make: Make) -> Iterator[list[Helper]]:
    """Start a process for each share of the work, and end them all."""
    with TemporaryDirectory(prefix="curate-") as folder:
        started = [
            Helper(tasks, make, Path(folder, str(number))) for number, tasks in enumerate(others)
        ]
        try:
            yield started
        finally:
            for helper in started:
                helper.end()


def _help_out(*arguments: Any) -> None:
    # Whoever interrupts the command is told so by the process that he started; and it ends this one
    # without a word as soon as it has what it made.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    help_out(*arguments)


def help_out(pipe: Connection, tasks: list[Task], make: Make, path: Path) -> None:
    """Make a share of the pieces, and lay them into a file of our own."""
    told: tuple[str, Any] = "made", None
    try:
        drawer = Drawer.new(path)
        for task in tasks:
            drawer.put(make(task))
        drawer.finish()
    except Refusal as refusal:
        told = "refused", str(refusal)
    except Exception:  # noqa: BLE001 - it is told in the process that can report it
        told = "bug", traceback.format_exc()
    pipe.send(told)
