"""What is being typed at the cursor: in which field, how far, and what a choice would replace."""

import re
from typing import NamedTuple

from curate.finding import Where
from curate.lsp.buffer import Buffer
from curate.lsp.outline import Row, row_at

_COMMENT = re.compile(r"[ \t]#")
_FLOW = re.compile(r"[^,\[\]]*")


class Typed(NamedTuple):
    """A value under way: its place, its text up to the cursor, and where it starts and ends."""

    where: Where
    text: str
    start: int
    end: int
    lead: str
    """What has to be written before the value: the space behind a colon or a dash."""


def typed_at(buffer: Buffer, offset: int) -> Typed | None:
    """Return what is being typed, or None where no value of one line can stand."""
    text = buffer.text
    begin = text.rfind("\n", 0, offset) + 1
    number = text.count("\n", 0, offset)
    lines = text[: text.find("\n", offset) if "\n" in text[offset:] else len(text)].split("\n")
    lines = [line.removesuffix("\r") for line in lines]
    lines[0] = lines[0].removeprefix("\ufeff")
    row = row_at(lines, number)
    if row is None:
        return None
    mark = text.startswith("\ufeff") and number == 0
    return _typed(row, lines[number], begin + mark, offset - begin - mark)


def _typed(row: Row, line: str, begin: int, cursor: int) -> Typed | None:
    """Return what is typed on one line that starts at an offset; the cursor is a column."""
    column = row.column
    if cursor < column:
        return None
    lead = "" if line[:column].endswith((" ", "\t")) else " "
    comment = _COMMENT.search(line, max(column - 1, 0))
    if comment is not None and cursor > comment.start():
        return None
    last = len(line) if comment is None else comment.start()
    end = max(len(line[:last].rstrip()), column)
    where = row.where
    if line[column : column + 1] == "[":
        found = _in_flow(line, column, min(cursor, end))
        if found is None:
            return None
        where, column, end = (*where, found[0]), found[1], min(found[2], end)
    elif line[column : column + 1] in {"|", ">", "{"}:
        return None
    if line[column : column + 1] in {'"', "'"}:
        quote = line[column]
        column += 1
        closing = line.find(quote, column)
        end = closing if closing >= 0 else end
    if not column <= cursor or cursor > max(end, column):
        return None if line[end:cursor].strip() else _after(where, line, begin, cursor, lead)
    return Typed(where, line[column:cursor], begin + column, begin + max(end, cursor), lead)


def _after(where: Where, line: str, begin: int, cursor: int, lead: str) -> Typed | None:
    """Return an empty value with spaces before the cursor; nothing behind a value."""
    before = line[:cursor].rstrip()
    if not before.endswith((":", "-")):
        return None
    return Typed(where, "", begin + cursor, begin + cursor, lead)


def _in_flow(line: str, column: int, cursor: int) -> tuple[int, int, int] | None:
    """Return which entry of a list on one line a column is in, and its first and last column."""
    if cursor <= column or line.rfind("]", column, cursor) >= 0:
        return None
    index = line.count(",", column, cursor)
    start = max(line.rfind(",", column, cursor), column) + 1
    found = _FLOW.match(line, start)
    end = start if found is None else found.end()
    blank = len(line[start:end]) - len(line[start:end].lstrip())
    return index, min(start + blank, cursor), end
