"""All that a document says, in order, so that two texts can be held against each other."""

import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from curate.canonical.comments import comments
from curate.document import Document, Value, number_text


def facts(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield all that a document says, in order: comments, keys, values with their type."""
    yield from (("comment", comment.text) for comment in comments(document))
    yield from values(document.value)


def values(value: Value) -> Iterator[tuple[str, ...]]:
    """Yield what a value says, in order: keys, and values with their type."""
    if isinstance(value, dict):
        yield ("fields", str(len(value)))
        for key, item in value.items():
            yield ("key", key)
            yield from values(item)
    elif isinstance(value, list):
        yield ("list", str(len(value)))
        for item in value:
            yield from values(item)
    elif isinstance(value, str):
        yield ("text", unicodedata.normalize("NFC", value))
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield ("number", number_text(value))
    else:
        yield ("word", repr(value))
