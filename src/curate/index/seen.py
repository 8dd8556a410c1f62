"""What is seen of the files of a corpus when it is looked at again."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from curate.config import Config
from curate.corpus import Corpus, Entry
from curate.index.shelf import Shelf
from curate.index.store import Unsure
from curate.source import Obstacle, Source

if TYPE_CHECKING:  # a check of what has changed visits no more than that
    from curate.bulk import Visited

Each = Callable[[Entry, Corpus], Any]


class Moved(Unsure):
    """A file changed while it was being looked at: look again, without the index."""


class Taken(NamedTuple):
    """A file that was read, and the name of its content."""

    item: Source | Obstacle
    version: str


class Seen(NamedTuple):
    """What is new, what is gone, and by what to see the next changes."""

    taken: Mapping[str, Taken]
    gone: tuple[str, ...]
    stamps: Mapping[str, Any]
    state: dict[str, Any]


class Whole(NamedTuple):
    """What is there when nothing is known, and by what to see the next changes."""

    visited: "Visited"
    versions: Mapping[str, str]
    stamps: Mapping[str, Any]
    state: dict[str, Any]


class View(Protocol):
    """One way to look at a corpus: the working copy, or what is staged."""

    name: str

    def whole(self, config: Config, each: Each, jobs: int | None) -> Whole:
        """Read and visit every file."""

    def changes(self, shelf: Shelf) -> Seen:
        """Read what may have changed, and return what has."""

    def read(self, path: str, version: str) -> Entry:
        """Read a file that has not changed; raise `Moved` if it has meanwhile."""

    def settle(self, shelf: Shelf) -> None:
        """Note that the index has all that was seen."""

    def close(self) -> None:
        """Let go of what is held open."""
