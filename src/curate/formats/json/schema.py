"""The published schema of the corpus file: the schemas of the kinds, and the layout around them."""

from typing import Any

from curate.config import PUBLISHABLE
from curate.formats.json.layout import SCHEMA_VERSION
from curate.json_schema import DIALECT, schema_of
from curate.kinds import KINDS

_POINTER = {"type": "string", "pattern": "^(/[^/]+)*$"}
_LINE = {"type": "integer", "minimum": 1}


def export_schema() -> dict[str, Any]:
    """Return the JSON Schema of `json/corpus.json`."""
    definitions: dict[str, Any] = {"Waived": _WAIVED}
    for kind, model in KINDS.items():
        schema = _for_readers(schema_of(model))
        del schema["$schema"]
        _add(definitions, schema.pop("$defs"))
        _add(definitions, {kind: schema, f"{kind}-record": _record(kind)})
    lists = {
        model.folder: {"type": "array", "items": {"$ref": f"#/$defs/{kind}-record"}}
        for kind, model in KINDS.items()
    }
    properties = {
        "schema_version": {
            "description": "The version of this layout: the first number rises when a reader of "
            "the old layout could break, the second when something is added. The example is the "
            "version that this schema describes; earlier ones of the same first number fit it too.",
            "type": "string",
            "pattern": rf"^{SCHEMA_VERSION.partition('.')[0]}\.(0|[1-9][0-9]*)$",
            "examples": [SCHEMA_VERSION],
        },
        "corpus": _corpus(),
        "records": {
            "description": "The published records by kind, sorted by id.",
            **_closed(dict(sorted(lists.items()))),
        },
    }
    return {
        "$schema": DIALECT,
        "title": "export",
        "description": "A corpus as curate exports it to json/corpus.json.",
        **_closed(properties),
        "$defs": dict(sorted(definitions.items())),
    }


def _corpus() -> dict[str, Any]:
    texts = {
        "name": "A short name of the corpus.",
        "title": "Its title.",
        "version": "The version of its content.",
        "publisher": "Who publishes it.",
        "license": "The licence of the records, as an SPDX identifier.",
    }
    properties = {key: {"description": text, "type": "string"} for key, text in texts.items()}
    return {
        "description": "What the corpus says of itself.",
        **_closed(properties, optional=("publisher", "license")),
    }


def _record(kind: str) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "kind": {"const": kind},
        "id": {"description": "The record's id, unique among its kind.", "type": "string"},
        "status": {"description": "How far the record is.", "enum": list(PUBLISHABLE)},
        "source": {
            "description": "Where the record is written: a file of the corpus, a line, and the "
            "git commit; without a commit the records were others than those of any.",
            **_closed(
                {
                    "path": {"type": "string"},
                    "line": _LINE,
                    "commit": {"type": "string", "pattern": "^([0-9a-f]{40}|[0-9a-f]{64})$"},
                },
                optional=("commit",),
            ),
        },
        "data": {
            "description": "The record as its editors wrote it; what is not known is absent.",
            "$ref": f"#/$defs/{kind}",
        },
        "pmids": {
            "description": "The papers that the record rests on, under the empty JSON Pointer, and "
            "those of each part of data that names its own; any other part rests on those of the "
            "part around it.",
            "type": "object",
            "propertyNames": _POINTER,
            "additionalProperties": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "integer", "minimum": 1},
            },
        },
        "waived": {
            "description": "What is accepted although a rule objects, each with its reason.",
            "type": "array",
            "items": {"$ref": "#/$defs/Waived"},
        },
        "lines": {
            "description": "The line of source.path on which each value of data stands, by its "
            "JSON Pointer.",
            "type": "object",
            "propertyNames": _POINTER,
            "additionalProperties": _LINE,
        },
    }
    return _closed(properties, optional=("waived",))


_WAIVED = {
    "description": "One finding that is accepted.",
    "type": "object",
    "properties": {
        "rule": {"description": "The rule that objects.", "type": "string"},
        "at": {"description": "What it objects to, below data.", **_POINTER},
        "waiver": {"description": "The waiver with reason, person and date.", **_POINTER},
    },
    "required": ["rule", "at", "waiver"],
    "additionalProperties": False,
}


def _closed(properties: dict[str, Any], *, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _for_readers(node: Any) -> Any:
    """Leave out what speaks to editors only, such as the message for a wrong form."""
    if isinstance(node, list):
        return [_for_readers(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {name: _for_readers(sub) for name, sub in value.items()}
        if key in {"properties", "$defs"}
        else _for_readers(value)
        for key, value in node.items()
        if key not in _FOR_EDITORS
    }


_FOR_EDITORS = {
    "examples",
    "patternErrorMessage",
    "markdownDescription",
    "enumDescriptions",
    "markdownEnumDescriptions",
    "defaultSnippets",
}


def _add(definitions: dict[str, Any], more: dict[str, Any]) -> None:
    """Take over definitions; two kinds share a name only for the same thing."""
    for name, schema in more.items():
        if definitions.setdefault(name, schema) != schema:
            raise ValueError(f"two kinds define {name} differently")
