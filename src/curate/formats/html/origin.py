"""Where a row or a claim of the site comes from: what exports trace values by."""

from typing import Final, NamedTuple

from curate.corpus import Entry
from curate.finding import Where, pointer
from curate.lines import line_of
from curate.rests_on import rests_on
from curate.tables.column import Value

NAMES: Final = (
    *("record", "pointer", "source_path", "source_line", "source_commit"),
    *("status", "pmids"),
)
"""The columns that a file has of it, which are those of the CSV format."""


class Origin(NamedTuple):
    """A place of a record, and the papers that it rests on."""

    entry: Entry
    where: Where
    commit: str | None

    @property
    def line(self) -> int:
        """The line of the file."""
        return line_of(self.entry.document, self.where)

    @property
    def pmids(self) -> str:
        """The papers, separated by spaces."""
        return " ".join(map(str, rests_on(self.entry.document.value, self.where)))

    def values(self) -> tuple[Value, ...]:
        """Return what a file's row says of it."""
        entry = self.entry
        return (
            f"{entry.kind}/{entry.id}",
            pointer(self.where),
            entry.path,
            self.line,
            self.commit,
            entry.status,
            self.pmids or None,
        )

    def attributes(self) -> dict[str, str | int | None]:
        """Return what an element says of it; the commit is said once, for the whole page."""
        return {
            "data_source": f"{self.entry.path}:{self.line}",
            "data_pointer": pointer(self.where),
            "data_status": self.entry.status,
            "data_pmids": self.pmids or None,
        }
