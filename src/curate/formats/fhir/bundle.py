"""Bundles: all resources in one collection, and in transactions that a server can take.

Their resources were judged when they were made, and so was each as an entry of a bundle; that all
references lead somewhere is judged once, by the shelf. Here it is the bundle as such.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from curate.artifact import Artifact, gathered
from curate.formats.fhir.conformance import LARGEST_TRANSACTION, Judge
from curate.formats.fhir.ids import Addresses, addresses
from curate.formats.fhir.shelf import Found, Shelf
from curate.json_text import encode, indented
from curate.pieces import Pieces

MEDIA_TYPE = "application/fhir+json"


class Bundles:
    """What all bundles of an export share."""

    def __init__(self, pieces: Pieces) -> None:
        self.config = pieces.corpus.config
        self.addresses: Addresses = addresses(self.config)
        self.shelf = Shelf(pieces)
        self.shelf.judge()
        commit = pieces.corpus.commit
        self._commit = b"" if commit is None else encode(f"{commit}:")[1:-1]

    def collection(self) -> Artifact:
        """Return all resources in one collection bundle."""
        name = self.config.name
        identifier = {"system": self.addresses.system("identifier"), "value": f"Bundle/{name}"}
        head = {"resourceType": "Bundle", "identifier": identifier, "type": "collection"}
        entries = map(self.laid_out, self.shelf.all())
        first = next(iter(self.shelf.all(last=1)), None)
        judge_head(head, None if first is None else self.around(first))
        return Artifact("fhir/bundle.json", MEDIA_TYPE, bundle(head, entries))

    def transactions(self) -> Iterator[Artifact]:
        """Yield transaction bundles that put every resource to `Type/id`."""
        for number, first in enumerate(range(0, len(self.shelf), LARGEST_TRANSACTION), 1):
            head = {"resourceType": "Bundle", "type": "transaction"}
            entries = self._requests(first, first + LARGEST_TRANSACTION)
            yield Artifact(f"fhir/transaction-{number:04}.json", MEDIA_TYPE, bundle(head, entries))

    def around(self, found: Found) -> dict[str, Any]:
        """Return the entry of a resource in a collection or a document, but for its content."""
        type_, _, id_ = found.name.partition("/")
        return {
            "fullUrl": self.addresses.url(type_, id_),
            "resource": {"resourceType": type_, "id": id_},
        }

    def laid_out(self, found: Found) -> bytes:
        """Write an entry of a bundle that is no transaction for people to read."""
        return indented(self._commit.join(found.kept.entry)).replace(b"\n", b"\n    ")

    def _requests(self, first: int, end: int) -> Iterator[bytes]:
        """Yield the entries that put resources, each as it was judged."""

        def is_later(name: str) -> bool:
            place = self.shelf.place(name)
            return place is not None and place >= end

        for one in self.shelf.all(first, end):
            text = self._commit.join(one.kept.put)
            if any(map(is_later, one.kept.forward)):
                text = self._without(is_later, text)
            yield text

    def _without(self, is_later: Callable[[str], bool], text: bytes) -> bytes:
        """Write an entry of which some references lead to what a later transaction brings."""
        entry = json.loads(text, parse_float=Decimal)
        entry["resource"] = self._by_identifier(entry["resource"], is_later)
        judge = Judge({"resourceType": "Bundle", "type": "transaction"}, first=False)
        judge.entry(entry)
        judge.require()
        return encode(entry, indent=None)

    def _by_identifier(self, value: Any, is_later: Callable[[str], bool]) -> Any:
        """Name by its identifier what a later transaction brings: a server cannot find it yet."""
        if isinstance(value, list):
            return [self._by_identifier(item, is_later) for item in value]
        if not isinstance(value, dict):
            return value
        target = value.get("reference")
        if isinstance(target, str) and is_later(target):
            system = self.addresses.system("identifier")
            named = {"identifier": {"system": system, "value": target}}
            return named | {key: item for key, item in value.items() if key != "reference"}
        return {key: self._by_identifier(item, is_later) for key, item in value.items()}


def judge_head(head: dict[str, Any], first: dict[str, Any] | None) -> None:
    """Judge a bundle as such, with its first entry."""
    judge = Judge(head)
    if first is None:
        judge.end()
    else:
        judge.around(first, ())
    judge.require()


def bundle(head: dict[str, Any], entries: Iterable[bytes]) -> Iterator[bytes]:
    """Write a bundle entry by entry, so that it is never held whole."""
    return gathered(_bundle(head, entries))


def _bundle(head: dict[str, Any], entries: Iterable[bytes]) -> Iterator[bytes]:
    yield encode(head).removesuffix(b"\n}")
    before = b',\n  "entry": ['
    after = b""
    for one in entries:
        yield before + b"\n    " + one
        before, after = b",", b"\n  ]"
    yield after + b"\n}\n"
