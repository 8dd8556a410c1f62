"""Files of citations that PubMed and reference managers write, one module a format.

A format is a module with `NAME`, `SUFFIXES` and `read`, which yields what each entry says, with the
file's own name of the entry for the user.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from curate.citation_files import csl, nbib, ris
from curate.citation_files.entry import Entry
from curate.refusal import Refusal

MOST_BYTES: Final = 50_000_000
_FORMATS: Final = (nbib, ris, csl)


def read(path: Path) -> Iterator[Entry]:
    """Yield the entries of a file, or refuse one that is of no known format."""
    format_ = next((one for one in _FORMATS if path.suffix.lower() in one.SUFFIXES), None)
    if format_ is None:
        known = ", ".join(f"{one.NAME} ({', '.join(one.SUFFIXES)})" for one in _FORMATS)
        raise Refusal(f"{path} is of no format that can be imported; those are {known}.")
    yield from format_.read(_text(path))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise Refusal(f"{path} is larger than {MOST_BYTES // 1_000_000} MB; split it.")
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Refusal(f"{path} is not UTF-8; export it again as UTF-8.") from error


__all__ = ["Entry", "read"]
