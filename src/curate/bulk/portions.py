"""The files in portions, which processes take one after the other until none is left.

No two processors are equally quick at any moment, least of all on a shared machine: of equal shares
all would wait for the slowest.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

_FEWEST: Final = 50
"""Files of a portion: to take one then costs far less than to read it."""
_MOST: Final = 1000
"""Portions: as many numbers fit into any pipe."""
_SIZE: Final = 4

Portions = Iterable[Sequence[str]]
"""What one process reads: some of the files, and again some."""


class Pool:
    """Portions, each for the process that comes first."""

    def __init__(self, portions: Sequence[Sequence[str]]) -> None:
        self._portions = portions
        self._numbers, end = os.pipe()
        try:
            os.write(end, b"".join(one.to_bytes(_SIZE, "big") for one in range(len(portions))))
        finally:
            os.close(end)

    def __iter__(self) -> Iterator[Sequence[str]]:
        """Take one portion after the other, until there are no more."""
        # A number is read as a whole, by one process; after the last one comes the end.
        while number := os.read(self._numbers, _SIZE):
            yield self._portions[int.from_bytes(number, "big")]

    def close(self) -> None:
        """Close this process's end."""
        os.close(self._numbers)


def dealt(paths: Sequence[str], jobs: int) -> tuple[list[Portions], Pool]:
    """Return what each of several processes reads, and the pool that most of it is taken from.

    Each begins with a portion of its own. The processes must be copies of this one.
    """
    count = max(jobs, min(_MOST, len(paths) // _FEWEST))
    portions = divided(paths, count)
    pool = Pool(portions[jobs:])
    return [chain([first], pool) for first in portions[:jobs]], pool


def divided(paths: Sequence[str], count: int) -> list[list[str]]:
    """Divide the files of each folder, so that records of like names stay together."""
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        folders[path.rpartition("/")[0]].append(path)
    portions: list[list[str]] = [[] for _ in range(count)]
    for folder in folders.values():
        for number in range(count):
            first, last = (len(folder) * end // count for end in (number, number + 1))
            portions[number] += folder[first:last]
    return portions
