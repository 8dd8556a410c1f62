"""From which size a cluster pays: `python tests/bench/engine.py [SIZE] [--write]`.

Measured are one process (the usual run); the same in shards, and how much of that is the shards'
own work, which workers share, and how much the driver's, which nobody shares; and what a cluster of
real worker processes takes for its first run more than for its second, with reaching it. What
follows for other numbers of workers is computed from these.

Prints Markdown; with --write it goes into CONTRIBUTING.md.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from corpus import write

from curate import config, source
from curate.engine import Circumstances, check
from curate.engine.dask import connect
from curate.engine.here import Here
from curate.pipeline import check as check_at_once
from curate.pipeline import load
from curate.store import Folder
from curate.today import today

WORKERS = (2, 4, 8, 32)
PAGE = Path(__file__).parents[2] / "CONTRIBUTING.md"
PASSAGE = re.compile(r"(<!-- bench: engine -->\n).*(<!-- end of bench: engine -->)", re.DOTALL)


class Timed(Here):
    """Tasks in this process, timed."""

    seconds = 0.0

    def run(self, function: Any, calls: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """Call a function with each of the arguments."""
        for call in calls:
            start = perf_counter()
            result = function(*call)
            self.seconds += perf_counter() - start
            yield call, result


def _start(*arguments: str) -> "subprocess.Popen[bytes]":
    silent = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments], stdout=silent, stderr=silent
    )


def main(arguments: list[str]) -> None:
    """Measure, print, and write if asked to."""
    size = int(next((one for one in arguments if one.isdecimal()), "4000"))
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), size)
        table = "".join(_measure(Path(folder), size))
    sys.stdout.write(table)
    if "--write" in arguments:
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(PASSAGE.sub(lambda part: part[1] + table + part[2], text), encoding="utf-8")


def _measure(root: Path, size: int) -> Iterator[str]:
    settings = config.load(root)
    around = Circumstances(Folder(root), settings, today())
    start = perf_counter()
    report = check_at_once(load(source.find(root), settings))
    alone = perf_counter() - start
    timed = Timed()
    start = perf_counter()
    assert check(timed, around)[0].findings == report.findings
    driver = perf_counter() - start - timed.seconds
    reach, shared = _cluster(root, around)
    yield f"| {size:,} records | times one process |\n|---|---|\n"
    yield f"| in shards, one after the other | {(driver + timed.seconds) / alone:.2f} |\n"
    yield f"| of that the driver's part | {driver / alone:.2f} |\n"
    yield f"| two workers and the driver on two cores | {shared / alone:.2f} |\n"
    yield f"| once more for reaching a cluster and its first run | {reach / alone:.2f} |\n\n"
    yield "| workers, each with a core | pays from | times as fast, at best |\n|---|---|---|\n"
    for workers in WORKERS:
        a_record = (driver + timed.seconds / workers) / size
        gain = alone / size - a_record
        pays = f"{reach / gain:,.0f} records" if gain > 0 else "never"
        yield f"| {workers} | {pays} | {alone / size / a_record:.1f} |\n"


def _cluster(root: Path, around: Circumstances) -> tuple[float, float]:
    """Return what reaching a cluster and its first run cost, and how long the next one takes."""
    place = root / "scheduler.json"
    own = ("--host", "127.0.0.1", "--no-dashboard")
    started = [_start("scheduler", *own, "--port", "0", "--scheduler-file", str(place))]
    try:
        while not place.exists():
            pass
        alone = (*own, "--nthreads", "1", "--no-nanny", "--scheduler-file", str(place))
        started += [_start("worker", *alone, "--local-directory", str(root)) for _ in range(2)]
        address = json.loads(place.read_text())["address"].replace("tcp://", "dask://")
        with connect(address) as cluster:
            cluster.client.wait_for_workers(2)
        start = perf_counter()
        with connect(address) as cluster:
            check(cluster, around)
            first = perf_counter() - start
            start = perf_counter()
            check(cluster, around)
            second = perf_counter() - start
        return first - second, second
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
