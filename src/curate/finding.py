"""What is reported: a Finding, where it stands, and how grave it is."""

from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias

Where: TypeAlias = tuple[str | int, ...]
"""A place inside a record: the keys and list indices that lead to it."""


class Severity(StrEnum):
    """How grave a finding is; only an error stops a commit or an export."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Span(NamedTuple):
    """A stretch of a file's text: lines and columns count from 1, columns in code points.

    The end is exclusive: `end_column` is the column after the last character.
    """

    line: int
    column: int
    end_line: int
    end_column: int


class Finding(NamedTuple):
    """One thing to say about one place of one file. Sorted, findings stand in reading order."""

    path: str
    span: Span
    code: str
    name: str
    severity: Severity
    message: str
    help: str
    record: str
    pointer: str
    waived: str | None = None
    """The reason of the waiver that accepts this finding, if one does."""
    in_baseline: bool = False
    """Whether a baseline accepts it: it was there when the baseline was written."""
    fix: Literal["", "safe", "unsafe"] = ""
    """Whether it can be mended without anybody having to decide (safe), or by a guess (unsafe)."""


def pointer(where: Where) -> str:
    """Write a place as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in where)
