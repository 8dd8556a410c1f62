"""Make records from a published schema: valid ones, and ones that are spoilt in a few places."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from curate.published import schema

_LETTERS = "abcXYZ 019.,:;#-'\"\\/&<>%±–éßµ"
_TEXT = st.text(alphabet=_LETTERS, min_size=1, max_size=30)
_STRANGE: list[Any] = [
    *(None, True, False, "", " ", "x", "X y", "a\n", "1", 0, -1, 7, 10**9, Decimal("4.30")),
    *(Decimal("7.0"), Decimal("-0.5"), [], [None], ["a"], [[]], {}, {"a": 1}, "2026-11-21"),
    *("12 mo", "all\n", "é", "study", "<0.05"),
]


@cache
def valid(kind: str) -> st.SearchStrategy[Any]:
    """Return a strategy for what the schema of a kind allows."""
    return _of(schema(kind), schema(kind)["$defs"])


@st.composite
def spoilt(draw: st.DrawFn, kind: str) -> Any:
    """Make a record that is right nearly everywhere."""
    value = draw(valid(kind))
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(value))
        assume(places)
        around, key = draw(st.sampled_from(places))
        how = draw(st.sampled_from(["replace", "delete", "rename", "append"]))
        if how == "replace":
            around[key] = deepcopy(draw(st.sampled_from(_STRANGE)))
        elif how == "append" and isinstance(around[key], str):
            around[key] += draw(st.sampled_from(["\n", " ", "x", "-", "é", "0"]))
        elif how == "delete" and isinstance(around, dict):
            del around[key]
        elif how == "rename" and isinstance(around, dict):
            around[str(key) + draw(st.sampled_from(["s", "_", " x", "-y"]))] = around.pop(key)
    return value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every list or mapping in a value, with each of its keys."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


def _of(node: Mapping[str, Any], parts: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if "$ref" in node:
        return _of(parts[node["$ref"].rsplit("/", 1)[1]], parts)
    for key in ("anyOf", "oneOf"):
        if key in node:
            return st.one_of(_of(branch, parts) for branch in node[key])
    if "const" in node or "enum" in node:
        return st.sampled_from(node.get("enum", [node.get("const")]))
    if node["type"] in {"object", "array"}:
        return _object(node, parts) if node["type"] == "object" else _list(node, parts)
    return {"string": _string, "integer": _integer, "number": _number, "boolean": _boolean}[
        node["type"]
    ](node)


def _list(node: Mapping[str, Any], parts: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    return st.lists(_of(node["items"], parts), min_size=node.get("minItems", 0), max_size=2)


def _object(node: Mapping[str, Any], parts: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    fields = {name: _of(field, parts) for name, field in node["properties"].items()}
    required = {name: fields.pop(name) for name in node.get("required", ())}
    return st.fixed_dictionaries(required, optional=fields)


def _string(node: Mapping[str, Any]) -> st.SearchStrategy[str]:
    most = node.get("maxLength", 40)
    if "pattern" not in node or node["pattern"] == r"^[^\n]+$":
        return _TEXT.map(lambda text: text[:most])
    return st.from_regex(node["pattern"], fullmatch=True).filter(lambda text: len(text) <= most)


def _integer(node: Mapping[str, Any]) -> st.SearchStrategy[int]:
    return st.integers(node.get("minimum", -(10**9)), node.get("maximum", 10**9))


def _number(node: Mapping[str, Any]) -> st.SearchStrategy[int | Decimal]:
    least = node.get("minimum", node.get("exclusiveMinimum", -1000))
    most = node.get("maximum", node.get("exclusiveMaximum", 1000))
    inside = st.decimals(least, most, places=2) | st.integers(least, most)
    return inside.filter(
        lambda number: number not in {node.get("exclusiveMinimum"), node.get("exclusiveMaximum")}
    )


def _boolean(_: Mapping[str, Any]) -> st.SearchStrategy[bool]:
    return st.booleans()
