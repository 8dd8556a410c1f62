"""A table of a page, and the file for spreadsheets that says the same."""

import csv
import io
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from curate.formats.html.markup import Html, Inside, tag
from curate.formats.html.origin import NAMES, Origin
from curate.tables.cell import cell
from curate.tables.column import Value


class Column(NamedTuple):
    """A column: its head, and the columns of the file that say the same."""

    head: str
    names: tuple[str, ...]
    class_: str | None = None


class Cell(NamedTuple):
    """A cell: what the page shows, and the values that say the same in the file."""

    shown: Inside
    values: tuple[Value, ...]
    sort: float | Fraction | int | None = None
    """What to sort by, where that is not the text."""


class Row(NamedTuple):
    """A row, and the address of it on its page."""

    cells: tuple[Cell, ...]
    id: str | None = None
    origin: Origin | None = None
    """Where it comes from; within a table all rows say so, or none."""


class Table(NamedTuple):
    """A table with at least one row. The first cell of each row is its head."""

    name: str
    """What its file is called after the page's name."""
    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]

    def html(self, page: str, *, sortable: bool = True) -> Html:
        """Return the table, in a group of its own that scrolls where it is too wide.

        `page` is the name of its page, beside which its file lies.
        """
        caption_id = f"--{self.name}-caption"
        heads = [tag("th", one.head, scope="col", class_=one.class_) for one in self.columns]
        body = [self._row(row) for row in self.rows]
        table = tag(
            "table",
            tag("caption", self.caption, id=caption_id),
            tag("thead", tag("tr", heads)),
            tag("tbody", body),
            class_="data",
            data_sortable=sortable and len(self.rows) > 1,
        )
        href = f"{page}.{self.name}.csv"
        download = tag("a", "Download this table (CSV)", href=href, download=True)
        return tag(
            "div",
            tag(
                "div", table, class_="scroll", role="group", aria_labelledby=caption_id, tabindex=0
            ),
            tag("p", download, class_="download"),
            class_="table",
        )

    def _row(self, row: Row) -> Html:
        cells = [
            tag(
                "td" if index else "th",
                cell.shown,
                scope=None if index else "row",
                class_=column.class_,
                data_label=column.head if index else None,
                data_sort=None if cell.sort is None else f"{float(cell.sort):.6g}",
            )
            for index, (column, cell) in enumerate(zip(self.columns, row.cells, strict=True))
        ]
        return tag(
            "tr", cells, id=row.id, **({} if row.origin is None else row.origin.attributes())
        )

    def csv(self) -> bytes:
        """Return the file: RFC 4180, with cells that no spreadsheet runs."""
        text = io.StringIO()
        write = csv.writer(text, lineterminator="\r\n").writerow
        names = [name for column in self.columns for name in column.names]
        # A table may have a column for status or PMID already.
        more = [index for index, name in enumerate(NAMES) if name not in names]
        write([*names, *(NAMES[index] for index in more)])
        for row in self.rows:
            values = [value for one in row.cells for value in one.values]
            origin = (None,) * len(NAMES) if row.origin is None else row.origin.values()
            write(map(cell, [*values, *(origin[index] for index in more)]))
        return text.getvalue().encode()
