"""One file of an export, before it is written."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

_ENOUGH: Final = 1 << 14


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


def gathered(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in fewer pieces: each is counted, summed and written by itself."""
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size > _ENOUGH:
            yield b"".join(waiting)
            waiting.clear()
            size = 0
    yield b"".join(waiting)
