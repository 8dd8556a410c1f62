"""What each step of a check takes of a record, in one process that holds all that it has read.

python tests/bench/steps.py 10000
"""

import gc
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from corpus import write

from curate.bulk.share import Shelf
from curate.config import load
from curate.construct import construct
from curate.corpus import Corpus
from curate.document import Document
from curate.entry import Entry, kind_of
from curate.facts import facts_of, version_of
from curate.judge import judge
from curate.kinds import KINDS
from curate.pipeline import check_entry
from curate.source import Source, read, walk

ROUNDS = 3


def main(sizes: Iterable[int]) -> None:
    """Measure each size and print a table."""
    gc.disable()  # as a check does
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            root = Path(scratch)
            write(root, size)
            rounds = [_measure(root) for _ in range(ROUNDS)]
        least = {step: min(times[step] for times in rounds) for step in rounds[0]}
        print(f"| of {size:,} records | µs a record |\n|---|---|")
        for step, seconds in least.items():
            print(f"| {step} | {1e6 * seconds / size:.1f} |")
        print(f"| all | {1e6 * sum(least.values()) / size:.1f} |")


def _measure(root: Path) -> dict[str, float]:
    paths = sorted(path for path, _ in walk(root))
    took: dict[str, float] = {}

    def each(step: str, do: Callable[[Any], Any], over: Iterable[Any]) -> list[Any]:
        started = perf_counter()
        done = [do(one) for one in over]
        took[step] = perf_counter() - started
        return done

    sources: list[Source] = each("reading the file", partial(read, root), paths)
    documents: list[Document] = each(
        "text to values, line by line", lambda one: Document(one.path, one.data), sources
    )
    kinds = [str(kind_of(path)) for path in paths]
    both = list(zip(kinds, documents, strict=True))
    each("the schema's verdict", lambda one: judge(one[0]).is_valid(one[1].value), both)
    records = each("the record", lambda one: construct(KINDS[one[0]], one[1].value), both)
    entries = [
        Entry(path, kind, document, record, document.faults)
        for path, kind, document, record in zip(paths, kinds, documents, records, strict=True)
    ]
    facts = each("what it tells the others", facts_of, entries)
    versions = each("a name for its text", version_of, sources)
    told = zip(facts, versions, strict=True)
    known = {one.path: one._replace(version=version) for one, version in told}
    held = dict(zip(paths, entries, strict=True))
    corpus = Corpus(Shelf(known, held, partial(read, root)), load(root))
    each("the rules", lambda one: check_entry(one, corpus), entries)
    return took


if __name__ == "__main__":
    main(int(argument.replace(",", "")) for argument in sys.argv[1:])
