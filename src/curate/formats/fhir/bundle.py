"""Bundles: all resources in one collection, and in transactions that a server can take.

Each is held against the definitions of R5 while it is written: one that does not conform is a bug.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

import msgspec

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
from curate.formats.fhir.conformance import LARGEST_TRANSACTION, Asked, Judge, references_of
from curate.formats.fhir.exported import Exported, Item
from curate.formats.fhir.shelf import Kept, Shelf
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


def collection(exported: Exported, shelf: Shelf) -> Artifact:
    """Return all resources in one collection bundle, and lay them on the shelf for the others."""
    return Artifact("fhir/bundle.json", MEDIA_TYPE, _collection(exported, shelf))


def _collection(exported: Exported, shelf: Shelf) -> Iterator[bytes]:
    name = exported.config.name
    identifier = {"system": exported.addresses.system("identifier"), "value": f"Bundle/{name}"}
    head = {"resourceType": "Bundle", "identifier": identifier, "type": "collection"}
    judge = Judge(head)
    return bundle(head, _made(exported, shelf, judge))


def _made(exported: Exported, shelf: Shelf, judge: Judge) -> Iterator[bytes]:
    """Make every resource once and judge it; yield it as an entry of the collection."""
    shelf.clear()
    for place, item in enumerate(all_items(exported)):
        resource = item.make()
        references = references_of(resource, f"{judge.place}.resource")
        names = tuple(dict.fromkeys(asked.target for asked in references))
        text = encode(resource, indent=None)
        kept = Kept(f"{item.type}/{item.id}", names, max(_days(resource), default=""), text)
        judge.around(around(exported, kept), addressed(exported, references))
        judge.require()
        shelf.put(place, kept)
        yield laid_out(exported, kept)
    judge.end()
    judge.require()
    shelf.is_full = True


def fill(exported: Exported, shelf: Shelf) -> None:
    """Lay all resources on the shelf, if the collection has not been taken to its end."""
    if not shelf.is_full:
        for _ in _collection(exported, shelf):
            pass


def transactions(exported: Exported, shelf: Shelf) -> Iterator[Artifact]:
    """Yield transaction bundles that put every resource to `Type/id`."""
    fill(exported, shelf)
    for number, first in enumerate(range(0, len(shelf), LARGEST_TRANSACTION), 1):
        chunks = _transaction(exported, shelf, first, first + LARGEST_TRANSACTION)
        yield Artifact(f"fhir/transaction-{number:04}.json", MEDIA_TYPE, chunks)


class _Sent:
    """What a server knows once the transactions before a place were sent."""

    def __init__(self, exported: Exported, shelf: Shelf, end: int) -> None:
        base = exported.config.base_url
        self._base = f"{base}/" if base else ""
        self._shelf, self._end = shelf, end

    def is_later(self, name: str) -> bool:
        place = self._shelf.place(name)
        return place is not None and place >= self._end

    def get(self, address: str, /) -> str | None:
        name = address.removeprefix(self._base)
        place = self._shelf.place(name)
        return name.partition("/")[0] if place is not None and place < self._end else None

    def __setitem__(self, address: str, type_: str, /) -> None:
        """Know it already: it lies on the shelf."""


def _transaction(exported: Exported, shelf: Shelf, first: int, end: int) -> Iterator[bytes]:
    head = {"resourceType": "Bundle", "type": "transaction"}
    sent = _Sent(exported, shelf, end)
    return bundle(
        head, _requests(exported, shelf.all(first=first, last=end), sent, Judge(head, sent))
    )


def _requests(
    exported: Exported, kept: Iterable[Kept], sent: _Sent, judge: Judge
) -> Iterator[bytes]:
    """Yield the entries that put resources, each once it was judged."""
    for one in kept:
        request = {"request": {"method": "PUT", "url": one.name}}
        shell = around(exported, one) | request
        if not exported.config.base_url:
            del shell["fullUrl"]
        if any(sent.is_later(name) for name in one.references):
            resource = json.loads(one.text, parse_float=Decimal)
            shell["resource"] = _by_identifier(exported, resource, sent.is_later)
            judge.entry(shell)
        else:
            judge.around(shell, map(plain, one.references))
            shell["resource"] = msgspec.Raw(one.text)
        judge.require()
        yield encode(shell, indent=None)
    judge.end()
    judge.require()


def all_items(exported: Exported) -> Iterator[Item]:
    """Yield what is to be made, by type and id; only one type's list is held at a time."""
    for items in _TYPES:
        yield from sorted(items(exported), key=_by_id)


def _by_id(item: Item) -> str:
    return item.id


def around(exported: Exported, kept: Kept) -> dict[str, Any]:
    """Return the entry of a resource in a bundle that is no transaction, but for its content."""
    type_, _, id_ = kept.name.partition("/")
    return {
        "fullUrl": exported.addresses.url(type_, id_),
        "resource": {"resourceType": type_, "id": id_},
    }


def addressed(exported: Exported, references: Iterable[Asked]) -> Iterator[Asked]:
    """Return references as they stand in a bundle that is no transaction."""
    for asked in references:
        type_, _, id_ = asked.target.partition("/")
        yield asked._replace(target=exported.addresses.target(type_, id_))


def plain(name: str) -> Asked:
    """Return a reference to what has this name, the place where it stands forgotten."""
    return Asked(name, name, name.partition("/")[0], frozenset())


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


# Within a text a quote is written with a backslash, so that this is a field and nothing else.
_REFERENCE = re.compile(rb'"reference":"([A-Za-z]+)/([A-Za-z0-9.-]+)"')


def laid_out(exported: Exported, kept: Kept) -> bytes:
    """Write an entry of a bundle that is no transaction for people to read."""

    def addressed(found: re.Match[bytes]) -> bytes:
        type_, id_ = found[1].decode(), found[2].decode()
        return b'"reference":"' + exported.addresses.target(type_, id_).encode() + b'"'

    text = kept.text if exported.config.base_url else _REFERENCE.sub(addressed, kept.text)
    entry = around(exported, kept) | {"resource": msgspec.Raw(text)}
    return encode(entry).replace(b"\n", b"\n    ")


# The days on which the records say that somebody worked on them.
_DAYS = frozenset({"approvalDate", "date", "dateAccessed", "lastReviewDate", "time"})
_LENGTH_OF_A_DAY = len("2026-11-21")


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


def bundle(head: dict[str, Any], entries: Iterable[bytes]) -> Iterator[bytes]:
    """Write a bundle entry by entry, so that it is never held whole."""
    yield encode(head).removesuffix(b"\n}")
    before = b',\n  "entry": ['
    after = b""
    for one in entries:
        yield before + b"\n    " + one
        before, after = b",", b"\n  ]"
    yield after + b"\n}\n"
