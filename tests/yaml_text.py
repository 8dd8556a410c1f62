"""Write a JSON value as YAML in blocks, one value a line, as `curate format` lays records out."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from curate.document import number_text
from curate.quoting import scalar


def written(record: dict[str, Any]) -> str:
    """Return the text of a record."""
    return "".join(f"{line}\n" for line in _lines(record))


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            head, *below = _behind(item)
            yield f"{scalar(key)}:{head}"
            yield from (f"  {line}" for line in below)
    else:
        for item in value:
            first, *below = (
                [*_lines(item)] if isinstance(item, dict | list) and item else _behind(item)
            )
            yield f"- {first.strip()}" if first.strip() else "-"
            yield from (f"  {line}" for line in below)


def _behind(value: Any) -> Iterator[str]:
    """Yield what stands behind a key or a dash, and the lines below it."""
    if isinstance(value, dict | list):
        yield "" if value else f" {value}"
        yield from _lines(value)
    elif isinstance(value, str):
        yield f" {scalar(value)}"
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield f" {number_text(value)}"
    else:
        yield {True: " true", False: " false", None: " null"}[value]
