"""Find the places that a record's waivers speak of."""

from collections.abc import Iterator
from typing import Any

from curate.finding import Where
from curate.record import Record, Waiver


def waived(record: Record, value: Any) -> Iterator[tuple[Waiver, Where | None]]:
    """Yield a record's waivers, one for each place, with where that is in the record's value.

    The place may be of a field that is not there: that is what the waiver gives the reason for.
    None means that there is no such place.
    """
    for waiver in record.waivers:
        for at in waiver.places:
            yield waiver.changed(at=at), find_place(value, at)


def find_place(value: Any, at: str) -> Where | None:
    """Turn what `corpus.place` writes, `outcomes.score-12-mo`, back into keys and indices."""
    where: Where = ()
    steps = at.split(".")
    for number, step in enumerate(steps, 1):
        if isinstance(value, dict):
            if step not in value:
                return (*where, step) if number == len(steps) else None
            where, value = (*where, step), value[step]
        elif isinstance(value, list):
            index = _index(value, step)
            if index is None:
                return None
            where, value = (*where, index), value[index]
        else:
            return None
    return where


def _index(items: list[Any], step: str) -> int | None:
    """Return which part of a list a step names: by its id or, for one without, by its number."""
    for index, item in enumerate(items):
        named = item.get("id") if isinstance(item, dict) else None
        if step == (named if isinstance(named, str) else str(index)):
            return index
    return None
