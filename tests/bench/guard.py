"""Fail where curate has become slower or larger than it was, against itself and not a clock.

Each figure is a ratio of two pieces of work that run in turn in one process, or start in turn: the
least processor time of several rounds, so that other work on the machine matters little. Where one
is more than FACTOR times its figure in baseline.json, this ends with 1. What slows a machine slows
both sides of a ratio; memory is counted in bytes.

    python tests/bench/guard.py [--write]
"""

import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import yaml
from corpus import write
from enriched import OF_CHECKS, enrich
from part import use
from peers import SCRIPTS
from timing import Call, run

from curate import pipeline
from curate.bulk import Work, visit
from curate.config import Config
from curate.dispatch import Dispatch
from curate.document import Document
from curate.rules import all_rules
from curate.source import Source, find, read

BASELINE = Path(__file__).with_name("baseline.json")
FACTOR = 1.5
RECORDS = 300
ROUNDS = 7
STARTS = 9
CONFIG = Config(name="bench", publish=("in_review",))
PASS = [sys.executable, "-c", "pass"]
WAYS = {
    "validate, of PyYAML's C loader": "reading and checking 300 records, of loading them in C",
    "read otherwise laid out, of PyYAML's C loader": "the exact reader, of loading them in C",
    "all checks, of the rest": "validating with the checks of figures and claims, of without",
    "start of --help, of python -c pass": "processor time of the whole process",
    "validate one record, of python -c pass": "processor time of the whole process",
    "export 40 records, of validating them": "processor time of the whole process",
    "KiB a record, of a record's 4": "memory that 1,000 more records take",
}
"""What is measured, and how."""


def main(arguments: Sequence[str]) -> int:
    """Measure, and compare or write the baseline."""
    found = measured()
    if "--write" in arguments:
        BASELINE.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        return 0
    known: dict[str, float] = json.loads(BASELINE.read_text(encoding="utf-8"))
    print("| | is | was |\n|---|---|---|")
    for name, figure in found.items():
        print(f"| {name} | {figure:.2f} | {known[name]:.2f} |")
    worse = worsened(found, known)
    for name in worse:
        print(f"{name} is more than {FACTOR} times what it was ({WAYS[name]}).", file=sys.stderr)
    return 1 if worse else 0


def worsened(found: Mapping[str, float], known: Mapping[str, float]) -> list[str]:
    """Return what is more than FACTOR times what it was."""
    return [name for name, figure in found.items() if figure > FACTOR * known[name]]


def measured() -> dict[str, float]:
    """Return all figures."""
    names = iter(WAYS)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        figures = (*_in_process(scratch), *_of_processes(scratch), _memory(scratch))
    return {name: round(figure, 3) for name, figure in zip(names, figures, strict=True)}


def _in_process(scratch: Path) -> tuple[float, float, float]:
    root, rich = scratch / "plain", scratch / "rich"
    write(root, RECORDS)
    enrich(rich, write(rich, RECORDS))
    texts = [item.data for item in find(root) if isinstance(item, Source)]
    otherwise = [text.replace(b"\n  - ", b"\n  -  ") for text in texts]
    ours, plain, exact = _least_in_turn(
        lambda: _validate(root),
        lambda: [yaml.load(text, yaml.CSafeLoader) for text in texts],
        lambda: [Document("records/x.yaml", text) for text in otherwise],
    )
    fewer = Dispatch(rule for rule in all_rules() if rule.name not in OF_CHECKS)
    every = Dispatch(all_rules())
    most, least = _least_in_turn(
        partial(_validate, rich, every),
        partial(_validate, rich, fewer),
    )
    return ours / plain, exact / plain, most / least


def _validate(root: Path, dispatch: Dispatch | None = None) -> None:
    if dispatch is not None:
        use(dispatch)
    paths = [item.path for item in find(root)]
    visit(paths, Work(partial(read, root), CONFIG, pipeline.check_entry), 1)


def _of_processes(scratch: Path) -> tuple[float, float, float]:
    one, forty = scratch / "one", scratch / "forty"
    write(one, 2)
    write(forty, 40)
    curate = SCRIPTS / "curate"
    calls: list[tuple[Call, Path]] = [
        (PASS, scratch),
        ([curate, "--help"], scratch),
        ([curate, "validate", "--no-cache"], one),
        ([curate, "validate", "--no-cache"], forty),
        ([curate, "export", "--out", "out"], forty),
    ]
    least = [float("inf")] * len(calls)
    for number in range(STARTS):
        for at, (call, folder) in enumerate(calls):
            if number < STARTS // 3 or folder is not forty:
                least[at] = min(least[at], run(call, folder).busy)
    return least[1] / least[0], least[2] / least[0], least[4] / least[3]


def _memory(scratch: Path) -> float:
    peaks = []
    for size in (1000, 2000):
        root = scratch / f"of-{size}"
        write(root, size)
        call: Call = [SCRIPTS / "curate", "validate", "--no-cache", "--jobs", "1"]
        peaks.append(run(call, root).mebibytes)
    return (peaks[1] - peaks[0]) * 1024 / 1000 / 4


def _least_in_turn(*tasks: Callable[[], object]) -> list[float]:
    """Return the least processor time of each task, of several rounds in turn."""
    least = [float("inf")] * len(tasks)
    for number in range(ROUNDS + 1):
        for at, task in enumerate(tasks):
            gc.collect()
            started = time.process_time()
            task()
            if number:  # the first round fills what is kept for good
                least[at] = min(least[at], time.process_time() - started)
    return least


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
