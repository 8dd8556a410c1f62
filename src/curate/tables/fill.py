"""How a row fills the columns that are not simply a field of it."""

from curate.finding import pointer
from curate.parts.result import Outcome
from curate.tables.column import Value
from curate.tables.row import Row
from curate.waived import find_place


def item(row: Row) -> Value:
    """Return the row's one value."""
    found: Value = row.item
    return found


def item_as_text(row: Row) -> Value:
    """Return the row's one value, a PMID, as the text that ids are."""
    return str(row.item)


def position(row: Row) -> Value:
    """Return the row's place in its list, counted from 1."""
    return int(row.where[-1]) + 1


def coded(row: Row) -> Value:
    """Return the pointer to what a term is for."""
    return pointer(row.where[:-2])


def part_of(row: Row) -> Value:
    """Return the group that a share of a group is of; none for a group."""
    return row.key("groups") if "parts" in row.where else None


def effect_against_group(row: Row) -> Value:
    """Return the group that an effect compares with, unless it compares with baseline."""
    named = row.item.get("effect", {}).get("against", "baseline")
    return None if named == "baseline" else row.neighbour(named)


def outcome(row: Row) -> Value:
    """Return what a claim leans on, if it is an outcome."""
    return str(row.item) if _is_outcome(row) else None


def adverse_event(row: Row) -> Value:
    """Return what a claim leans on, if it is an adverse event."""
    return None if _is_outcome(row) else str(row.item)


def of_waiver(field: str, row: Row) -> Value:
    """Return what a waiver says, for the row of one of its places."""
    if field == "at":
        return item(row)
    found: Value = row.entry.document.get((*row.where[: row.where.index("at")], field))
    return found


def waived_place(row: Row) -> Value:
    """Return the pointer to what a waiver accepts."""
    where = find_place(row.entry.document.value, row.item)
    return None if where is None else pointer(where)


def _is_outcome(row: Row) -> bool:
    study, _, result = row.item.partition("#")
    return isinstance(row.corpus.result(study, result), Outcome)
