"""One file of a corpus, read: its document, its record, and what is wrong with it."""

from collections.abc import Iterator

from curate.document import Document, Fault
from curate.kinds import FOLDERS, AnyRecord


class Entry:
    """One file of the corpus: its document, its record if it could be read, and its faults."""

    __slots__ = ("document", "faults", "id", "kind", "path", "record")

    def __init__(
        self,
        path: str,
        kind: str | None,
        document: Document,
        record: AnyRecord | None,
        faults: tuple[Fault, ...],
    ) -> None:
        self.path = path
        self.id = path.rsplit("/", 1)[-1].removesuffix(".yaml")
        """The id that the file's name gives its record; a broken record keeps it."""
        self.kind = kind
        self.document = document
        self.record = record
        self.faults = faults

    @property
    def inside(self) -> str | None:
        """The id that is written in the record, if a text is."""
        id_ = None if self.document.value is None else self.document.value.get("id")
        return id_ if isinstance(id_, str) else None

    @property
    def status(self) -> str | None:
        """The status that is written, even where the record cannot be read otherwise."""
        status = (self.document.value or {}).get("status")
        return status if isinstance(status, str) else None

    def named(self, name: str) -> Iterator[Fault]:
        """Yield the faults of one name."""
        return (fault for fault in self.faults if fault.name == name)


def kind_of(path: str) -> str | None:
    """Return the kind of record that a path is for: records/<folder>/<id>.yaml."""
    steps = path.split("/")
    return FOLDERS.get(steps[1]) if len(steps) == 3 else None  # noqa: PLR2004 - as written above
