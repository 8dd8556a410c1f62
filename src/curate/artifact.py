"""One file of an export, before it is written."""

from collections.abc import Iterable
from typing import NamedTuple


class Artifact(NamedTuple):
    """A file to write: its path in the export folder (with `/`), its kind, and its bytes."""

    path: str
    media_type: str
    chunks: Iterable[bytes]
    """The bytes in pieces, made when they are asked for, so that no file is ever held whole."""
    rows: int | None = None
    """For a table: how many rows it has, the header not counted."""
    schema: str | None = None
    """Where the shape of the file is described, as a path or an address."""
