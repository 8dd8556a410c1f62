"""Say in plain words what is wrong with a text that is not YAML."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from curate.finding import Span


class Mistake(NamedTuple):
    """One place where the text stops being YAML."""

    span: Span
    message: str
    help: str


_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?= |\r?$).*", re.MULTILINE)

_QUOTE_IT = "Put the whole text in double quotes."
_HINTS: tuple[tuple[str, str, str], ...] = (
    (
        r"cannot start any token.*\t|found a tab|tab character",
        "A tab stands where only spaces may.",
        "Replace the tab by spaces: two for each level.",
    ),
    (
        "mapping values are not allowed",
        "A second `: ` stands on this line, or the line is indented deeper than its field.",
        f"{_QUOTE_IT} Or align the line with the fields around it.",
    ),
    (
        "while scanning a quoted scalar",
        "A text that starts with a quote has no closing quote.",
        'Add the closing quote; inside double quotes write a quote as \\".',
    ),
    (
        "found unknown escape character",
        "Inside double quotes a backslash starts a special character, and this one is unknown.",
        "Write two backslashes, or use single quotes.",
    ),
    (
        "could not find expected ':'",
        "This line is neither `field: value` nor the continuation of the text above.",
        "Add the colon and a space after the field name, or indent the line under its text.",
    ),
    (
        "found character that cannot start any token",
        "A text cannot start with this character unless it is in quotes.",
        _QUOTE_IT,
    ),
    (
        r"did not find expected key|block mapping",
        "The indentation does not fit: this line is neither a field of the block above nor a new "
        "one.",
        "Align it with the fields that it belongs to; a text that holds quotes goes in quotes "
        "whole.",
    ),
    (
        r"did not find expected '-' indicator|block collection|block sequence entries",
        "The indentation of this list does not fit.",
        "Start each entry with `- `, all in the same column.",
    ),
    (
        r"flow (sequence|mapping|node)|expected ',' or",
        "A text that starts with [ or { opens a list, and it is not closed.",
        _QUOTE_IT,
    ),
    (
        r"anchor|alias",
        "A text that starts with & or * is taken for a YAML anchor or alias.",
        _QUOTE_IT,
    ),
    (r"directive", "A line that starts with % is taken for a YAML directive.", _QUOTE_IT),
    (r"tag", "A text that starts with ! is taken for a YAML tag.", _QUOTE_IT),
    (
        r"block scalar",
        "After | or > nothing else may stand on the line.",
        "Move the text to the next line, indented by two spaces more.",
    ),
)


def conflict_markers(text: str) -> Iterator[Mistake]:
    """Yield the lines that an unfinished merge left behind, if it left its opening one."""
    if "<<<<<<< " not in text and ">>>>>>> " not in text:
        return
    found = _CONFLICT.search(text)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        yield Mistake(
            Span(line, 1, line, 8),
            "This line was left behind by an unfinished merge.",
            "Keep the version that is right, and delete the lines with <<<<<<<, ======= and "
            ">>>>>>>.",
        )


def explain_syntax(error: yaml.YAMLError, text: str) -> Mistake:
    """Turn libyaml's complaint into a place and a sentence for somebody who writes records."""
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    context = getattr(error, "context", None) or ""
    problem = getattr(error, "problem", None) or str(error)
    if "quoted scalar" in context:
        # The end of the file is where libyaml notices; the quote is what the editor looks for.
        mark = getattr(error, "context_mark", None) or mark
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    lines = text.split("\n")
    source = lines[line - 1] if line <= len(lines) else ""
    if "\t" in source[: max(column, 1)] or source[column - 1 : column] == "\t":
        tab = source.index("\t") + 1
        said = ("A tab stands where only spaces may.", "Replace it by spaces: two a level.")
        return Mistake(Span(line, tab, line, tab + 1), *said)
    message, help_ = _hint(f"{context} {problem}")
    return Mistake(Span(line, column, line, column + 1), message, help_)


def _hint(complaint: str) -> tuple[str, str]:
    for pattern, message, help_ in _HINTS:
        if re.search(pattern, complaint):
            return message, help_
    return f"The text cannot be read as YAML: {complaint.strip()}.", _QUOTE_IT
