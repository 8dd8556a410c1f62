"""Find where one value stands in a text that `line_by_line` has read, without reading it again.

In that layout the fields of a part begin in the same column, and what is inside a part begins
further right: so the first line below that begins like the field is the field.
"""

from typing import Final

from curate.finding import Span, Where
from curate.reading.place import Value

_DASH: Final = len("- ")


def stretch(text: str, value: Value, where: Where, *, at_key: bool = False) -> Span | None:
    """Return what to point at for a place: a scalar, the key of a container, a list entry's line.

    With `at_key` it is the key wherever there is one. Returns None where there is no such place,
    and for the whole. The text is of whole lines, and `value` is what it holds.
    """
    line, column = 0, 0
    """Where the line begins that the part begins on, and in which column its fields do."""
    is_above = False
    """Whether that line is the one of the part's key, and the part begins below."""
    key = ""
    for step in where:
        if not _has(value, step):
            return None
        if is_above:
            line, column = _below(text, line)
        if isinstance(step, str):
            key = step
            # The first field of a list's entry stands behind the entry's dash.
            if not text.startswith(f"{key}:", line + column):
                line = text.index(f"\n{' ' * column}{key}:", line) + 1
        else:
            key = ""
            for _ in range(step):
                line = text.index(f"\n{' ' * column}- ", line) + 1
            column += _DASH
        value = value[step]
        is_above = bool(key)
    if not where:
        return None
    number = text.count("\n", 0, line) + 1
    if key and (at_key or value.__class__ in _CONTAINERS):
        return Span(number, column + 1, number, column + 1 + len(key))
    start = column + len(f"{key}: ") if key else column
    return Span(number, start + 1, number, text.index("\n", line) - line + 1)


_CONTAINERS: Final = frozenset({dict, list})


def _has(value: Value, step: str | int) -> bool:
    if isinstance(step, str):
        return value.__class__ is dict and step in value
    return value.__class__ is list and 0 <= step < len(value)


def _below(text: str, line: int) -> tuple[int, int]:
    """Return where the next line begins that says something, and its indentation."""
    while True:
        line = text.index("\n", line) + 1
        column = line
        while text[column] == " ":
            column += 1
        if text[column] not in "\n#":
            return line, column - line
