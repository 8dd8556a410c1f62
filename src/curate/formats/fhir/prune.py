"""Leave out what is empty: FHIR knows no null, no empty text, list or object."""

from typing import Any


def prune(value: Any) -> Any:
    """Return a JSON value without nulls, blank texts, and empty lists and objects, at any depth.

    A value that is empty itself is None.
    """
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, dict):
        return {
            key: kept for key, item in value.items() if (kept := prune(item)) is not None
        } or None
    if isinstance(value, list | tuple):
        return [kept for item in value if (kept := prune(item)) is not None] or None
    return value
