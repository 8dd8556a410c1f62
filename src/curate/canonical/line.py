"""Take a document apart into the lines that it will be written in: one value without parts each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from curate.canonical.comments import Comment, rows_of
from curate.document import Document, Value
from curate.finding import Span, Where
from curate.quoting import scalar

STEP: Final = 2
At: TypeAlias = tuple[int, int]
"""A position in the text that was read: line and column, from 1."""


class Level(NamedTuple):
    """A mapping or list that is open: where it was written, and where it will be."""

    span: Span
    in_brackets: bool
    indent: int

    def holds(self, comment: Comment, outer: "Level") -> bool:
        """Tell whether a comment after all that this level holds still belongs to it."""
        if self.in_brackets:
            return self.ends_after(comment)
        return comment.column >= self.span.column > outer.span.column

    def ends_after(self, comment: Comment) -> bool:
        """Tell whether its end stands behind a comment."""
        return (comment.line, comment.column) < (self.span.end_line, self.span.end_column)


@dataclass
class Line:
    """One line to write, and the comments that go with it."""

    lead: str
    key: str | None
    value: Value
    place: Span
    """Where the value stands in the text that was read."""
    start: At
    end: At
    levels: tuple[Level, ...]
    opens: bool = False
    """Whether what the key holds follows on lines of its own."""
    above: list[tuple[int, Comment]] = field(default_factory=list)
    """Comments on lines of their own, each with its indentation."""
    lifted: list[Comment] = field(default_factory=list)
    """Comments from between a dash or key and its value."""
    beside: Comment | None = None
    is_block: bool = False
    """Whether its text is written over several lines below it."""
    keeps: bool = False
    """Whether that text would take empty lines below for its own."""

    @property
    def indent(self) -> int:
        """The number of spaces that it starts with."""
        return len(self.lead) - len(self.lead.lstrip(" "))

    def is_open_at(self, comment: Comment) -> bool:
        """Tell whether brackets that it stands in are not closed yet where a comment stands."""
        return any(level.in_brackets and level.ends_after(comment) for level in self.levels)


class _Lead(NamedTuple):
    """What to write before a value's first line and before its others."""

    first: str
    rest: str
    dash: At | None = None
    """Where the first dash of `first` was read."""


def lines_of(document: Document) -> list[Line]:
    """Return the lines of a document in reading order, without comments."""
    return list(_Lines(document).of_value((), document.value, _Lead("", ""), ()))


class _Lines:
    """The lines of one document while they are made."""

    def __init__(self, document: Document) -> None:
        self._places = document.places
        self._rows = rows_of(document)

    def of_value(
        self, where: Where, value: Value, lead: _Lead, levels: tuple[Level, ...]
    ) -> Iterator[Line]:
        """Yield the lines of a value that is no field."""
        span = self._places[where].value
        if not value or not isinstance(value, dict | list):
            start = lead.dash or (span.line, span.column)
            yield Line(lead.first, None, value, span, start, self._end(span), levels)
            return
        in_brackets = self._rows[span.line - 1].startswith(("[", "{"), span.column - 1)
        levels = (*levels, Level(span, in_brackets, len(lead.first)))
        if isinstance(value, dict):
            for key, item in value.items():
                yield from self._of_field((*where, key), item, lead, levels)
                lead = _Lead(lead.rest, lead.rest)
            return
        for index, item in enumerate(value):
            dash = lead.dash
            if dash is None and not in_brackets:
                dash = self._dash(self._places[*where, index].value)
            behind = _Lead(f"{lead.first}- ", f"{lead.rest}  ", dash)
            yield from self.of_value((*where, index), item, behind, levels)
            lead = _Lead(lead.rest, lead.rest)

    def _of_field(
        self, where: Where, value: Value, lead: _Lead, levels: tuple[Level, ...]
    ) -> Iterator[Line]:
        place = self._places[where]
        key = place.key or place.value
        opens = bool(value) and isinstance(value, dict | list)
        start = lead.dash or (key.line, key.column)
        end = (key.end_line, key.end_column) if opens else self._end(place.value)
        name = scalar(str(where[-1]))
        yield Line(lead.first, name, value, place.value, start, end, levels, opens)
        if opens:
            below = lead.rest + " " * STEP
            yield from self.of_value(where, value, _Lead(below, below), levels)

    def _end(self, span: Span) -> At:
        """Return where a value ends; a block of text ends on its last line, not below it."""
        if span.end_column == 1 and span.end_line > span.line:
            return span.end_line - 1, len(self._rows[span.end_line - 2]) + 1
        return span.end_line, span.end_column

    def _dash(self, item: Span) -> At:
        """Return where the dash of a list's item stands, on its line or above."""
        number = item.line
        before = self._rows[number - 1][: item.column - 1]
        while "-" not in before:
            number -= 1
            before = self._rows[number - 1].split("#")[0]
        return number, before.rindex("-") + 1
