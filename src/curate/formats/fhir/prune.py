"""Leave out what is empty: FHIR knows no null, no empty text, list or object."""

from typing import Any


def prune(value: Any) -> Any:
    """Return a JSON value without nulls, blank texts, and empty lists and objects, at any depth."""
    if isinstance(value, dict):
        kept = {key: prune(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if not _is_empty(item)}
    if isinstance(value, list | tuple):
        return [item for item in map(prune, value) if not _is_empty(item)]
    return value


def _is_empty(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or value in ({}, [])
