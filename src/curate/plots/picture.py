"""What a picture is: two drawings of the same figures, and the table that says them in words."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from curate.plots.svg import declared


class Row(NamedTuple):
    """One row of a picture, and of the table that says the same."""

    study: str
    """The study's id."""
    result: str | None
    """The id of the outcome or adverse event; None where the row is of the study itself."""
    pmid: int | None
    cells: tuple[str, ...]
    """What the row says, by the picture's columns; empty where nothing is printed."""


class Picture(NamedTuple):
    """A picture: its name, what it says, and how it looks on wide and on narrow pages."""

    name: str
    """A name that no other picture of the same page has: the file's name."""
    title: str
    description: str
    """What is drawn and how to read it, in sentences."""
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    wide: str
    """An `<svg class="plot plot-wide">` for pages from 640 px on: its text is beside the marks."""
    narrow: str
    """An `<svg class="plot plot-narrow">` for telephones: its text is above the marks."""

    @property
    def id(self) -> str:
        """The name as an anchor; with `_`, which no record's id has."""
        return f"plot_{self.name}"

    def file(self) -> bytes:
        """Return the wide drawing as a file that brings its own style and margin."""
        return declared(self.wide, style())


@cache
def style() -> str:
    """Return the style sheet of both drawings: colours, light and dark, and which one is shown."""
    return Path(__file__).with_name("plots.css").read_text(encoding="utf-8")
