"""Make the published JSON Schema of a kind from its model.

The dialect is 2020-12, kept to the subset that every editor's YAML language server reads alike:
one flat file, only `#/$defs/…` references, no `null` branch for an optional key, enums in place.
"""

import re
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from curate.record import Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: type[Record]) -> dict[str, Any]:
    """Return the published schema of one kind of record."""
    raw = kind.model_json_schema(schema_generator=_Generator)
    definitions: dict[str, Any] = raw.pop("$defs", {})
    tidy = {
        "$schema": DIALECT,
        "title": kind.kind,
        **_tidy(raw),
        "$defs": {name: _tidy(definitions[name]) for name in sorted(definitions)},
    }
    # An editor's first line names the schema for the language server; nothing else needs it.
    tidy.pop("discriminator", None)
    return tidy


class _Generator(GenerateJsonSchema):
    """Leave out what helps nobody: titles made from Python names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _tidy(node: Any) -> Any:
    """Return the schema node without noise: see the module's first lines."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    out: dict[str, Any] = {}
    for key, value in node.items():
        if key in {"title", "default", "discriminator"} and not _is_property_map(node, key):
            continue
        if key in {"properties", "$defs"}:
            out[key] = {name: _tidy(sub) for name, sub in value.items()}
        else:
            out[key] = _tidy(value)
    _drop_null(out)
    if isinstance(out.get("description"), str):
        out["description"] = re.sub(r"\s+", " ", out["description"])
    return out


def _is_property_map(node: dict[str, Any], key: str) -> bool:
    return isinstance(node[key], dict)


def _drop_null(node: dict[str, Any]) -> None:
    """An optional key is left out, never null, so `anyOf: [X, null]` becomes X."""
    branches = node.get("anyOf")
    if not branches:
        return
    kept = [branch for branch in branches if branch != {"type": "null"}]
    if len(kept) == len(branches):
        return
    if len(kept) > 1:
        node["anyOf"] = kept
        return
    del node["anyOf"]
    for key, value in kept[0].items():
        node.setdefault(key, value)
