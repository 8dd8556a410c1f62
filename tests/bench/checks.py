"""What the checks on figures and on numbers in prose cost: validation with them and without.

Prints Markdown: the shipped records, then corpora that have as much to check as those have
(`enriched.py`), but the size of the other benches' records. What counts is the ratio. Whole calls
of `curate validate` in one process run in turn; what is timed is the processor, and the least time
of each counts, so that other work on the machine matters little.
"""

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from corpus import write
from enriched import enrich
from timing import Call, run

ROUNDS = 7
SHIPPED = Path(__file__).parents[2]
PART = Path(__file__).with_name("part.py")


def main(sizes: Iterable[int]) -> None:
    """Measure each size and print a table."""
    os.environ["CURATE_RESIDENT"] = "0"
    print("| records | without the checks, s | with them, s | ratio |")
    print("|---|---|---|---|")
    # What waives a check that is left out is an error then.
    _measure("shipped", SHIPPED, expected=(0, 1))
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            root = Path(scratch)
            enrich(root, write(root, size))
            _measure(f"{size:,}", root)


def _measure(name: str, root: Path, expected: tuple[int, ...] = (0,)) -> None:
    pairs = [(_seconds(root, "without", expected), _seconds(root, "all")) for _ in range(ROUNDS)]
    base, more = map(min, zip(*pairs, strict=True))
    print(f"| {name} | {base:.2f} | {more:.2f} | {more / base:.2f} |", flush=True)


def _seconds(root: Path, part: str, expected: tuple[int, ...] = (0,)) -> float:
    """Return the processor's seconds of one call, which ends with a code that is expected."""
    call: Call = [sys.executable, PART, part, "validate", "--no-cache", "--jobs", "1"]
    return run(call, root, expected).busy


if __name__ == "__main__":
    main(int(argument.replace(",", "")) for argument in sys.argv[1:])
