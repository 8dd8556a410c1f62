"""What the schema validator refuses, as plain values: its own error class is loosely typed."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from referencing import Registry

from curate.finding import Where
from curate.published import schema

Node = Mapping[str, Any]
"""A schema, or a piece of one."""


class Refused(NamedTuple):
    """One keyword of the schema that one value does not satisfy."""

    keyword: str
    limit: Any
    """What the keyword says."""
    value: Any
    where: Where
    node: Node
    """The piece of the schema that the keyword stands in."""
    around: tuple[Node, ...]
    """The objects that the value lies in, outermost first; the last one may be `node` itself."""
    kind: str
    inner: tuple["Refused", ...] = ()
    """For alternatives: what each of them refuses."""
    branch: int = 0
    """For one of these: which alternative it belongs to."""

    def resolve(self, node: Node) -> Node:
        """Follow a `$ref` of this schema; what stands beside it wins."""
        return resolve(self.kind, node)

    def fits(self, value: Any) -> bool:
        """Tell whether the schema would take another value at this place."""
        return bool(_validator(self.kind).evolve(schema=self.node).is_valid(value))


def refused(kind: str, value: Any) -> Iterator[Refused]:
    """Yield all that the published schema of a kind refuses in a value."""
    for error in _validator(kind).iter_errors(value):
        yield _refused(error, kind)


def resolve(kind: str, node: Node) -> Node:
    """Follow `#/$defs/Name` in the schema of a kind; what stands beside the `$ref` wins."""
    reference = node.get("$ref")
    if reference is None:
        return node
    definition: Node = schema(kind)["$defs"][reference.rsplit("/", 1)[1]]
    return {**definition, **{key: value for key, value in node.items() if key != "$ref"}}


@cache
def _validator(kind: str) -> Any:
    # An empty registry fetches nothing: a reference out of the schema is an error of ours.
    return _Validator(schema(kind), registry=Registry())


def _pattern(validator: Any, pattern: str, instance: Any, _: Any) -> Iterator[ValidationError]:
    """Match as ECMA-262 and Rust do: Python's `$` also matches before a final line feed."""
    if validator.is_type(instance, "string"):
        exact = pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern
        if not re.search(exact, instance):
            yield ValidationError(f"{instance!r} does not match {pattern!r}")


_Validator: Any = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


def _refused(error: Any, kind: str, branch: int = 0) -> Refused:
    return Refused(
        keyword=error.validator,
        limit=error.validator_value,
        value=error.instance,
        where=tuple(error.absolute_path),
        node=error.schema,
        around=_around(error.absolute_schema_path, kind),
        kind=kind,
        inner=tuple(_refused(inner, kind, inner.schema_path[0]) for inner in error.context or ()),
        branch=branch,
    )


def _around(path: Any, kind: str) -> tuple[Node, ...]:
    """Return the objects' schemas on the way to a keyword."""
    node: Any = schema(kind)
    found: list[Node] = [node]
    for step in path:
        if isinstance(node, dict) and step not in node:
            node = resolve(kind, node)
        if isinstance(node, dict) and "properties" in node and node is not found[-1]:
            found.append(node)
        node = node[step]
    return tuple(found)
