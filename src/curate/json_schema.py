"""Make the published JSON Schema of a kind from the annotations of its parts.

The dialect is 2020-12, kept to the subset that every editor's YAML language server reads alike:
one flat file, only `#/$defs/…` references, no `null` branch for an optional key, enums in place.
What only editors read (`markdownDescription`, `enumDescriptions`, `defaultSnippets`,
`patternErrorMessage`) is ignored by validators.
"""

import ast
import inspect
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import pairwise
from textwrap import dedent
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from curate.marks import Shape
from curate.part import Part
from curate.quoting import scalar
from curate.record import Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: type[Record]) -> dict[str, Any]:
    """Return the published schema of one kind of record."""
    parts: dict[str, type[Part]] = {}
    schema = {"$schema": DIALECT, "title": kind.kind, **_part(kind, parts)}
    definitions: dict[str, Any] = {}
    while missing := sorted(parts.keys() - definitions):
        definitions |= {name: _part(parts[name], parts) for name in missing}
    schema["$defs"] = {name: definitions[name] for name in sorted(definitions)}
    offered = {name: part.offered for name, part in parts.items()}
    for part in (schema, *definitions.values()):
        for name, field in part["properties"].items():
            _help_editors(name, field, definitions, offered)
    return schema


def _part(model: type[Part], parts: dict[str, type[Part]]) -> dict[str, Any]:
    """Return the schema of a part, and note the parts that it is made of."""
    described = _descriptions(model)
    fields = model.fields
    schema = {
        "additionalProperties": False,
        "description": re.sub(r"\s+", " ", inspect.getdoc(model) or ""),
        "properties": {
            name: {"description": described[name], **_node(hint, parts)}
            for name, hint in fields.items()
        },
        "required": [name for name in fields if model.requires(name)],
        "type": "object",
    }
    return schema if schema["required"] else {k: v for k, v in schema.items() if k != "required"}


def _node(hint: Any, parts: dict[str, type[Part]]) -> dict[str, Any]:
    """Return the schema of a value, by the annotation of its field; None is one that is absent."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        base, *marks = arguments
        node = _node(base, parts)
        for mark in marks:
            node |= mark.keywords if isinstance(mark, Shape) else {}
        node = dict(sorted(node.items()))
        words = node.get("enumDescriptions")
        if isinstance(words, dict):
            node["enumDescriptions"] = [words[word] for word in node["enum"]]
            node["markdownEnumDescriptions"] = node["enumDescriptions"]
        return node
    if origin in {Union, UnionType}:
        return _one_of([one for one in arguments if one is not NoneType], parts)
    if origin is Literal:
        words = {"const": arguments[0]} if len(arguments) == 1 else {"enum": list(arguments)}
        return {**words, "type": "string"}
    if origin is tuple:
        return {"items": _node(arguments[0], parts), "type": "array"}
    if issubclass(hint, Part):
        parts[hint.__name__] = hint
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return {"type": _TYPES[hint]}


_TYPES = {str: "string", int: "integer", bool: "boolean"}


def _one_of(choices: list[Any], parts: dict[str, type[Part]]) -> dict[str, Any]:
    if set(choices) == {int, Decimal}:
        return {"type": "number"}
    nodes = [_node(one, parts) for one in choices]
    if len(nodes) == 1:
        return nodes[0]
    return {"oneOf" if all("$ref" in node for node in nodes) else "anyOf": nodes}


@cache
def _descriptions(model: type[Part]) -> dict[str, str]:
    """Return what the docstring below each field of a part says of it."""
    found: dict[str, str] = {}
    for base in reversed(model.__mro__[: -len(Part.__mro__)]):
        (tree,) = ast.parse(dedent(inspect.getsource(base))).body
        for field, below in pairwise(tree.body if isinstance(tree, ast.ClassDef) else ()):
            match field, below:
                case (
                    ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str() as said)),
                ):
                    found[name] = re.sub(r"\s+", " ", said)
    return found


def _help_editors(
    name: str,
    field: dict[str, Any],
    definitions: Mapping[str, Any],
    offered: Mapping[str, tuple[str, ...]],
) -> None:
    """Show an example where the field is hovered over, and offer a part's fields to fill in."""
    example = next(iter(_examples(field)), None)
    if example is not None:
        lines = (
            f"{name}:\n  - {_yaml(example)}" if "items" in field else f"{name}: {_yaml(example)}"
        )
        field["markdownDescription"] = f"{field['description']}\n\n```yaml\n{lines}\n```"
    snippets = list(_snippets(field.get("items", field), definitions, offered))
    if snippets:
        field["defaultSnippets"] = snippets


def _examples(field: Mapping[str, Any]) -> list[Any]:
    found: list[Any] = field.get("examples") or field.get("items", {}).get("examples", [])
    return found


def _yaml(value: Any) -> str:
    """Write an example as it stands in a record."""
    return scalar(value) if isinstance(value, str) else json.dumps(value)


def _snippets(
    node: Mapping[str, Any],
    definitions: Mapping[str, Any],
    offered: Mapping[str, tuple[str, ...]],
) -> Iterator[dict[str, Any]]:
    """Yield a snippet for each part that can stand at a place, with its fields to fill in."""
    for branch in node.get("oneOf", [node]):
        name = branch.get("$ref", "").rsplit("/", 1)[-1]
        if name not in definitions:
            continue
        part = definitions[name]
        wanted = [*part.get("required", ()), *offered[name]] or list(part["properties"])[:1]
        body = {
            field: _placeholder(number, part["properties"][field])
            for number, field in enumerate(wanted, start=1)
        }
        yield {"label": label(name, part), "description": part["description"], "body": body}


def label(name: str, part: Mapping[str, Any]) -> str:
    """Return what a part is called: by the word that tells it from others, or by its name."""
    for field in part["properties"].values():
        if "const" in field:
            return str(field["const"])
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _placeholder(number: int, field: Mapping[str, Any]) -> Any:
    """Return what a snippet writes for a field: a choice, a list to begin, or an empty place."""
    if "const" in field:
        return field["const"]
    if "enum" in field:
        return f"${{{number}|{','.join(field['enum'])}|}}"
    return [f"${number}"] if field.get("type") == "array" else f"${number}"
