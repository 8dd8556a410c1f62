"""Run whole processes, and say how long they took and how much memory they held."""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

# ru_maxrss counts KiB on Linux and bytes on macOS.
_UNIT = 1 << 20 if sys.platform == "darwin" else 1 << 10


class Run(NamedTuple):
    """One process, or several in a row taken as one."""

    seconds: float
    """By the clock."""
    busy: float
    """Of the processors, those of the processes that it started included."""
    mebibytes: float
    """Its own peak."""
    from_disk: int = 0
    """Blocks that had to be read from the disk, because the system did not have them at hand."""


Call = Sequence[str | Path]
"""A command and its arguments."""


def run(call: Call, folder: Path, expected: Iterable[int] = (0,)) -> Run:
    """Run a command to its end; it must end as expected, or its time means nothing."""
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.execv(str(call[0]), [*map(str, call)])
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) not in expected:
        sys.exit(f"{' '.join(map(str, call[:3]))} failed")
    busy = usage.ru_utime + usage.ru_stime
    return Run(seconds, busy, usage.ru_maxrss / _UNIT, usage.ru_inblock)


def together(runs: Iterable[Run]) -> Run:
    """Take several runs, one after the other, as one."""
    done = list(runs)
    return Run(
        sum(one.seconds for one in done),
        sum(one.busy for one in done),
        max(one.mebibytes for one in done),
        sum(one.from_disk for one in done),
    )


LONG = 20.0
"""Seconds: what takes longer is run twice, first of all and last of all: processors are not equally
quick at all times, and what is compared must have met the same."""
BRIEF = 5.0
"""Seconds: what takes less is run three times as often, since chance matters most."""
TRIES = 4
"""As often is a run of that kind begun anew that had to wait for the disk; then it counts."""


def in_turn(tasks: Mapping[str, Callable[[], Run]], rounds: int) -> dict[str, Run]:
    """Run each task in turn, several times; return the median of each, and its highest peak."""
    done = {name: [_at_hand(task)] for name, task in tasks.items()}
    took = {name: runs[0].seconds for name, runs in done.items()}
    for number in range(1, 3 * rounds):
        for name, task in tasks.items():
            if took[name] < BRIEF or (took[name] < LONG and number < rounds):
                done[name].append(_at_hand(task))
    for name, task in tasks.items():
        if took[name] >= LONG:
            done[name].append(_at_hand(task))
    return {name: _median(runs) for name, runs in done.items()}


def _at_hand(task: Callable[[], Run]) -> Run:
    """Run a task with all that it reads in memory; what is not brief hardly waits for a disk."""
    for _ in range(TRIES):
        found = task()
        if not found.from_disk or found.seconds > BRIEF:
            break
    return found


def _median(runs: Sequence[Run]) -> Run:
    return Run(
        statistics.median(one.seconds for one in runs),
        statistics.median(one.busy for one in runs),
        max(one.mebibytes for one in runs),
    )
