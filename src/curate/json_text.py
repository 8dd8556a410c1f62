"""Write JSON with every number as it was printed, the same bytes every time."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from curate.document import number_text


def encode(value: Any, *, indent: int | None = 2) -> bytes:
    """Return a JSON value as UTF-8 text, without a line end at its end.

    Keys keep their order; text other than ASCII is written as it is; `indent=None` puts everything
    on one line. A number is an int or a Decimal, which keeps its printed text: `4.30`. A float is
    a TypeError, since its printed text is already lost.
    """
    text = msgspec.json.encode(_as_printed(value))
    return text if indent is None else indented(text, indent=indent)


def indented(text: bytes, *, indent: int = 2) -> bytes:
    """Return what was written on one line as it is written for people to read."""
    return msgspec.json.format(text, indent=indent)


def _as_printed(value: Any) -> Any:
    """Replace each Decimal by its text: left to itself, 0.00000001 would be written as 1E-8."""
    if isinstance(value, str):
        return value  # most values are text, and asking whether they are a Mapping takes long
    if isinstance(value, Mapping):
        return {key: _as_printed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_printed(item) for item in value]
    if isinstance(value, Decimal):
        return msgspec.Raw(number_text(value).encode())
    if isinstance(value, float):
        raise TypeError(f"{value} is a float, which has lost its printed text")
    return value
