"""The columns of a table, made from the published schema of what its rows are."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from curate.published import schema
from curate.tables.row import Row

Value = str | int | Decimal | bool | None
Fill = Callable[[Row], Value]


class Column(NamedTuple):
    """One column: what it holds and refers to, and how a row fills it."""

    text: str
    fill: Fill
    type: str = "string"
    """Its type in Table Schema: string, integer, number, boolean or date."""
    choices: tuple[str, ...] = ()
    required: bool = False
    refers_to: str | None = None
    """The table whose `id` it holds."""


Columns = dict[str, Column]
"""Columns by name, in order."""


def columns_of(kind: str, part: str | None = None) -> Columns:
    """Return a column for every field that holds one value; nested fields have joined names.

    `part` is the name of one of the schema's definitions; without it the record itself is meant.
    A list of words from a fixed vocabulary is one column; any other list is a table of its own.
    """
    whole = schema(kind)
    node = whole if part is None else whole["$defs"][part]
    return dict(_columns(node, whole["$defs"], ()))


def _columns(
    node: dict[str, Any], definitions: dict[str, Any], below: tuple[str, ...]
) -> Iterator[tuple[str, Column]]:
    needed = node.get("required", ())
    for name, field in node["properties"].items():
        way = (*below, name)
        if "$ref" in field:
            nested = definitions[field["$ref"].rsplit("/", 1)[-1]]
            for column_name, column in _columns(nested, definitions, way):
                required = column.required and name in needed
                yield column_name, column._replace(required=required)
        elif field.get("type") != "array":
            yield (
                "_".join(way),
                Column(
                    field["description"],
                    _value_at(way),
                    _type(name, field),
                    tuple(field.get("enum", ())),
                    required=name in needed,
                ),
            )
        elif field["items"].keys() & {"enum", "const"}:
            text = f"{field['description']} Several words are separated by a space."
            yield "_".join(way), Column(text, _words_at(way))


_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _type(name: str, field: dict[str, Any]) -> str:
    """Return a field's type; ids are text, and so is what may have a comparator (<0.001)."""
    if name == "pmid" or "type" not in field:
        return "string"
    found: str = field["type"]
    return "date" if field.get("pattern") == _DAY else found


def _value_at(way: tuple[str, ...]) -> Fill:
    def fill(row: Row) -> Value:
        value = row.item
        for step in way:
            value = value.get(step)
            if value is None:
                return None
        found: Value = value
        return found

    return fill


def _words_at(way: tuple[str, ...]) -> Fill:
    value_at = _value_at(way)

    def fill(row: Row) -> Value:
        words: Any = value_at(row)
        return " ".join(words) if words else None

    return fill
