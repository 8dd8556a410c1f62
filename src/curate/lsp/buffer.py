"""The text of an editor's buffer, and its positions as the protocol counts them.

A position is a line and a distance from its start, counted in code units of the encoding that
client and server agreed on. Lines end with a line feed, a carriage return, or both. Ours are
offsets in code points; a `Span` counts lines by line feeds, and leaves out a byte order mark.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from lsprotocol.types import Position, PositionEncodingKind, Range

from curate.finding import Span

_END = re.compile(r"\r\n|\n|\r")
_BOM = "\ufeff"
_BOUNDS = {
    PositionEncodingKind.Utf8: (0x7F, 0x7FF, 0xFFFF),
    PositionEncodingKind.Utf16: (0xFFFF,),
    PositionEncodingKind.Utf32: (),
}
"""Above each of these characters one takes a code unit more."""


class Buffer:
    """One text and its positions; what lies outside is moved to the nearest place inside."""

    def __init__(self, text: str, encoding: PositionEncodingKind | str) -> None:
        self.text = text
        self._bounds: tuple[int, ...] = _BOUNDS[PositionEncodingKind(encoding)]
        self._mark = len(_BOM) if text.startswith(_BOM) else 0

    @property
    def data(self) -> bytes:
        """The bytes that the editor would save; half a character is kept, and is no UTF-8."""
        return self.text.encode("utf-8", "surrogatepass")

    def position(self, offset: int) -> Position:
        """Return the position of an offset."""
        line = bisect_right(self._starts, offset) - 1
        start, end = self._line(line)
        before = self.text[start : min(offset, end)]
        return Position(line, len(before) if before.isascii() else sum(map(self._width, before)))

    def offset(self, position: Position) -> int:
        """Return the offset of a position; inside a character, the one before it."""
        if position.line >= len(self._starts):
            return len(self.text)
        start, end = self._line(position.line)
        left = position.character
        if self.text[start:end].isascii():
            return min(start + left, end)
        for offset in range(start, end):
            left -= self._width(self.text[offset])
            if left < 0:
                return offset
        return end

    def range(self, start: int, end: int) -> Range:
        """Return the range between two offsets."""
        return Range(self.position(start), self.position(end))

    def range_of(self, span: Span) -> Range:
        """Return the range of a span of this text's document."""
        return self.range(*self.stretch(span))

    def row(self, offset: int) -> int:
        """Return the line of this text's document that an offset is in, as a span counts them."""
        return max(bisect_right(self._feeds, offset), 1)

    def stretch(self, span: Span) -> tuple[int, int]:
        """Return the offsets of a span of this text's document."""
        return self._place(span.line, span.column), self._place(span.end_line, span.end_column)

    def _width(self, letter: str) -> int:
        return 1 + bisect_left(self._bounds, ord(letter))

    def _place(self, line: int, column: int) -> int:
        if line > len(self._feeds):
            return len(self.text)
        return min(self._feeds[line - 1] + column - 1, len(self.text))

    def _line(self, number: int) -> tuple[int, int]:
        """Return where a line starts, and where it ends before its line end."""
        start = self._starts[number]
        found = _END.search(self.text, start)
        return start, len(self.text) if found is None else found.start()

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line of the protocol starts."""
        return [0, *(found.end() for found in _END.finditer(self.text))]

    @cached_property
    def _feeds(self) -> list[int]:
        """Where each line of the document starts."""
        return [self._mark, *(found.end() for found in re.finditer("\n", self.text))]
