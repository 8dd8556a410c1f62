"""Show one line of a file with a mark below the stretch that is meant."""

from itertools import accumulate

from curate.finding import Span
from curate.printable import columns, printable

WIDTH = 100
"""How many columns of a line are shown at most."""
_LEAD = 40
"""How many of these are kept for what stands before the mark, where the line is cut."""
_TAB = "    "


def snippet(line: str, span: Span) -> tuple[str, str]:
    """Return a line as a terminal shows it, and the marks to print below it.

    Every character takes the columns that a terminal gives it: none for an accent that joins the
    letter before it, two for a wide one, several for one that is shown as an escape. A long line
    is cut on both sides of the stretch.
    """
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    cells = [_cell(character) for character in line]
    edges = [0, *accumulate(map(columns, cells))]
    left, right = _window(edges, start)
    before = edges[min(start, len(cells))] - edges[left]
    meant = edges[min(max(end, start), right)] - edges[start]
    head, tail = "…" if left else "", "…" if right < len(cells) else ""
    shown = head + "".join(cells[left:right]).rstrip() + tail
    return shown, " " * (before + len(head)) + "^" * max(meant, 1)


def _window(edges: list[int], start: int) -> tuple[int, int]:
    """Return the first and the last character to show."""
    if edges[-1] <= WIDTH:
        return 0, len(edges) - 1
    left = start
    while left > 0 and edges[start] - edges[left - 1] <= _LEAD:
        left -= 1
    right = left
    while right < len(edges) - 1 and edges[right + 1] - edges[left] <= WIDTH:
        right += 1
    return left, right


def _cell(character: str) -> str:
    return _TAB if character == "\t" else printable(character)
