"""What can be folded away: fields with parts, entries of lists, and comments of several lines."""

from collections.abc import Iterator
from itertools import groupby

from lsprotocol import types


def foldings(text: str, most: int | None = None) -> list[types.FoldingRange]:
    """Return the ranges of a text, read by its indentation alone; at most so many."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = sorted([*_blocks(lines), *_comments(lines)], key=lambda fold: fold.start_line)
    return found if most is None else found[:most]


def _blocks(lines: list[str]) -> Iterator[types.FoldingRange]:
    open_: list[tuple[int, int]] = []
    last = 0
    for number, line in enumerate(lines):
        text = line.lstrip(" ")
        if not text.strip() or text.startswith("#"):
            continue
        # A list may stand as far to the left as the field that it belongs to.
        level = 2 * (len(line) - len(text)) + text.startswith(("- ", "-\t"))
        while open_ and open_[-1][0] >= level:
            start = open_.pop()[1]
            if last > start:
                yield types.FoldingRange(start, last)
        open_.append((level, number))
        last = number
    for _, start in open_:
        if last > start:
            yield types.FoldingRange(start, last)


def _comments(lines: list[str]) -> Iterator[types.FoldingRange]:
    numbered = enumerate(line.lstrip(" ").startswith("#") for line in lines)
    for is_comment, group in groupby(numbered, key=lambda one: one[1]):
        block = [number for number, _ in group]
        if is_comment and len(block) > 1:
            yield types.FoldingRange(block[0], block[-1], kind=types.FoldingRangeKind.Comment)
