"""libyaml's complaint about a text, together with the lines around the place where it stopped."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import yaml


class Complaint(NamedTuple):
    """What libyaml says, where it stopped, and where what it was reading began."""

    lines: list[str]
    said: str
    line: int
    column: int
    start_line: int
    start_column: int

    @property
    def source(self) -> str:
        """The line on which reading stopped."""
        return self.text(self.line)

    def text(self, line: int) -> str:
        """Return one line, counted from 1."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def above(self, line: int) -> int:
        """Return the number of the nearest line above that says something, or 0."""
        line -= 1
        while line and (not self.text(line).strip() or self.text(line).lstrip()[0] == "#"):
            line -= 1
        return line

    def tokens(self) -> Iterator[Any]:
        """Yield libyaml's tokens up to where reading stopped."""
        with suppress(yaml.YAMLError):
            for token in yaml.scan("\n".join(self.lines), Loader=yaml.CSafeLoader):
                at = (token.start_mark.line + 1, token.start_mark.column + 1)
                if at >= (self.line, self.column):
                    return
                yield token


def complaint_of(error: yaml.YAMLError, text: str) -> Complaint:
    """Take libyaml's error apart."""
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    start: Any = getattr(error, "context_mark", None) or mark
    said = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or error}"
    return Complaint(
        [line.removesuffix("\r") for line in text.split("\n")],
        said.strip(),
        *((mark.line + 1, mark.column + 1) if mark is not None else (1, 1)),
        *((start.line + 1, start.column + 1) if start is not None else (1, 1)),
    )
