"""Turn the places of findings back into keys and indices."""

from typing import Any

from curate.finding import Where


def where_of(pointer: str, value: Any) -> Where:
    """Return the place that a JSON Pointer means in a value; a step that is not there is a key."""
    where: Where = ()
    for step in pointer.split("/")[1:]:
        key: str | int = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and step.isdecimal():
            key = int(step)
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            value = None
        where = (*where, key)
    return where
