"""Write stretches of a text anew; all else stays as it is."""

from collections.abc import Iterable
from typing import NamedTuple

from curate.finding import Span


class Replacement(NamedTuple):
    """What to write in place of a stretch of a file's text."""

    span: Span
    text: str


def replaced(text: str, edits: Iterable[Replacement]) -> str:
    """Return the text with stretches written anew; they may not overlap."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    # From the last to the first, so that no edit moves the places of those still to come.
    for span, new in sorted(edits, reverse=True):
        start = starts[span.line - 1] + span.column - 1
        end = starts[span.end_line - 1] + span.end_column - 1
        text = text[:start] + new + text[end:]
    return text
