"""Columns that refer to a row of another table."""

from curate.tables import fill
from curate.tables.column import Column, Value
from curate.tables.row import Row

TABLE_OF = {
    "study": "studies",
    "procedure": "procedures",
    "condition": "conditions",
    "measure": "measures",
    "reference": "references",
}


def linked(kind: str) -> Column:
    """Return the column of a list whose items are ids of records."""
    return Column(f"The {kind}.", fill.item, required=True, refers_to=TABLE_OF[kind])


def owner(kind: str, *, required: bool) -> Column:
    """Return the column of the record that a row is part of, if it is of this kind."""
    text = f"The {kind} that it is of." if required else f"The {kind} that it is of, if it is one."

    def own(row: Row) -> Value:
        return row.entry.id if row.entry.kind == kind else None

    return Column(text, own, required=required, refers_to=TABLE_OF[kind])


def paper() -> Column:
    """Return the column of the reference of a PMID, which the row or its one value is."""

    def reference(row: Row) -> Value:
        pmid = row.item.get("pmid") if isinstance(row.item, dict) else row.item
        entry = row.corpus.entry("reference", f"pmid-{pmid}")
        published = row.corpus.config.publish
        return entry.id if entry is not None and entry.status in published else None

    return Column(
        "The paper's reference, if the corpus has it.", reference, refers_to=TABLE_OF["reference"]
    )


def inside(part: str, text: str, *, table: str) -> Column:
    """Return the column of the part of the record that a row lies in, by its list's name."""
    return Column(text, lambda row: row.key(part), required=True, refers_to=table)


def part_id(column: Column) -> Column:
    """Return the id column of parts: their ids are made unique in the whole corpus."""
    text = f"{column.text} Here the record's id and a # stand before it."
    return column._replace(text=text, fill=lambda row: row.neighbour(row.item["id"]))


def group(column: Column, name: str) -> Column:
    """Return the column of a field of this name that names a group of the same study."""

    def neighbour(row: Row) -> Value:
        named = row.item.get(name)
        return None if named is None else row.neighbour(named)

    return column._replace(fill=neighbour, refers_to="groups")
