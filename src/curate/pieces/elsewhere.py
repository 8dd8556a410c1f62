"""Other processes that make a share of the pieces."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from curate.pieces.drawer import Drawer, Row
from curate.pieces.task import Task
from curate.worker import COPIES, End, Worker

PAYS_FROM: Final = 200
"""Pieces: below, another process costs what it saves."""
_BLOCK: Final = 16
"""Pieces that stay together: what one of them reads, the next one may need."""

Make = Callable[[Task], Row]


def shares(tasks: Sequence[Task], jobs: int) -> list[list[Task]]:
    """Divide what is to be made among so many processes, this one first."""
    # Only a copy of this process knows the corpus; not every system's libraries bear to be copied.
    if jobs == 1 or len(tasks) < PAYS_FROM or not COPIES:
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
        self._worker = Worker(help_out, tasks, make, path)

    def drawer(self) -> Drawer | None:
        """Return what it made; None where it ended early, and the work is to be done here."""
        return Drawer.opened(self._path) if self._worker.receive() else None

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._worker.end()


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


def help_out(_: End, tasks: list[Task], make: Make, path: Path) -> bool:
    """Make a share of the pieces, and lay them into a file of our own."""
    drawer = Drawer.new(path)
    for task in tasks:
        drawer.put(make(task))
    drawer.finish()
    return True
