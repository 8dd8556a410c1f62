"""Time curate beside check-jsonschema, on the same files and schemas, in one run.

Prints Markdown. Times are of whole processes, the peers in turn, the median of several rounds;
what counts is the ratio, since machines differ. Memory is the peak of the process.
"""

import os
import shutil
import statistics
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from corpus import write

SCHEMAS = Path(__file__).parents[2] / "schemas"
SCRIPTS = Path(sysconfig.get_path("scripts"))
CURATE = str(SCRIPTS / "curate")
PEER = str(SCRIPTS / "check-jsonschema")
NAMES = ("check-jsonschema", "curate validate", "curate export")
ROUNDS = {100: 5, 1000: 3}


class Run(NamedTuple):
    """One process, or several in a row taken as one."""

    seconds: float
    mebibytes: float


def main(sizes: Iterable[int]) -> None:
    """Measure each size and print a table."""
    print("| records | | s | ms a record | MiB | check-jsonschema takes |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for size in sizes:
            _measure(Path(scratch) / str(size), size)


def _measure(folder: Path, size: int) -> None:
    folder.mkdir()
    by_kind = write(folder, size)
    peers = [
        [PEER, "--schemafile", str(SCHEMAS / f"{kind}.schema.json"), *map(str, files)]
        for kind, files in by_kind.items()
    ]
    runs: dict[str, list[Run]] = {name: [] for name in NAMES}
    for _ in range(ROUNDS.get(size, 1)):
        runs["check-jsonschema"].append(_together(_run(call, folder) for call in peers))
        runs["curate validate"].append(_run([CURATE, "validate"], folder))
        runs["curate export"].append(_run([CURATE, "export", "--out", str(folder / "out")], folder))
    shutil.rmtree(folder)
    base = statistics.median(run.seconds for run in runs["check-jsonschema"])
    for name, done in runs.items():
        seconds = statistics.median(run.seconds for run in done)
        memory = max(run.mebibytes for run in done)
        ratio = f"{base / seconds:.1f}×"
        print(
            f"| {size:,} | {name} | {seconds:.2f} | {1000 * seconds / size:.2f} | {memory:.0f} "
            f"| {ratio} |",
            flush=True,
        )


def _together(runs: Iterable[Run]) -> Run:
    done = list(runs)
    return Run(sum(run.seconds for run in done), max(run.mebibytes for run in done))


def _run(call: list[str], folder: Path) -> Run:
    """Run a command to its end; it must succeed, or its time means nothing."""
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.execv(call[0], call)
    _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{' '.join(call[:3])} failed")
    # ru_maxrss counts KiB on Linux and bytes on macOS.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Run(time.perf_counter() - started, usage.ru_maxrss / unit)


if __name__ == "__main__":
    main(int(argument.replace(",", "")) for argument in sys.argv[1:])
