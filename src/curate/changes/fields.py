"""Compare two values field by field; parts of a list are known by their ids."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from curate.changes.change import Field
from curate.document import number_text

_NUMBER = re.compile(r"[<>]?=?-?[0-9]+(\.[0-9]+)?")


def differing(before: Any, after: Any) -> Iterator[Field]:
    """Yield the fields that differ, in the order of the new value, then those that are gone."""
    old, new = dict(_flat(before, "")), dict(_flat(after, ""))
    for name in [*new, *(name for name in old if name not in new)]:
        if old.get(name) != new.get(name):
            yield Field(name, old.get(name), new.get(name))


def is_number(field: Field) -> bool:
    """Tell whether a field is a number, before or after; `<0.001` is one."""
    return any(text and _NUMBER.fullmatch(text) for text in (field.before, field.after))


def _flat(value: Any, at: str) -> Iterator[tuple[str, str]]:
    """Yield each single value, and each list of them, with its place as waivers write it."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _flat(item, f"{at}.{name}" if at else name)
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for index, item in enumerate(value):
            name = item.get("id", str(index)) if isinstance(item, Mapping) else str(index)
            yield from _flat(item, f"{at}.{name}")
    elif isinstance(value, list):
        yield at, ", ".join(map(_text, value))
    else:
        yield at, _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, int | Decimal) else str(value)
