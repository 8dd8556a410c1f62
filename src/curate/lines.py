"""Tell on which line of its file every value of a record stands: what exports trace values by."""

from array import array
from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from curate.document import Document
from curate.finding import Where


def line_of(document: Document, where: Where) -> int:
    """Return the line of one value; `()` is the whole record.

    A list or a set of fields stands where its field name does.
    """
    known = _known(document)
    at, value = 0, document.value
    for step in where:
        at += 1
        for key, item in _children(value):
            if key == step:
                value = item
                break
            at += known.sizes[at]
        else:
            raise LookupError(f"{document.path} has no {where}")
    return known.lines[at]


def lines(document: Document) -> dict[Where, int]:
    """Return the lines of all values, the containers and the whole record, `()`, among them."""
    return dict(zip(_walk(document.value, ()), _known(document).lines, strict=True))


class _Known:
    """The lines of all values of a record, parents before their children.

    Every table of an export asks for lines, and places take a second reading. So they are kept, as
    two numbers a value, about a hundredth of what the places take.
    """

    def __init__(self, document: Document) -> None:
        self.lines = array("I")
        self.sizes = array("I")
        """How many values each holds, itself included: what to skip to reach the next one."""
        had_places = "places" in vars(document)
        _ = document.places  # of all values in one reading, where each would be sought by itself
        self._note(document, document.value, ())
        if not had_places:
            del document.places

    def _note(self, document: Document, value: Any, where: Where) -> None:
        at = len(self.lines)
        self.lines.append(document.span(where).line)
        self.sizes.append(1)
        for step, item in _children(value):
            self._note(document, item, (*where, step))
        self.sizes[at] = len(self.lines) - at


_all_known: "WeakKeyDictionary[Document, _Known]" = WeakKeyDictionary()


def _known(document: Document) -> _Known:
    found = _all_known.get(document)
    if found is None:
        found = _all_known[document] = _Known(document)
    return found


def _walk(value: Any, where: Where) -> Iterator[Where]:
    yield where
    for step, item in _children(value):
        yield from _walk(item, (*where, step))


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)
