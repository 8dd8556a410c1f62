"""One cell of a CSV file: its text, and the guard against spreadsheets that run it as a formula."""

import re

from curate.document import number_text
from curate.scalar import NUMBER
from curate.tables.column import Value

# Spreadsheets run a cell that starts with one of these, ASCII or full-width, blanks before it not
# counted. A text that has apostrophes before them is guarded too, so that taking one off again
# gives back the text whatever it was.
_DANGEROUS = re.compile(r"['\s]*[=+\-@\t\r\n\0＝＋－＠]")  # noqa: RUF001 - the twins are the point


def cell(value: Value) -> str:
    """Return the text of a cell: missing is empty, a number is as it was printed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guard(value) if isinstance(value, str) else number_text(value)


def guard(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run; a plain number stays bare."""
    return f"'{text}" if _is_dangerous(text) else text


def unguard(text: str) -> str:
    """Return the text that `guard` was given."""
    return text[1:] if text.startswith("'") and _is_dangerous(text[1:]) else text


def _is_dangerous(text: str) -> bool:
    return _DANGEROUS.match(text) is not None and NUMBER.fullmatch(text) is None
