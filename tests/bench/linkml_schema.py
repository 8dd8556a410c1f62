"""Say in LinkML what a published JSON Schema says, so that linkml-validate judges by the same one.

All goes over but that a field may be one text or several, and that a number lies between two and is
neither; LinkML has no word for these. It has none for the length of a text either, but that can be
said by a pattern.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Schema = Mapping[str, Any]


def linkml_of(published: Path) -> str:
    """Return the LinkML schema, in JSON, of a kind of record; its class is called as its title."""
    schema = json.loads(published.read_text(encoding="utf-8"))
    classes = {schema["title"].title(): schema, **schema["$defs"]}
    enums: dict[str, Any] = {}
    made = {name: {"attributes": _attributes(name, one, enums)} for name, one in classes.items()}
    return json.dumps(
        {
            "id": f"https://example.org/{schema['title']}",
            "name": schema["title"],
            "imports": ["linkml:types"],
            "prefixes": {"linkml": "https://w3id.org/linkml/"},
            "default_range": "string",
            "enums": enums,
            "classes": made,
        }
    )


def _attributes(name: str, part: Schema, enums: dict[str, Any]) -> dict[str, Any]:
    """Return the attributes of a class, and note the words that some of them are one of."""
    required = part.get("required", ())
    return {
        field: {**_attribute(f"{name}_{field}", hint, enums), "required": field in required}
        for field, hint in part["properties"].items()
    }


def _attribute(name: str, hint: Schema, enums: dict[str, Any]) -> dict[str, Any]:
    """Return an attribute of a class."""
    if hint.get("type") == "array":
        return {
            **_attribute(name, hint["items"], enums),
            "multivalued": True,
            "inlined_as_list": True,
        }
    for either, in_linkml in (("anyOf", "any_of"), ("oneOf", "exactly_one_of")):
        if either in hint:
            ways = [one for one in hint[either] if one.get("type") != "array"]
            return {
                in_linkml: [
                    _attribute(f"{name}_{number}", one, enums) for number, one in enumerate(ways)
                ],
                "inlined": True,
            }
    if "$ref" in hint:
        return {"range": hint["$ref"].rpartition("/")[2], "inlined": True}
    if "enum" in hint:
        enums[name] = {"permissible_values": {str(one): {} for one in hint["enum"]}}
        return {"range": name}
    if "const" in hint:
        return {"equals_string": hint["const"]}
    return _plain(hint)


def _plain(hint: Schema) -> dict[str, Any]:
    """Return an attribute that is a text, a number or a yes or no."""
    found: dict[str, Any] = {"range": _RANGES[hint["type"]]}
    for word, in_linkml in _WORDS.items():
        if word in hint:
            found[in_linkml] = hint[word]
    if "maxLength" in hint:
        least, most = hint.get("minLength", 0), hint["maxLength"]
        found["pattern"] = f"^(?=(?s:.{{{least},{most}}})(?!(?s:.))){hint.get('pattern', '')}"
    return found


_RANGES = {"string": "string", "integer": "integer", "number": "decimal", "boolean": "boolean"}
_WORDS = {"pattern": "pattern", "minimum": "minimum_value", "maximum": "maximum_value"}
