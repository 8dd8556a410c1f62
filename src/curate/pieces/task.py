"""A piece to be made, and how."""

from collections.abc import Callable
from typing import Any, NamedTuple

from curate.corpus import Corpus, Entry


class Maker(NamedTuple):
    """One way to make a piece of a record."""

    name: str
    make: Callable[[Entry, Corpus, Any], Any]
    """Of what it is given beside the record, and of no commit: something that marshal can write."""


class Task(NamedTuple):
    """A piece to be made: of which record, how, and what is given for it."""

    path: str
    maker: Maker
    given: Any = None
