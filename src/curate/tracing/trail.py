"""What is known of where an exported value is from."""

from collections.abc import Iterator
from typing import Any, NamedTuple


class Trail(NamedTuple):
    """The way from a place of an export back to the records."""

    place: str
    """The place of the export, as it is spoken of."""
    value: str | None
    """What stands there, where that is one value."""
    record: str
    """The record as `kind/id`."""
    path: str
    line: int
    pointer: str
    """The place in the record, as a JSON Pointer."""
    status: str | None
    commit: str | None
    pmids: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Yield what to tell, for people."""
        yield self.place if self.value is None else f"{self.place}: {self.value}"
        yield f"  record  {self.record}{f' ({self.status})' if self.status else ''}"
        yield f"  file    {self.path}:{self.line}"
        yield f"  place   {self.pointer or 'the whole record'}"
        yield f"  commit  {self.commit or 'none: the records were not those of a commit'}"
        yield f"  PMIDs   {', '.join(self.pmids) or 'none'}"

    def object(self) -> dict[str, Any]:
        """Return what to tell, for programs; what is not known is absent."""
        told = {**self._asdict(), "pmids": list(self.pmids)}
        return {key: value for key, value in told.items() if value is not None}
