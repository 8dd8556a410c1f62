"""Bundles: all resources in one collection, and in transactions that a server can take.

Each is held against the definitions of R5 while it is written: one that does not conform is a bug.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from curate.artifact import Artifact
from curate.formats.fhir import (
    activity_definition,
    artifact_assessment,
    citation,
    clinical_use_definition,
    composition,
    evidence,
    evidence_variable,
    group,
    research_study,
)
from curate.formats.fhir.conformance import LARGEST_TRANSACTION, conforming
from curate.formats.fhir.exported import Exported, Item, Resource
from curate.json_text import encode

MEDIA_TYPE = "application/fhir+json"

# In this order, what a resource refers to comes before it.
_TYPES: tuple[Callable[[Exported], Iterator[Item]], ...] = (
    citation.items,
    evidence_variable.items,
    group.items,
    research_study.items,
    activity_definition.items,
    evidence.items,
    clinical_use_definition.items,
    artifact_assessment.items,
    composition.items,
)


def collection(exported: Exported) -> Artifact:
    """Return all resources in one collection bundle."""
    name = exported.config.name
    identifier = {"system": exported.addresses.system("identifier"), "value": f"Bundle/{name}"}
    head = {"resourceType": "Bundle", "identifier": identifier, "type": "collection"}
    entries = (entry(exported, item.type, item.make()) for item in all_items(exported))
    chunks = bundle(head, map(laid_out, conforming(head, entries)))
    return Artifact("fhir/bundle.json", MEDIA_TYPE, chunks)


def transactions(exported: Exported) -> Iterator[Artifact]:
    """Yield transaction bundles that put every resource to `Type/id`."""
    numbers = {
        f"{item.type}/{item.id}": place // LARGEST_TRANSACTION + 1
        for place, item in enumerate(all_items(exported))
    }
    items = all_items(exported)
    known: dict[str, str] = {}
    while part := tuple(islice(items, LARGEST_TRANSACTION)):
        yield _transaction(exported, numbers, part, known)


def _transaction(
    exported: Exported, numbers: Mapping[str, int], part: tuple[Item, ...], known: dict[str, str]
) -> Artifact:
    number = numbers[f"{part[0].type}/{part[0].id}"]

    def is_later(target: str) -> bool:
        return numbers.get(target, number) > number

    head = {"resourceType": "Bundle", "type": "transaction"}
    requests = (_request(exported, item, is_later) for item in part)
    entries = (encode(request, indent=None) for request in conforming(head, requests, known))
    return Artifact(f"fhir/transaction-{number:04}.json", MEDIA_TYPE, bundle(head, entries))


def all_items(exported: Exported) -> Iterator[Item]:
    """Yield what is to be made, by type and id; only one type's list is held at a time."""
    for items in _TYPES:
        yield from sorted(items(exported), key=_by_id)


def _by_id(item: Item) -> str:
    return item.id


def entry(exported: Exported, type_: str, resource: Resource) -> dict[str, Any]:
    """Return the entry of a resource in a bundle that is no transaction."""
    return {"fullUrl": exported.addresses.url(type_, resource["id"]), "resource": resource}


def _request(exported: Exported, item: Item, is_later: Callable[[str], bool]) -> dict[str, Any]:
    """Return a resource with the request to put it; a fullUrl only where there is a base URL."""
    url = f"{item.type}/{item.id}"
    full_url = exported.addresses.url(item.type, item.id) if exported.config.base_url else None
    sent = {
        "fullUrl": full_url,
        "resource": _by_identifier(exported, item.make(), is_later),
        "request": {"method": "PUT", "url": url},
    }
    return {key: value for key, value in sent.items() if value is not None}


def _by_identifier(exported: Exported, value: Any, is_later: Callable[[str], bool]) -> Any:
    """Name by its identifier what a later transaction brings: a server could not find it yet."""
    if isinstance(value, list):
        return [_by_identifier(exported, item, is_later) for item in value]
    if not isinstance(value, dict):
        return value
    target = value.get("reference")
    if isinstance(target, str) and is_later(target):
        system = exported.addresses.system("identifier")
        named = {"identifier": {"system": system, "value": target}}
        return named | {key: item for key, item in value.items() if key != "reference"}
    return {key: _by_identifier(exported, item, is_later) for key, item in value.items()}


def laid_out(value: dict[str, Any]) -> bytes:
    """Write an entry for people to read."""
    return encode(value).replace(b"\n", b"\n    ")


def bundle(head: dict[str, Any], entries: Iterable[bytes]) -> Iterator[bytes]:
    """Write a bundle entry by entry, so that it is never held whole."""
    yield encode(head).removesuffix(b"\n}")
    before = b',\n  "entry": ['
    after = b""
    for one in entries:
        yield before + b"\n    " + one
        before, after = b",", b"\n  ]"
    yield after + b"\n}\n"
