"""Tell which field a line of a text is about, by its indentation alone: also in a broken text."""

import re
from typing import NamedTuple

from curate.finding import Where

_KEY = re.compile(r"(?P<quote>[\"']?)(?P<key>[A-Za-z_][\w-]{0,199})(?P=quote)[ \t]*:(?=[ \t]|$)")
_DASH = re.compile(r"-(?=[ \t]|$)")
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(#.*)?$")
_MAX_DEPTH = 40


class Row(NamedTuple):
    """One line with a value, or room for one: its place, and where the value starts."""

    where: Where
    column: int
    """Where the value starts, counted from 0: behind the dash, or the colon, and spaces."""


class _Frame:
    """A list or a set of fields that is open at a line, by the column of its entries."""

    __slots__ = ("column", "last", "listed", "where")

    def __init__(self, column: int, where: Where, *, listed: bool) -> None:
        self.column = column
        self.where = where
        self.listed = listed
        self.last: str | int | None = None

    @property
    def here(self) -> Where:
        """The place of the entry that was begun last."""
        return self.where if self.last is None else (*self.where, self.last)


def row_at(lines: list[str], number: int) -> Row | None:
    """Return what a line, counted from 0, is about; None for prose, comments and empty lines."""
    stack = [_Frame(0, (), listed=False)]
    block: int | None = None
    row: Row | None = None
    for index, line in enumerate(lines[: number + 1]):
        row = None
        text = line.lstrip(" ")
        column = len(line) - len(text)
        if not text.strip() or (block is not None and column > block):
            continue
        block = None
        if text.startswith("#"):
            continue
        row, value = _entry(stack, line, column)
        if _BLOCK.match(value):
            block = stack[-1].column
        if row is None and index == number:
            return None
    return row


def _entry(stack: list[_Frame], line: str, column: int) -> tuple[Row | None, str]:
    """Take in one line; return its row and what is written behind dash and key."""
    begun = False
    while _DASH.match(line, column) and len(stack) < _MAX_DEPTH:
        _dash(stack, column)
        begun = True
        after = line[column + 1 :]
        column += 1 + len(after) - len(after.lstrip(" \t"))
    found = _KEY.match(line, column)
    if found is not None and len(stack) < _MAX_DEPTH:
        _key(stack, column, found["key"])
        after = line[found.end() :]
        column = found.end() + len(after) - len(after.lstrip(" \t"))
    elif not begun:
        return None, ""
    return Row(stack[-1].here, column), line[column:]


def _dash(stack: list[_Frame], column: int) -> None:
    while len(stack) > 1 and stack[-1].column > column:
        stack.pop()
    if not (stack[-1].listed and stack[-1].column == column):
        stack.append(_Frame(column, stack[-1].here, listed=True))
    last = stack[-1].last
    stack[-1].last = last + 1 if isinstance(last, int) else 0


def _key(stack: list[_Frame], column: int, key: str) -> None:
    while len(stack) > 1 and (
        stack[-1].column > column or (stack[-1].listed and stack[-1].column == column)
    ):
        stack.pop()
    if stack[-1].listed or stack[-1].column < column:
        stack.append(_Frame(column, stack[-1].here, listed=False))
    stack[-1].last = key
