"""The slips of the pen that one line shows: a space left out, a bullet for a dash, curly quotes.

Some of them are YAML, and mean something else than their writer meant: a list of three becomes one
text. They are said whether or not reading stops at them.
"""

import re

from curate.fault import Fault
from curate.finding import Span

NAME = "syntax-error"

_UNSPACED_COLON = re.compile(r"\s*(?:- +)*[A-Za-z_]\w*:(?P<at>[^\s/:]|\u00a0)")
_UNSPACED_DASH = re.compile(r"\s*(?P<at>-)[^\s-]")
_WIDE_COLON = re.compile(r"\s*(?:- +)*[A-Za-z_]\w*\s*(?P<at>[\uff1a\ufe55\ua789\u2236=])")
_BULLET = re.compile(r"\s*(?P<at>[*\u2022\u00b7\u2013\u2014])(?=\s)")
CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb"


def slip(source: str, line: int) -> Fault | None:
    """Return what is slipped at the start of a line that should be a field or a list entry."""
    if found := _UNSPACED_DASH.match(source):
        return unspaced_dash(line, found.start("at") + 1)
    if found := _UNSPACED_COLON.match(source):
        return unspaced_colon(line, found.start("at") + 1, found["at"])
    if found := _BULLET.match(source):
        return bullet(line, found.start("at") + 1, found["at"])
    if found := _WIDE_COLON.match(source):
        return _fault(
            line,
            found.start("at") + 1,
            f"After a field's name stands `{found['at']}`, which is no colon.",
            "Type `: `, a plain colon and a space.",
        )
    return None


def unspaced_dash(line: int, column: int) -> Fault:
    """Say that a list entry's dash has no space after it."""
    return _fault(
        line,
        column,
        "There is no space after this dash, so it does not start a list entry.",
        "Write `- ` (a dash and a space); a text that starts with a dash goes in double quotes.",
    )


def unspaced_colon(line: int, column: int, found: str) -> Fault:
    """Say that a field's colon has no space after it."""
    said = "a no-break space stands" if found == "\u00a0" else "there is no space"
    return _fault(
        line,
        column,
        f"After the colon {said}, so the line is no field.",
        "Write a plain space after the colon; if it is a text that holds a colon, put it in "
        "double quotes.",
    )


def bullet(line: int, column: int, found: str) -> Fault:
    """Say that a list is written with something else than dashes."""
    return _fault(
        line,
        column,
        f"A list entry starts with `-`, not with `{found}`.",
        "Write `- ` (a dash and a space); if it is a text, put it in double quotes.",
    )


def curly_quotes(line: int, column: int) -> Fault:
    """Say that a text was put in quotes that YAML does not know."""
    return _fault(
        line,
        column,
        "Curly quotes are letters of the text, not quotes around it.",
        'Type straight quotes instead: "…". If the curly ones belong to the text, put straight '
        "ones around them.",
    )


def list_under_text(line: int, column: int) -> Fault:
    """Say that a list stands below a field that has a text already."""
    return _fault(
        line,
        column,
        "A list entry stands here, but the field above has a text already.",
        "Delete the text after that field's colon, or write it as the first entry of the list; if "
        "this goes on with the text, put the whole of it in double quotes.",
    )


def _fault(line: int, column: int, message: str, help_: str) -> Fault:
    return Fault(NAME, Span(line, column, line, column + 1), message, help_)
