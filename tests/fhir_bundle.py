"""Read what the FHIR format writes."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from curate.config import load as load_config
from curate.corpus import Corpus
from curate.formats import load_format
from curate.pipeline import load
from curate.source import find

EXAMPLE = Path(__file__).parent / "golden" / "fhir" / "corpus"


def example() -> Corpus:
    """Return the made-up corpus whose export is committed."""
    return load(find(EXAMPLE), load_config(EXAMPLE))


def shipped() -> Corpus:
    """Return the corpus of this repository."""
    root = Path(__file__).parents[1]
    return load(find(root), load_config(root))


def files(corpus: Corpus) -> dict[str, bytes]:
    """Return all bundles of the export."""
    made = load_format("fhir").render(corpus)
    return {item.path: b"".join(item.chunks) for item in made if item.path.endswith(".json")}


def written(corpus: Corpus) -> bytes:
    """Return the text of the collection bundle."""
    artifact = next(load_format("fhir").render(corpus))
    assert artifact.path == "fhir/bundle.json"
    return b"".join(artifact.chunks)


def read(text: bytes) -> dict[str, Any]:
    """Return a bundle with its numbers exact."""
    bundle: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return bundle


def resources(corpus: Corpus) -> dict[str, dict[str, Any]]:
    """Return the resources of the collection bundle, by `Type/id`."""
    entries = read(written(corpus)).get("entry", [])
    found = [entry["resource"] for entry in entries]
    return {f"{resource['resourceType']}/{resource['id']}": resource for resource in found}


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a JSON value."""
    if isinstance(value, dict):
        yield value
    children = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for child in children:
            yield from objects(child)
