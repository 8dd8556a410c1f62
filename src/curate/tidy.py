"""Put a record's fields in order and lay it out: how it is written changes, what it says does not.

No order and no layout is wrong, so that no rule speaks of them and no check is slowed by them. They
are put right where records are mended anyway, unless `tidy = false` in curate.toml.
"""

from curate.canonical import NotTheSameError, hindrances
from curate.corpus import kind_of
from curate.document import Document
from curate.field_order import in_order


def tidied(path: str, data: bytes) -> bytes:
    """Return a record's bytes as `curate format --sort` writes them.

    What is not read as it was meant, or lies where no record does, is given back as it is.
    """
    document = Document(path, data)
    kind = kind_of(path)
    if kind is None or hindrances(document) or document.value is None:
        return data
    try:
        return in_order(kind, document).encode()
    except NotTheSameError:
        return data
