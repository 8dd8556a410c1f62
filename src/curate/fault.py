"""What reading a file finds wrong with it."""

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple, TypeAlias

from curate.finding import Span, Where

MOST_ALIKE = 20
"""How many faults of one name are listed for one file; of the rest, the last says how many."""


class Write(NamedTuple):
    """Mend a fault by writing another value at its place."""

    value: str | int | Decimal | bool


class Listed(NamedTuple):
    """Mend a fault by writing a value that stands alone as the entries of a list."""

    values: tuple[str | int | Decimal | bool, ...]


class Rename(NamedTuple):
    """Mend a fault by giving the field at its place another name."""

    name: str


class Respell(Enum):
    """Mend a fault by writing the same text of the whole file in other characters."""

    NFC = auto()
    """Each letter with its accents as Unicode NFC writes it."""
    LINE_ENDS = auto()
    """Every line with a line feed behind it."""


Edit: TypeAlias = Write | Listed | Rename | Respell
"""What mends a fault."""


class Fault(NamedTuple):
    """What is wrong with one place of one file, by the name of the rule that it breaks."""

    name: str
    where: Where | Span
    message: str
    help: str = ""
    edit: Edit | None = None
    """What mends it without anybody having to decide: the same, in its one spelling."""
    guess: Edit | None = None
    """The one thing that was likely meant, where it could be another: written on request only."""


class Faults:
    """The faults of one file, in the order in which they were found.

    A file may hold a million forbidden characters: those past the twentieth are counted only.
    """

    __slots__ = ("_counts", "_found")

    def __init__(self) -> None:
        self._found: list[Fault] = []
        self._counts: dict[str, int] = {}

    def __iter__(self) -> Iterator[Fault]:
        for fault in self._found:
            more = self._counts[fault.name] - MOST_ALIKE
            if more > 0 and self._last(fault):
                yield fault._replace(message=f"{fault.message} And {more} more like it follow.")
            else:
                yield fault

    def __len__(self) -> int:
        return len(self._found)

    def add(self, name: str, where: Where | Span, message: str, help_: str) -> None:
        """Note one fault."""
        self.note(Fault(name, where, message, help_))

    def note(self, fault: Fault) -> None:
        """Note one fault that is made already."""
        if self.wants(fault.name):
            self.count(fault.name, 1)
            self._found.append(fault)

    def wants(self, name: str) -> bool:
        """Tell whether one more of this name is to be listed; if not, count it."""
        if self._counts.get(name, 0) < MOST_ALIKE:
            return True
        self.count(name, 1)
        return False

    def count(self, name: str, more: int) -> None:
        """Count faults of this name."""
        self._counts[name] = self._counts.get(name, 0) + more

    def drop_on_line(self, line: int) -> None:
        """Forget what was noted on a line: something graver was found there."""
        self._found = [
            fault
            for fault in self._found
            if not (isinstance(fault.where, Span) and fault.where.line == line)
        ]

    def _last(self, fault: Fault) -> bool:
        """Tell whether no later fault bears the same name."""
        return next(later for later in reversed(self._found) if later.name == fault.name) is fault
