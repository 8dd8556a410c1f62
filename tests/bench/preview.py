"""How long a preview takes from a saved record to its page; arguments are corpus sizes.

What counts beside the machine is the share that does not grow with the corpus, so each step stands
next to a start from nothing (reading and checking everything, and making that one page).
"""

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import perf_counter

import corpus

from curate.preview.desk import Desk

_ROUNDS = 9


def main(sizes: Iterable[int]) -> None:
    print("| records | start | nothing changed | saved to checked | page made | start ÷ rest |")
    print("|---|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            print(_measured(Path(folder), size))


def _measured(root: Path, size: int) -> str:
    by_kind = corpus.write(root, size)
    started = perf_counter()
    desk = Desk(root)
    path = by_kind["study"][0]
    address = f"studies/{path.stem}.html"
    desk.file(address)
    start = perf_counter() - started
    idle = median(_seconds(desk.look) for _ in range(_ROUNDS))
    looks, pages = [], []
    for number in range(_ROUNDS):
        text = path.read_text(encoding="utf-8")
        path.write_text(text + f"note: Changed {number}.\n" * (number % 2 == 0), encoding="utf-8")
        looks.append(_seconds(desk.look))
        pages.append(_seconds(lambda: desk.file(address)))
        path.write_text(text, encoding="utf-8")
        desk.look()
    look, page = median(looks), median(pages)
    ratio = start / (look + page)
    shown = " | ".join(f"{1000 * value:.0f} ms" for value in (start, idle, look, page))
    return f"| {size:,} | {shown} | {ratio:.0f} |"


def _seconds(do: Callable[[], object]) -> float:
    started = perf_counter()
    do()
    return perf_counter() - started


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [100, 1500])
