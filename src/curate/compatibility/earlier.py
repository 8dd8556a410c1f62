"""Find the schema, and where there is one the corpus file, of an earlier export."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from curate.compatibility.compare import VERSION_FIELD
from curate.refusal import Refusal

_SCHEMA = "export.schema.json"
_CORPUS = "corpus.json"


class Earlier(NamedTuple):
    """What an earlier export was like."""

    path: Path
    """The file that says so."""
    schema: dict[str, Any] | None
    """None where only the corpus file was kept."""
    corpus: dict[str, Any] | None


def find_earlier(path: Path) -> Earlier:
    """Read an earlier export: its folder, its `json/corpus.json`, or its schema."""
    if path.is_dir():
        places = [folder / name for name in (_SCHEMA, _CORPUS) for folder in (path / "json", path)]
        found = next((place for place in places if place.is_file()), None)
        if found is None:
            raise Refusal(f"{path} holds no JSON export: there is no json/{_SCHEMA} in it.")
        path = found
    value = _object(path)
    if "$schema" in value:
        beside = path.with_name(_CORPUS)
        corpus = _object(beside) if path.name == _SCHEMA and beside.is_file() else None
        return Earlier(path, _checked(value, path), corpus)
    if VERSION_FIELD not in value:
        raise Refusal(f"{path} is neither the schema nor the {_CORPUS} of an export.")
    beside = path.with_name(_SCHEMA)
    schema = _checked(_object(beside), beside) if beside.is_file() else None
    return Earlier(path, schema, value)


def _checked(schema: dict[str, Any], path: Path) -> dict[str, Any]:
    if VERSION_FIELD not in schema.get("properties", {}):
        raise Refusal(f"{path} is a schema, but not that of an export.")
    return schema


def _object(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_bytes())
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise Refusal(f"{path} is not JSON.") from error
    if not isinstance(value, dict):
        raise Refusal(f"{path} is no JSON object.")
    return value
