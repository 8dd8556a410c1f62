"""Hold the reader of the canonical layout against the exact one, on one text."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from curate.document import Document, number_text
from curate.fault import Faults
from curate.finding import Where
from curate.reading.line_by_line import read
from curate.reading.place import Place
from curate.reading.places_by_line import places
from curate.reading.reader import Reader
from curate.reading.text import Text


def assert_same(written: str, quickly: dict[str, Any] | None) -> None:
    """Assert that what was read line by line is all that the exact reader has to say."""
    if quickly is None:
        return
    faults = Faults()
    text = Text(written.encode(), faults)
    reader = Reader(text, faults, keep_places=True)
    exact = reader.read()
    assert exact is not None, written
    assert [*faults] == [], written
    assert reader.refused == set(), written
    assert [*_said(quickly)] == [*_said(exact)], written
    assert [*places(written).items()] == [*reader.places.items()], written
    _assert_same_stretches(written, reader.places)


def _assert_same_stretches(written: str, known: Mapping[Where, Place]) -> None:
    """Assert that a place that is sought by itself is the one that is known from reading all."""
    sought = Document("records/measures/one.yaml", written.encode())
    told = Document("records/measures/one.yaml", written.encode())
    assert told.places == known
    for where in islice(known, 0, None, 1 + len(known) // _MOST):  # all, but of long lists
        for at in (where, (*where, "missing"), (*where, 10**6)):
            assert sought.span(at) == told.span(at), (written, at)
            assert sought.key_span(at) == told.key_span(at), (written, at)
    assert "places" not in vars(sought)


_MOST = 500


def read_both(data: bytes) -> bool:
    """Read bytes as a document does; return whether the quick reader could."""
    faults = Faults()
    text = Text(data, faults)
    if faults or not text.readable:
        return False
    quickly = read(text.readable)
    assert_same(text.readable, quickly)
    return quickly is not None


def _said(value: Any) -> Iterator[tuple[Any, ...]]:
    """Yield all that a value says, in order, with its types and numbers as printed."""
    yield (type(value),)
    if isinstance(value, dict):
        for key, item in value.items():
            yield type(key), key
            yield from _said(item)
        yield ("end",)
    elif isinstance(value, list):
        for item in value:
            yield from _said(item)
        yield ("end",)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield (number_text(value),)
    else:
        yield (value,)
