"""One file of a corpus as a document: its text, its value, and where each part of it is written.

Everything is exact: every value knows where it stands, every number how it is printed. What cannot
be read is a `Fault`, never an exception.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from curate.fault import Fault, Faults
from curate.finding import Span, Where
from curate.reading import line_by_line
from curate.reading.place import Place, Value
from curate.reading.place_by_line import stretch
from curate.reading.places_by_line import places
from curate.reading.text import Text


class Document:
    """One file's text, the value that it holds (None where it holds none), and its faults."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        found = Faults()
        self._text = Text(data, found)
        self.value: dict[str, Value] | None = None
        self._is_plain = False
        """Whether it was read line by line."""
        self.refused: frozenset[Where] = frozenset()
        """Places whose value was found wrong in reading; the schema need not say so too."""
        if self._text.readable:
            # A text with a fault may be one that the exact reader has more to say of.
            self.value = None if found else line_by_line.read(self._text.readable)
            self._is_plain = self.value is not None
            if self.value is None:
                self._read_exactly(found)
        self.faults: tuple[Fault, ...] = tuple(found) if found else ()

    def _read_exactly(self, found: Faults) -> None:
        from curate.reading.reader import Reader  # noqa: PLC0415 - most records never need YAML

        reader = Reader(self._text, found)
        self.value = reader.read()
        self.refused = frozenset(reader.refused)

    @property
    def text(self) -> str:
        """The text as it is written, without a byte order mark."""
        return self._text.written

    @cached_property
    def places(self) -> Mapping[Where, Place]:
        """Where every value stands. Read again on demand: most files are never reported."""
        if self._is_plain:
            return places(self._text.readable)
        from curate.reading.reader import Reader  # noqa: PLC0415 - as above

        reader = Reader(self._text, Faults(), keep_places=True)
        if self._text.readable:
            reader.read()
        return reader.places

    def span(self, where: Where | Span) -> Span:
        """Return the stretch to point at: a scalar, the key of a container, a list entry's line.

        A place that the text does not have (a missing key) is its nearest ancestor.
        """
        if isinstance(where, Span):
            return where
        if self._is_sought:
            return self._stretch(where)
        at = where
        while at and at not in self.places:
            at = at[:-1]
        place = self.places.get(at)
        if not at or place is None:
            return self._first_line()
        if not isinstance(self.get(at), dict | list):
            return place.value
        return place.key if place.key is not None else self._to_line_end(place.value)

    def key_span(self, where: Where) -> Span:
        """Return the stretch of the key that leads to a place, or of the place itself."""
        if self._is_sought:
            return self._stretch(where, at_key=True)
        place = self.places.get(where)
        return place.key if place is not None and place.key is not None else self.span(where)

    @property
    def _is_sought(self) -> bool:
        """Whether a place is sought by itself: of most files that are reported it is one or two."""
        return self._is_plain and "places" not in vars(self)

    def _stretch(self, where: Where, *, at_key: bool = False) -> Span:
        found = stretch(self._text.readable, self.value, where, at_key=at_key)
        while found is None and where:
            where = where[:-1]
            found = stretch(self._text.readable, self.value, where)
        return self._first_line() if found is None else found

    def get(self, where: Where) -> Value:
        """Return the value at a place, or None where there is none."""
        value: Value = self.value
        for step in where:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def line(self, number: int) -> str:
        """Return one line of the text, counted from 1, without its line end."""
        lines = self._text.lines
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def _first_line(self) -> Span:
        """Point at the first line that says something."""
        for number, line in enumerate(self._text.lines, 1):
            if line.strip() and not line.lstrip().startswith("#"):
                return Span(number, 1, number, len(line) + 1)
        return Span(1, 1, 1, 1)

    def _to_line_end(self, span: Span) -> Span:
        """Clip a stretch of several lines to the first of them."""
        if span.line == span.end_line:
            return span
        return Span(span.line, span.column, span.line, len(self.line(span.line).rstrip()) + 1)


def number_text(value: int | Decimal) -> str:
    """Return a number as it was printed: `4.30` stays `4.30`."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


__all__ = ["Document", "Fault", "Place", "Value", "number_text"]
