"""Put the fields of a record into the order in which its schema explains them, comments with them.

What every kind of record may have (review, note, waivers and the like) comes last, as in a new
record. Lists stay as they are: the order of authors, claims or outcomes says something.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from curate.canonical import canonical
from curate.canonical.comments import comments
from curate.document import Document
from curate.finding import Where
from curate.published import schema
from curate.record import Record

_FIRST: Final = ("id", "title", "title_in_original", "status")
_DASH: Final = "- "
_MOST_KEPT: Final = 4096


def in_order(kind: str, document: Document) -> str:
    """Return the canonical text of a record with its fields in order.

    `document` has no hindrances. Where comments cannot go along, the fields stay where they are.
    """
    text = canonical(document)
    if is_in_order(kind, document.value):
        return text
    laid_out = Document(document.path, text.encode())
    moved = "".join(f"{line}\n" for line in _moved(kind, laid_out))
    after = Document(document.path, moved.encode())
    if after.value != laid_out.value or _comments(after) != _comments(laid_out):
        return text
    return canonical(after)


def is_in_order(kind: str, value: Any) -> bool:
    """Tell whether the fields of a record, and of every set of fields in it, stand in order."""
    return all(fields == _sorted(fields, order) for _, fields, order in _sets(kind, value))


@cache
def names(kind: str) -> tuple[str, ...]:
    """Return the fields of a kind of record in their order."""
    known = list(schema(kind)["properties"])
    shared = [name for name in Record.fields if name not in _FIRST]
    first = [name for name in _FIRST if name in known]
    return (*first, *(name for name in known if name not in {*first, *shared}), *shared)


def _comments(document: Document) -> Counter[str]:
    return Counter(comment.text for comment in comments(document))


def _moved(kind: str, document: Document) -> list[str]:
    """Return the lines of a document, the fields of each set in order, the innermost first."""
    lines = document.text.removesuffix("\n").split("\n")
    free = {comment.line for comment in comments(document) if comment.alone}
    found = sorted(_sets(kind, document.value), key=lambda one: -len(one.where))
    for where, fields, order in found:
        keys = _sorted(fields, order)
        if keys != fields:
            _Fields(document, where, lines, free).put(keys)
    return lines


class _Set(NamedTuple):
    """A set of fields: where it stands, its fields as they stand, and their order."""

    where: Where
    fields: tuple[str, ...]
    order: tuple[str, ...]


def _sets(kind: str, value: Any) -> Iterator[_Set]:
    """Yield every set of fields that the schema knows, the outermost first."""
    root = schema(kind)
    yield _Set((), tuple(value), names(kind))
    yield from _below(value, (), root, root)


@lru_cache(_MOST_KEPT)
def _sorted(fields: tuple[str, ...], order: tuple[str, ...]) -> tuple[str, ...]:
    at = {name: number for number, name in enumerate(order)}
    return tuple(sorted(fields, key=lambda name: at.get(name, len(at))))


def _below(
    value: Any, where: Where, node: Mapping[str, Any], root: Mapping[str, Any]
) -> Iterator[_Set]:
    """Yield the sets of fields below a place that the schema knows, each with its order."""
    if isinstance(value, list):
        inner = _resolved(node.get("items", {}), root)
        for index, item in enumerate(value):
            yield from _part(item, (*where, index), inner, root)
    elif isinstance(value, dict):
        for key, item in value.items():
            about = _resolved(node.get("properties", {}).get(key, {}), root)
            yield from _part(item, (*where, key), about, root)


def _part(
    value: Any, where: Where, node: Mapping[str, Any], root: Mapping[str, Any]
) -> Iterator[_Set]:
    if isinstance(value, dict):
        branches = [_resolved(branch, root) for branch in node.get("oneOf", [node])]
        fitting = (one for one in branches if set(value) <= set(one.get("properties", ())))
        node = next(fitting, branches[0])
        yield _Set(where, tuple(value), tuple(node.get("properties", ())))
    yield from _below(value, where, node, root)


def _resolved(node: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow `#/$defs/Name`."""
    if "$ref" not in node:
        return node
    found: Mapping[str, Any] = root["$defs"][node["$ref"].rsplit("/", 1)[1]]
    return found


class _Fields:
    """The lines of one set of fields in the canonical layout: each field with what is above it."""

    def __init__(self, document: Document, where: Where, lines: list[str], free: set[int]) -> None:
        self._lines = lines
        self._free = free
        self._keys = list(document.get(where))
        heads = [document.key_span((*where, key)) for key in self._keys]
        self._columns = [head.column for head in heads]
        self._heads = [head.line for head in heads]
        self._end = _last_line(document, (*where, self._keys[-1]))
        self._in_list = bool(where) and isinstance(where[-1], int)

    def put(self, order: tuple[str, ...]) -> None:
        """Write the fields in another order; what stands above the first stays on top."""
        starts = [self._heads[0], *(self._start(number) for number in range(1, len(self._keys)))]
        ends = [*starts[1:], self._end + 1]
        blocks = {
            key: self._lines[start - 1 : end - 1]
            for key, start, end in zip(self._keys, starts, ends, strict=True)
        }
        margin = " " * (self._columns[0] - 1 - len(_DASH))
        if self._in_list:
            first = blocks[self._keys[0]]
            first[0] = f"{margin}  {first[0][len(margin) + len(_DASH) :]}"
        rows = [line for key in order for line in blocks[key]]
        if self._in_list:
            above = len(blocks[order[0]]) - self._below(order[0], starts, ends)
            for number in range(above):
                rows[number] = rows[number].replace("  ", "", 1)
            rows[above] = f"{margin}{_DASH}{rows[above][len(margin) + len(_DASH) :]}"
        self._lines[starts[0] - 1 : ends[-1] - 1] = rows

    def _start(self, number: int) -> int:
        """Return the first line that goes with a field: comments and empty lines above it."""
        line, indent = self._heads[number], " " * (self._columns[number] - 1)
        while line - 1 > self._heads[number - 1]:
            above = self._lines[line - 2]
            is_comment = line - 1 in self._free and above.startswith(f"{indent}#")
            if above.strip() and not is_comment:
                break
            line -= 1
        return line

    def _below(self, key: str, starts: list[int], ends: list[int]) -> int:
        """Return how many lines a field has from its name on."""
        number = self._keys.index(key)
        return ends[number] - max(self._heads[number], starts[number])


def _last_line(document: Document, where: Where) -> int:
    """Return the last line of what stands at a place."""
    value = document.get(where)
    if isinstance(value, dict) and value:
        return max(_last_line(document, (*where, key)) for key in value)
    if isinstance(value, list) and value:
        return max(_last_line(document, (*where, index)) for index in range(len(value)))
    place = document.places[where]
    last = place.value.end_line - (
        place.value.end_column == 1 and place.value.end_line > place.value.line
    )
    return max(last, place.key.end_line if place.key is not None else 0)
