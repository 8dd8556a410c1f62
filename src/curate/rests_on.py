"""Tell which papers a part of a record rests on: what exports trace values by, beside the line."""

from collections.abc import Iterator
from typing import Any

from curate.finding import Where

_FIELDS = ("pmid", "pmids")


def rests_on(value: Any, where: Where) -> tuple[int, ...]:
    """Return the PMIDs of the papers that a place rests on, in ascending order, each once.

    They are those that it names itself, or else those that are named below it, or else those of
    the nearest part around it that names some: an outcome rests on its study's paper.
    """
    around = [value]
    for step in where:
        value = value[step]
        around.append(value)
    if len(where) > 1 and where[-2] == "pmids":
        return (value,)
    found = _named(value) or list(_below(value))
    while not found and around:
        found = _named(around.pop())
    return tuple(sorted(set(found)))


def papers(value: Any) -> Iterator[tuple[Where, tuple[int, ...]]]:
    """Yield the record, and each part that names papers itself, with the papers it rests on.

    Every other part rests on what the nearest part around it rests on.
    """
    yield (), rests_on(value, ())
    yield from _naming(value, ())


def _naming(value: Any, where: Where) -> Iterator[tuple[Where, tuple[int, ...]]]:
    if where and (found := _named(value)):
        yield where, tuple(sorted(set(found)))
    for step, item in _children(value):
        yield from _naming(item, (*where, step))


def _named(value: Any) -> list[int]:
    """Return the PMIDs that a part has in fields of its own."""
    if not isinstance(value, dict):
        return []
    return [pmid for field in _FIELDS for pmid in _listed(value.get(field, ()))]


def _listed(value: Any) -> tuple[int, ...]:
    return (value,) if isinstance(value, int) else tuple(value)


def _below(value: Any) -> Iterator[int]:
    for _, item in _children(value):
        yield from _named(item)
        yield from _below(item)


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)
