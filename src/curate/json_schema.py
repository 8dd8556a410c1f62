"""Make the published JSON Schema of a kind from its model.

The dialect is 2020-12, kept to the subset that every editor's YAML language server reads alike:
one flat file, only `#/$defs/…` references, no `null` branch for an optional key, enums in place.
What only editors read (`markdownDescription`, `enumDescriptions`, `defaultSnippets`,
`patternErrorMessage`) is ignored by validators.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import ModelSchema

from curate.quoting import scalar
from curate.record import Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: type[Record]) -> dict[str, Any]:
    """Return the published schema of one kind of record."""
    raw = kind.model_json_schema(schema_generator=_Generator)
    definitions: dict[str, Any] = raw.pop("$defs", {})
    schema = {
        "$schema": DIALECT,
        "title": kind.kind,
        **_tidy(raw),
        "$defs": {name: _tidy(definitions[name]) for name in sorted(definitions)},
    }
    for part in (schema, *schema["$defs"].values()):
        for name, field in part["properties"].items():
            _help_editors(name, field, schema["$defs"])
    for part in (schema, *schema["$defs"].values()):
        part.pop("offered", None)
    return schema


class _Generator(GenerateJsonSchema):
    """Leave out titles made from Python names; note which fields a snippet offers."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's signature
        return False

    def model_schema(self, schema: ModelSchema) -> dict[str, Any]:
        return {**super().model_schema(schema), "offered": list(schema["cls"].offered)}


def _tidy(node: Any) -> Any:
    """Return the schema node without what helps nobody, and with each word's meaning beside it."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    out: dict[str, Any] = {}
    for key, value in node.items():
        if key in {"title", "default", "discriminator"}:
            continue
        if key == "properties":
            out[key] = {name: _tidy(sub) for name, sub in value.items()}
        elif key in {"enumDescriptions", "examples"}:
            out[key] = value
        else:
            out[key] = _tidy(value)
    _drop_null(out)
    if "description" in out:
        out["description"] = re.sub(r"\s+", " ", out["description"])
    words = out.get("enumDescriptions")
    if isinstance(words, dict):
        out["enumDescriptions"] = [words[word] for word in out["enum"]]
        out["markdownEnumDescriptions"] = out["enumDescriptions"]
    return out


def _drop_null(node: dict[str, Any]) -> None:
    """Take `null` out of `anyOf`: an optional key is left out, never null."""
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


def _help_editors(name: str, field: dict[str, Any], definitions: Mapping[str, Any]) -> None:
    """Show an example where the field is hovered over, and offer a part's fields to fill in."""
    example = next(iter(_examples(field)), None)
    if example is not None:
        lines = (
            f"{name}:\n  - {_yaml(example)}" if "items" in field else f"{name}: {_yaml(example)}"
        )
        field["markdownDescription"] = f"{field['description']}\n\n```yaml\n{lines}\n```"
    snippets = list(_snippets(field.get("items", field), definitions))
    if snippets:
        field["defaultSnippets"] = snippets


def _examples(field: Mapping[str, Any]) -> list[Any]:
    found: list[Any] = field.get("examples") or field.get("items", {}).get("examples", [])
    return found


def _yaml(value: Any) -> str:
    """Write an example as it stands in a record."""
    return scalar(value) if isinstance(value, str) else json.dumps(value)


def _snippets(node: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a snippet for each part that can stand at a place, with its fields to fill in."""
    for branch in node.get("oneOf", [node]):
        name = branch.get("$ref", "").rsplit("/", 1)[-1]
        if name not in definitions:
            continue
        part = definitions[name]
        wanted = [*part.get("required", ()), *part["offered"]] or list(part["properties"])[:1]
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
