"""One difference between two schemas, as a reader of exports is told it."""

from typing import NamedTuple


class Change(NamedTuple):
    """What changed at a place; `Outcome.effect` is a field of what the schema calls Outcome."""

    at: str
    message: str
    breaks: bool = True
    """Whether a reader of the old layout can break, or an old export not fit the new schema."""

    def __str__(self) -> str:
        return f"`{self.at}` {self.message}"
