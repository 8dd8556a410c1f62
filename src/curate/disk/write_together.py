"""Change several files so that all are changed, or none: what was written is taken back.

No system changes several files in one step. Whoever is killed between two of them leaves some old
and some new: callers order the files so that the same call, made again, does the rest.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from curate.disk.write_file import replace_file
from curate.refusal import Refusal


class Change(NamedTuple):
    """A file, what was read of it, and what it is to hold."""

    path: Path
    old: bytes
    new: bytes


def write_together(changes: Iterable[Change], finish: Callable[[], None]) -> None:
    """Replace files in order, then call `finish`; undo it all where that cannot be done."""
    begun: list[Change] = []
    try:
        for change in changes:
            begun.append(change)
            replace_file(change.path, change.old, change.new)
        finish()
    except BaseException:
        for change in reversed(begun):
            # One that was not written yet, or that somebody else has changed since, stays.
            with suppress(Refusal):
                replace_file(change.path, change.new, change.old)
        raise
