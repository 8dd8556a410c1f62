"""Judge a bundle entry by entry while it is written, so that it is never held whole."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, Protocol

from curate.formats.fhir.conformance.definitions import definitions
from curate.formats.fhir.conformance.entry import Entry, entry_of, promises
from curate.formats.fhir.conformance.problem import NotConformant, Problem
from curate.formats.fhir.conformance.values import Json, inner
from curate.formats.fhir.conformance.walk import Asked, Walk

LARGEST_TRANSACTION = 500
# These are asked of the first entry only.
_OF_FIRST = frozenset({"bdl-11", "bdl-12", "bdl-13"})


def problems(bundle: Any) -> list[Problem]:
    """Return all that is wrong with a bundle that stands for itself."""
    if not isinstance(bundle, dict):
        return [Problem("Bundle", "type", "is not an object")]
    if bundle.get("resourceType") != "Bundle":
        return [Problem("Bundle", "type", "is no Bundle")]
    head = {key: value for key, value in bundle.items() if key != "entry"}
    entries = bundle.get("entry", ())
    if "entry" in bundle and not isinstance(entries, list):
        return [Problem("Bundle.entry", "cardinality", "is not a list")]
    if "entry" in bundle and not entries:
        return [Problem("Bundle.entry", "ele-1", "is an empty list")]
    judge = Judge(head)
    for entry in entries:
        judge.entry(entry)
    judge.end()
    return judge.problems


def references_of(resource: Json, where: str) -> list[Asked]:
    """Judge a resource by itself, and return its references; or raise NotConformant."""
    walk = Walk(where)
    walk.resource(resource)
    if walk.problems:
        raise NotConformant(walk.problems)
    return walk.asked


def judge_entry(value: Json) -> None:
    """Judge an entry by itself, its resource excepted: in a collection, and in a transaction.

    It is given with all that it has in either. What is asked of the first entry of a bundle only,
    and what holds between entries, is left. Raises NotConformant.
    """
    name = f"{value['resource']['resourceType']}/{value['resource']['id']}"
    walk = Walk(name, resources=False)
    walk.object(value, "Bundle.entry")
    entry = entry_of(name, value)
    found = walk.problems + ([] if entry is None else [*promises(entry)])
    names = frozenset(value)
    found += _wrong_in("collection", names - {"request"})
    found += _wrong_in("transaction", names) + _wrong_in("transaction", names - {"fullUrl"})
    if found:
        raise NotConformant(found)


@cache
def _wrong_in(type_: str, names: frozenset[str]) -> list[Problem]:
    """Judge a bundle that has an entry with these names: nothing else of it is asked."""
    entry = {name: {"method": "PUT"} if name == "request" else "x" for name in names}
    judge = Judge({"resourceType": "Bundle", "type": type_}, first=False)
    judge.judge_bundle_with(entry)
    return judge.problems


def judge_targets(references: Iterable[Asked]) -> None:
    """Judge whether references that name `Type/id` may lead to that type; or raise."""
    wrong = [
        Problem(asked.where, "target-type", f"leads to a {type_}, which may not stand here")
        for asked in references
        for type_ in [asked.target.partition("/")[0]]
        if asked.type not in {None, type_} or (asked.allowed and type_ not in asked.allowed)
    ]
    if wrong:
        raise NotConformant(wrong)


class Known(Protocol):
    """The addresses of what has been brought, with their types."""

    def get(self, address: str, /) -> str | None:
        """Return the type of what is known by an address."""

    def __setitem__(self, address: str, type_: str, /) -> None:
        """Take note of what is known by an address now."""


class Judge:
    """Take the entries of one bundle in their order, and collect what is wrong with them."""

    def __init__(self, head: Json, known: Known | None = None, *, first: bool = True) -> None:
        """Begin with a bundle's head, and with what earlier bundles brought, or later in it."""
        self.problems: list[Problem] = []
        self._head = head
        self._known: Known = {} if known is None else known
        self._brought: set[str] = set()
        self._names: set[str] = set()
        self._open: dict[str, Asked] = {}
        # Only a document, which is small, asks who leads to whom.
        self._is_document = head.get("type") == "document"
        self._links: defaultdict[str, set[str]] = defaultdict(set)
        self._count = 0 if first else 1

    @property
    def place(self) -> str:
        """Return the path of the next entry."""
        return f"Bundle.entry[{self._count}]"

    def entry(self, value: Any) -> None:
        """Judge the next entry."""
        self._take(value, None)

    def around(self, value: Json, references: Iterable[Asked]) -> None:
        """Judge the next entry but for what is in its resource, which was judged by itself.

        The resource need only have its type and its id; `references` are those that it holds.
        """
        self._take(value, references)

    def require(self) -> None:
        """Raise NotConformant if anything was wrong so far."""
        if self.problems:
            raise NotConformant(self.problems)

    def _take(self, value: Any, references: Iterable[Asked] | None) -> None:
        where = self.place
        if self._count == 0:
            walk = Walk("Bundle", resources=references is None)
            walk.object(self._head | {"entry": [value]}, "Bundle")
        else:
            walk = Walk(where, resources=references is None)
            walk.object(value, "Bundle.entry")
            self.judge_bundle_with(value)
        self.problems += walk.problems
        self._count += 1
        entry = entry_of(where, value)
        if entry is None:
            if isinstance(value, dict) and "resource" in value:
                self._say(f"{where}.resource", "id", "has no id")
            return
        self.problems += promises(entry)
        self._bring(entry)
        for asked in walk.asked if references is None else references:
            self._ask(entry, asked)

    def end(self) -> None:
        """Judge what can only be known once all entries have passed."""
        if self._count == 0:
            walk = Walk("Bundle")
            walk.object(self._head, "Bundle")
            self.problems += walk.problems
        for asked in self._open.values():
            self._say(asked.where, "reference", f"{asked.target} leads to nothing that is there")
        if self._head.get("type") == "transaction" and self._count > LARGEST_TRANSACTION:
            self._say("Bundle.entry", "too-large", f"has more than {LARGEST_TRANSACTION} entries")
        if self._is_document:
            self._judge_reach()

    def judge_bundle_with(self, value: Any) -> None:
        """Judge the bundle as one that has this entry."""
        bundle = self._head | {"entry": [value]}
        for key, holds in definitions().shapes["Bundle"].invariants:
            if key not in _OF_FIRST and not holds(bundle, bundle):
                self._say(f"Bundle.entry[{self._count}]", key, definitions().meanings[key])

    def _bring(self, entry: Entry) -> None:
        if entry.full_url is not None:
            version = inner(entry.json, "resource", "meta", "versionId")
            brought = entry.full_url if version is None else f"{entry.full_url} {version}"
            if brought in self._brought and self._head.get("type") != "history":
                self._say(f"{entry.where}.fullUrl", "bdl-7", definitions().meanings["bdl-7"])
            self._brought.add(brought)
        if entry.name in self._names:
            self._say(f"{entry.where}.resource.id", "duplicate", f"{entry.name} is there twice")
        self._names.add(entry.name)
        for address in entry.addresses:
            self._known[address] = entry.type
            if self._is_document:
                self._links.setdefault(address, set())
            asked = self._open.pop(address, None)
            if asked is not None:
                self._judge_type(asked, entry.type)

    def _ask(self, entry: Entry, asked: Asked) -> None:
        if asked.target.startswith("#"):
            return
        address = entry.resolved(asked.target)
        if address is None:
            message = f"{asked.target} is relative, and its resource is known by no address"
            self._say(asked.where, "reference", message)
            return
        if self._is_document and entry.full_url is not None:
            self._links[entry.full_url].add(address)
        type_ = self._known.get(address)
        if type_ is not None:
            self._judge_type(asked, type_)
        else:
            self._open.setdefault(address, asked)

    def _judge_type(self, asked: Asked, type_: str) -> None:
        if asked.type not in {None, type_} or (asked.allowed and type_ not in asked.allowed):
            self._say(asked.where, "target-type", f"leads to a {type_}, which may not stand here")

    def _judge_reach(self) -> None:
        """Ask that a document holds nothing but what its first resource leads to."""
        to_see = list(self._links)[:1]
        seen: set[str] = set()
        while to_see:
            address = to_see.pop()
            if address not in seen:
                seen.add(address)
                to_see += self._links.get(address, ())
        for address in self._links.keys() - seen:
            self._say("Bundle.entry", "not-of-document", f"nothing leads to {address}")

    def _say(self, where: str, reason: str, message: str) -> None:
        self.problems.append(Problem(where, reason, message))
