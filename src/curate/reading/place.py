"""What reading a text gives: its value, and where each part of it is written."""

from typing import Any, NamedTuple

from curate.finding import Span

Value = Any
"""A JSON value; a number is an int, or a Decimal that keeps its printed text."""


class Place(NamedTuple):
    """Where one value is written: its key, if it has one, and itself."""

    key: Span | None
    value: Span
