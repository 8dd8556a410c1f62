"""Tell on which line of its file every value of a record stands: what exports trace values by."""

from array import array
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from curate.document import Document
from curate.finding import Where

# Every table of an export asks for the same lines, and places take a second reading: they are kept
# as one number a value, in the order of `walk`, about a hundredth of what the places take.
_known: "WeakKeyDictionary[Document, array[int]]" = WeakKeyDictionary()


@lru_cache(maxsize=4)
def lines(document: Document) -> dict[Where, int]:
    """Return the line of every value, the containers and the whole record, `()`, among them.

    A list or a set of fields stands where its field name does.
    """
    found = _known.get(document)
    if found is None:
        had_places = "places" in vars(document)
        found = array("L", (document.span(where).line for where, _ in walk(document.value)))
        if not had_places:
            del document.places
        _known[document] = found
    return {where: line for (where, _), line in zip(walk(document.value), found, strict=True)}


def walk(value: Any, where: Where = ()) -> Iterator[tuple[Where, Any]]:
    """Yield every value below a value, itself first, each with the way to it."""
    yield where, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*where, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, (*where, index))
