"""Write a JSON Schema of ours as TypeScript types, with the descriptions as their documentation."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

Node = Mapping[str, Any]

_HEAD = """\
// The types of json/corpus.json, generated from export.schema.json; do not edit.
// JSON.parse reads 4.30 as 4.3: where digits matter, read numbers as text with a parser that can.
"""
_TYPES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def declarations(schema: Node, name: str) -> str:
    """Return the types of a schema and of its definitions; `name` is that of the whole."""
    parts = [_HEAD, _declaration(name, schema)]
    parts.extend(_declaration(_type_name(key), node) for key, node in schema["$defs"].items())
    return "\n".join(parts)


def _declaration(name: str, node: Node) -> str:
    text = "".join(_comment(node, ""))
    if "properties" in node:
        return f"{text}export interface {name} {_object(node, '')}\n"
    return f"{text}export type {name} = {_type(node, '')};\n"


def _object(node: Node, indent: str) -> str:
    inner = f"{indent}  "
    lines: list[str] = []
    for name, field in node["properties"].items():
        lines.extend(_comment(field, inner))
        mark = "" if name in node.get("required", ()) else "?"
        key = name if _NAME.fullmatch(name) else json.dumps(name)
        lines.append(f"{inner}readonly {key}{mark}: {_type(field, inner)};\n")
    return "{\n" + "".join(lines) + f"{indent}}}"


def _type(node: Node, indent: str) -> str:
    if "$ref" in node:
        return _type_name(node["$ref"].rsplit("/", 1)[-1])
    if branches := node.get("anyOf") or node.get("oneOf"):
        return " | ".join(_type(branch, indent) for branch in branches)
    words = [node["const"]] if "const" in node else node.get("enum")
    if words is not None:
        return " | ".join(json.dumps(word, ensure_ascii=False) for word in words)
    if node["type"] in _TYPES:
        return _TYPES[node["type"]]
    return _compound(node, indent)


def _compound(node: Node, indent: str) -> str:
    """Return the type of a list or of an object."""
    if node["type"] == "array":
        item = _type(node["items"], indent)
        return f"readonly ({item})[]" if " | " in item else f"readonly {item}[]"
    if "properties" in node:
        return _object(node, indent)
    return f"Readonly<Record<string, {_type(node['additionalProperties'], indent)}>>"


def _comment(node: Node, indent: str) -> Iterator[str]:
    if "description" in node:
        yield f"{indent}/** {node['description'].replace('*/', '* /')} */\n"


def _type_name(name: str) -> str:
    """Return a definition's name as TypeScript writes one: `study-record` is `StudyRecord`."""
    return "".join(word[:1].upper() + word[1:] for word in name.split("-"))
