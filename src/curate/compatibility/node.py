"""One place of a schema: its alternatives, and what each of them allows."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Node = Mapping[str, Any]
LIMITS = {
    "minimum": 1,
    "exclusiveMinimum": 1,
    "minLength": 1,
    "minItems": 1,
    "maximum": -1,
    "exclusiveMaximum": -1,
    "maxLength": -1,
    "maxItems": -1,
}
"""Each limit, and whether a higher number allows less (1) or more (-1)."""
_ANNOTATIONS = frozenset(("$comment", "$id", "$schema", "description", "examples", "title"))


class Schema(NamedTuple):
    """A whole schema, which the references in it are looked up in."""

    whole: Node

    def resolved(self, node: Node) -> Node:
        """Return a node with what it refers to in place of the reference."""
        while "$ref" in node:
            named = self.whole["$defs"][name_of(node)]
            node = {**named, **{key: item for key, item in node.items() if key != "$ref"}}
        return node

    def alternatives(self, node: Node) -> Iterator[tuple[str, Node]]:
        """Yield what may stand at a place, each with the word that tells it from the others."""
        for branch in node.get("anyOf") or node.get("oneOf") or [node]:
            resolved = self.resolved(branch)
            yield self._word(resolved), branch

    def _word(self, node: Node) -> str:
        """Return the type, for an object also the constant that it is known by."""
        if node.get("type") != "object":
            return _type(node)
        fields = node.get("properties", {}).values()
        constants = (field["const"] for field in fields if "const" in field)
        return f"object {next(constants, '')}".strip()


def name_of(node: Node) -> str:
    """Return the name of the definition that a node refers to."""
    reference: str = node["$ref"]
    return reference.rsplit("/", 1)[-1]


def words(node: Node) -> list[Any] | None:
    """Return the only values that may stand at a place, or None where others may."""
    return [node["const"]] if "const" in node else node.get("enum")


def shape(node: Any) -> Any:
    """Return a node without what only people read."""
    if isinstance(node, list):
        return [shape(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {name: shape(sub) for name, sub in item.items()}
        if key == "properties"
        else shape(item)
        for key, item in node.items()
        if key not in _ANNOTATIONS
    }


_COMPARED = frozenset(
    (
        *("type", "enum", "const", "pattern", "anyOf", "oneOf", "$ref", "$defs", "items"),
        *("properties", "required", "additionalProperties"),
        *LIMITS,
        *_ANNOTATIONS,
    )
)


def others(node: Node) -> dict[str, Any]:
    """Return the keywords whose meaning is not compared one by one."""
    return {key: shape(item) for key, item in node.items() if key not in _COMPARED}


def _type(node: Node) -> str:
    """Return a node's type; of whole numbers too, that they are numbers."""
    values = words(node)
    found = node.get("type") or (_JSON[type(values[0])] if values else "anything")
    return "number" if found == "integer" else str(found)


_JSON = {str: "string", bool: "boolean", int: "number", float: "number", type(None): "null"}
