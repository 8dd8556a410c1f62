"""The pictures of a page, each with the table that says the same and files to take away."""

from collections.abc import Iterable
from typing import NamedTuple

from curate.formats.html.citation import pubmed
from curate.formats.html.markup import Html, join, tag
from curate.formats.html.origin import Origin
from curate.formats.html.site import View
from curate.formats.html.table import Cell, Column, Row, Table
from curate.kinds.study import Study
from curate.plots import Picture
from curate.plots.picture import Row as Drawn


class Pictured(NamedTuple):
    """A picture, the table that says the same, and whether all of it is harm."""

    picture: Picture
    table: Table
    harm: bool

    def html(self, page: str) -> Html:
        """Return the picture for a page of this name, beside which its files lie."""
        picture = self.picture
        href = f"{page}.{picture.name}.svg"
        return tag(
            "figure",
            # The drawings are markup: their texts were escaped where they were drawn.
            Html(picture.wide),
            Html(picture.narrow),
            tag(
                "figcaption",
                tag(
                    "details",
                    tag("summary", "The same as a table"),
                    self.table.html(page, sortable=False),
                ),
                tag("a", "Download this picture (SVG)", href=href, download=True),
                class_="fine",
            ),
            class_="picture",
            id=picture.id,
        )


def pictured(view: View, pictures: Iterable[Picture | None]) -> tuple[Pictured, ...]:
    """Return pictures with their tables; what could not be drawn is left out."""
    return tuple(
        Pictured(picture, _table(view, picture), _is_harm(view, picture))
        for picture in pictures
        if picture is not None
    )


def drawings(found: Iterable[Pictured], page: str, *, harm: bool) -> Html:
    """Return the pictures of benefits, or those of harms."""
    return join(*(one.html(page) for one in found if one.harm is harm))


def _table(view: View, picture: Picture) -> Table:
    columns = [Column(head, (_name(head),)) for head in picture.columns]
    rows = [
        Row((*_cells(view, row), _pmid(row.pmid)), None, _origin(view, row)) for row in picture.rows
    ]
    return Table(picture.name, picture.title, (*columns, Column("PMID", ("pmid",), "number")), rows)


def _cells(view: View, row: Drawn) -> tuple[Cell, ...]:
    """Return the cells of a row; the first, which names the study, leads to what was drawn."""
    record = view.site.get(Study, row.study)
    first, *others = row.cells
    named = first if record is None else view.link(record, first, anchor=row.result or "")
    name = row.study if row.result is None else f"{row.study}#{row.result}"
    return (Cell(named, (name,)), *(Cell(text or "–", (text or None,)) for text in others))


def _origin(view: View, row: Drawn) -> Origin | None:
    found = view.site.results.get(f"{row.study}#{row.result}")
    if found is not None:
        return view.site.origin(found.study, found.where)
    record = view.site.get(Study, row.study)
    return None if record is None else view.site.origin(record)


def _pmid(pmid: int | None) -> Cell:
    return Cell("none", (None,)) if pmid is None else Cell(pubmed(pmid), (str(pmid),))


def _name(head: str) -> str:
    return head.lower().replace(" ", "_").replace("-", "_")


def _is_harm(view: View, picture: Picture) -> bool:
    """Tell whether every row of a picture is an adverse event."""
    names = [f"{row.study}#{row.result}" for row in picture.rows]
    found = [view.site.results.get(name) for name in names]
    return all(one is not None and one.where[0] == "adverse_events" for one in found)
