"""What the checks on figures and on numbers in prose cost: validation with them and without.

Prints Markdown: the shipped records, then corpora that have as much to check as those have
(`enriched.py`), but the size of the other benches' records. What counts is the ratio. Both are
timed in turn in one process, once this way round and once that; the ratio is the median of those
of the rounds, and what is timed is the processor, so that other work on the machine matters little.
"""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from corpus import write
from enriched import OF_CHECKS, enrich

from curate import pipeline
from curate.bulk import Work, visit
from curate.config import Config
from curate.dispatch import Dispatch
from curate.rules import all_rules
from curate.source import find, read

ROUNDS = 7
SHIPPED = Path(__file__).parents[2]
CONFIG = Config(name="bench", publish=("in_review",))
ALL = all_rules()
WITHOUT = tuple(rule for rule in ALL if rule.name not in OF_CHECKS)


def main(sizes: Iterable[int]) -> None:
    """Measure each size and print a table."""
    print("| records | without the checks, s | with them, s | ratio |")
    print("|---|---|---|---|")
    _measure("shipped", SHIPPED)
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            root = Path(scratch)
            enrich(root, write(root, size))
            _measure(f"{size:,}", root)


def _measure(name: str, root: Path) -> None:
    without, every = Dispatch(WITHOUT), Dispatch(ALL)
    pairs = []
    for number in range(ROUNDS + 1):
        if number % 2:
            base = _seconds(root, without)
            more = _seconds(root, every)
        else:
            more = _seconds(root, every)
            base = _seconds(root, without)
        pairs.append((base, more))
    del pairs[0]  # the first round fills what is kept for good
    base, more = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(more / base for base, more in pairs)
    print(f"| {name} | {base:.2f} | {more:.2f} | {ratio:.2f} |", flush=True)


def _seconds(root: Path, dispatch: Dispatch) -> float:
    pipeline._dispatch = lambda: dispatch  # noqa: SLF001 - some rules are left out
    paths = [item.path for item in find(root)]
    gc.collect()
    started = time.process_time()
    visited = visit(paths, Work(partial(read, root), CONFIG, pipeline.check_entry), 1)
    seconds = time.process_time() - started
    left = [one for found in visited.found.values() for one in found if one.waived is None]
    # A waiver of a check that is left out has nothing to waive.
    errors = [one for one in left if one.severity == "error" and one.name != "unused-waiver"]
    if errors:
        sys.exit(f"the corpus of the bench has errors: {errors[:3]}")
    return seconds


if __name__ == "__main__":
    main(int(argument.replace(",", "")) for argument in sys.argv[1:])
