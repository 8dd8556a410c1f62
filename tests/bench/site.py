"""Time and weigh the site: `curate export --format html` beside `curate validate`, in one run.

Prints Markdown. Times are of whole processes, in turn, the median of several rounds; what counts is
the ratio, since machines differ. An export validates first.
"""

import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from corpus import write

CURATE = str(Path(sysconfig.get_path("scripts")) / "curate")
CALLS = {
    "curate validate": ["validate", "--no-cache"],
    "curate export --format json": ["export", "--format", "json", "--out", "json"],
    "curate export --format html": ["export", "--format", "html", "--out", "site"],
}
ROUNDS = 3
SIZES = (100, 1500)


def main(sizes: Iterable[int]) -> None:
    """Measure each size and print a table."""
    print("| records | | s | × validate | files | MiB | largest page, KiB |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for size in sizes:
            _measure(Path(scratch) / str(size), size)


def _measure(folder: Path, size: int) -> None:
    folder.mkdir()
    write(folder, size)
    times: dict[str, list[float]] = {name: [] for name in CALLS}
    for _ in range(ROUNDS):
        for name, call in CALLS.items():
            started = time.perf_counter()
            subprocess.run([CURATE, *call], cwd=folder, check=True, stdout=subprocess.DEVNULL)
            times[name].append(time.perf_counter() - started)
    base = statistics.median(times["curate validate"])
    for name, found in times.items():
        seconds = statistics.median(found)
        written = folder / CALLS[name][-1]
        weighed = _weighed(written) if written.is_dir() else "| | |"
        print(f"| {size:,} | {name} | {seconds:.2f} | {seconds / base:.1f} {weighed}", flush=True)
    shutil.rmtree(folder)


def _weighed(folder: Path) -> str:
    """Return the number of files, their size together, and that of the largest page."""
    sizes = {path: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    pages = [size for path, size in sizes.items() if path.suffix == ".html"]
    largest = f"{max(pages) / 1024:.0f}" if pages else ""
    return f"| {len(sizes):,} | {sum(sizes.values()) / 2**20:.1f} | {largest} |"


if __name__ == "__main__":
    main([int(argument.replace(",", "")) for argument in sys.argv[1:]] or SIZES)
