"""Questions to JSON that may be of any shape: a check must not fail on what it finds."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def has(value: Any, name: str) -> bool:
    """Say whether an object has an element, be it only by the extension of its value."""
    return isinstance(value, dict) and (name in value or f"_{name}" in value)


def listed(value: Json, name: str) -> list[Json]:
    """Return the objects in a list of an object."""
    items = value.get(name)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def inner(value: Any, *names: str) -> Any:
    """Return what stands at a path of names, or None."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def descendants(value: Any) -> Iterator[Any]:
    """Yield all that a JSON value holds, itself included, at any depth."""
    yield value
    children = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for child in children:
            yield from descendants(child)
