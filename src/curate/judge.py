"""What judges a record: the published schema of its kind."""

from functools import cache
from typing import Any

import jsonschema_rs

from curate.published import schema


def refusal(kind: str, value: Any) -> str | None:
    """Return what the schema of a kind refuses first in a value, in a word; None if nothing."""
    try:
        judge(kind).validate(value)
    except jsonschema_rs.ValidationError as error:
        return error.message
    return None


@cache
def judge(kind: str) -> Any:
    """Return the compiled schema of a kind; `is_valid` is its verdict."""
    return jsonschema_rs.Draft202012Validator(schema(kind), retriever=_refuse)


def _refuse(uri: str) -> Any:
    """Fetch nothing: a schema of ours refers to nothing outside itself."""
    raise ValueError(f"a schema refers to {uri}")
