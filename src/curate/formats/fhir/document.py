"""Document bundles: a procedure's page, and all that it leads to, in a file of its own."""

import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import uuid5

from curate.artifact import Artifact
from curate.formats.fhir import composition
from curate.formats.fhir.bundle import MEDIA_TYPE, all_items, bundle, entry, laid_out
from curate.formats.fhir.conformance import conforming
from curate.formats.fhir.exported import Exported, Item, Resource

# The days on which the records say that somebody worked on them.
_DAYS = frozenset({"approvalDate", "date", "dateAccessed", "lastReviewDate", "time"})
_LENGTH_OF_A_DAY = len("2026-11-21")
_NO_DAY = "1970-01-01"


def documents(exported: Exported) -> Iterator[Artifact]:
    """Yield a document for every procedure."""
    items = {exported.addresses.target(item.type, item.id): item for item in all_items(exported)}
    places = {target: place for place, target in enumerate(items)}
    for target, item in items.items():
        if item.type == composition.TYPE:
            chunks = _document(exported, items, places, target)
            yield Artifact(f"fhir/documents/{item.id}.json", MEDIA_TYPE, chunks)


def _document(
    exported: Exported, items: dict[str, Item], places: dict[str, int], first: str
) -> Iterator[bytes]:
    """Write a document: its first resource, and the others in the order of the collection."""
    resources = _reached(items, first)
    order = [first, *sorted(resources.keys() - {first}, key=places.__getitem__)]
    entries = [entry(exported, items[target].type, resources[target]) for target in order]
    latest = max((day for one in entries for day in _days(one)), default=_NO_DAY)
    # It changes with what the document holds, and only then: no document has that of another.
    digest = hashlib.sha256()
    written = [laid_out(one) for one in entries]
    for one in written:
        digest.update(one)
    head = {
        "resourceType": "Bundle",
        "identifier": {
            "system": "urn:ietf:rfc:3986",
            "value": f"urn:uuid:{uuid5(exported.addresses.namespace, digest.hexdigest())}",
        },
        "type": "document",
        "timestamp": f"{latest}T00:00:00Z",
    }
    for _ in conforming(head, entries):
        pass
    yield from bundle(head, written)


def _reached(items: dict[str, Item], first: str) -> dict[str, Resource]:
    """Return a resource and all that it leads to, however far."""
    found: dict[str, Resource] = {}
    to_make = [first]
    while to_make:
        target = to_make.pop()
        if target in items and target not in found:
            found[target] = items[target].make()
            to_make += _references(found[target])
    return found


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _references(item)
    elif isinstance(value, dict):
        target = value.get("reference")
        if isinstance(target, str):
            yield target
        for item in value.values():
            if isinstance(item, dict | list):
                yield from _references(item)


def _days(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _days(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in _DAYS and isinstance(item, str) and len(item) == _LENGTH_OF_A_DAY:
                yield item
            elif isinstance(item, dict | list):
                yield from _days(item)
