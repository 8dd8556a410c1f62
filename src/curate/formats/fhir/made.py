"""The resources that are made of one record, as the pieces that bundles are put together from.

Each is judged here, once: by itself, as an entry of a bundle, and by what it may refer to.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

import msgspec

from curate.corpus import Corpus, Entry
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
from curate.formats.fhir.conformance import judge_entry, judge_targets, references_of
from curate.formats.fhir.exported import Exported, Item
from curate.json_text import encode
from curate.kinds.study import Study
from curate.pieces import Maker, packed

RANKS: Final = {
    type_: rank
    for rank, type_ in enumerate(
        (
            "Citation",
            "EvidenceVariable",
            "Group",
            "ResearchStudy",
            "ActivityDefinition",
            "Evidence",
            "ClinicalUseDefinition",
            "ArtifactAssessment",
            "Composition",
        )
    )
}
"""The types in their order: what a resource refers to is of an earlier type, or of its own."""

_OF_RECORD: tuple[Callable[[Exported], Iterator[Item]], ...] = (
    citation.items,
    evidence_variable.items,
    group.items,
    research_study.items,
    activity_definition.items,
    evidence.items,
    clinical_use_definition.items,
    artifact_assessment.items,
)


class Kept(NamedTuple):
    """One resource as it goes into bundles."""

    references: tuple[str, ...]
    """The names of what it refers to, `Type/id`."""
    forward: tuple[str, ...]
    """Those of them that come after it."""
    day: str
    """The latest day on which its records say that somebody worked on them, if any."""
    entry: tuple[bytes, bytes]
    """Its entry in a collection or a document, on one line, before the commit's place and after."""
    put: tuple[bytes, bytes]
    """Its entry in a transaction."""


class Made(NamedTuple):
    """What is made of one record."""

    ids: dict[int, list[str]]
    """The ids of its resources by the rank of their type."""
    abroad: tuple[str, ...]
    """The names of what its resources refer to and is not among them."""
    cites: tuple[citation.Cited, ...]
    procedures: tuple[str, ...]
    """The procedures that a study is of: each has a page that leads to it."""
    packed: dict[int, bytes]
    """The resources by the rank of their type."""


class Given(NamedTuple):
    """What a record's second resources follow from beside it."""

    papers: tuple[citation.Cited, ...]
    """The papers that it is the first to cite, and that have no record."""
    studies: tuple[str, ...]
    """The files of the studies of a procedure."""


def items_of(exported: Exported) -> Iterator[Item]:
    """Yield the resources that follow from a record and from what it mentions."""
    for items in _OF_RECORD:
        yield from items(exported)


def further_items_of(exported: Exported, given: Given) -> Iterator[Item]:
    """Yield the resources of a record that follow from who mentions it, and who else does."""
    yield from citation.items_without_reference(exported, given.papers)
    yield from composition.items(exported, given.studies)


def _first(entry: Entry, corpus: Corpus, _: None) -> tuple[Any, ...]:
    record = entry.record
    assert record is not None  # noqa: S101 - only readable records are published
    exported = Exported(corpus, entry)
    cites = tuple(map(tuple, citation.cited_by(record)))
    procedures = record.procedures if isinstance(record, Study) else ()
    return _plain(exported, items_of(exported), cites, procedures)


def _further(entry: Entry, corpus: Corpus, given: Given) -> tuple[Any, ...]:
    exported = Exported(corpus, entry)
    return _plain(exported, further_items_of(exported, given), (), ())


FIRST: Final = Maker("fhir", _first)
FURTHER: Final = Maker("fhir further", _further)


def made(plain: Any) -> Made:
    """Return what a piece holds."""
    ids, abroad, cites, procedures, packed_ = plain
    return Made(ids, abroad, tuple(map(citation.Cited._make, cites)), procedures, packed_)


def _plain(
    exported: Exported, items: Iterable[Item], cites: tuple[Any, ...], procedures: tuple[str, ...]
) -> tuple[Any, ...]:
    found: dict[int, list[tuple[str, Kept]]] = {}
    for item in items:
        found.setdefault(RANKS[item.type], []).append((item.id, _kept(exported, item)))
    names = {f"{type_}/{id_}" for type_, rank in RANKS.items() for id_, _ in found.get(rank, ())}
    every = {name for kept in found.values() for _, one in kept for name in one.references}
    return (
        {rank: [id_ for id_, _ in kept] for rank, kept in found.items()},
        tuple(sorted(every - names)),
        cites,
        procedures,
        {rank: packed([tuple(one) for _, one in kept]) for rank, kept in found.items()},
    )


def _kept(exported: Exported, item: Item) -> Kept:
    """Make a resource, judge it, and write it."""
    resource = item.make()
    name = f"{item.type}/{item.id}"
    asked = references_of(resource, name)
    judge_targets(asked)
    shell = around(exported, item.type, item.id)
    request = {"request": {"method": "PUT", "url": name}}
    send = (shell if exported.config.base_url else {"resource": shell["resource"]}) | request
    judge_entry(shell | request)
    text = encode(resource, indent=None)
    shell["resource"] = msgspec.Raw(addressed(exported, text))
    send["resource"] = msgspec.Raw(text)
    references = tuple(dict.fromkeys(one.target for one in asked))
    own = RANKS[item.type], item.id
    return Kept(
        references,
        tuple(other for other in references if _order(other) > own),
        max(_DAY.findall(text), default=b"").decode(),
        _parted(exported, encode(shell, indent=None)),
        _parted(exported, encode(send, indent=None)),
    )


def around(exported: Exported, type_: str, id_: str) -> dict[str, Any]:
    """Return the entry of a resource in a bundle that is no transaction, but for its content."""
    return {
        "fullUrl": exported.addresses.url(type_, id_),
        "resource": {"resourceType": type_, "id": id_},
    }


def _order(name: str) -> tuple[int, str]:
    type_, _, id_ = name.partition("/")
    return RANKS.get(type_, len(RANKS)), id_


# Within a text a quote is written with a backslash, so that this is a field and nothing else.
_REFERENCE = re.compile(rb'"reference":"([A-Za-z]+)/([A-Za-z0-9.-]+)"')


def addressed(exported: Exported, text: bytes) -> bytes:
    """Write a resource's references as they stand in a bundle that is no transaction."""
    if exported.config.base_url:
        return text

    def target(found: re.Match[bytes]) -> bytes:
        type_, id_ = found[1].decode(), found[2].decode()
        return b'"reference":"' + exported.addresses.target(type_, id_).encode() + b'"'

    return _REFERENCE.sub(target, text)


def _parted(exported: Exported, text: bytes) -> tuple[bytes, bytes]:
    """Part a resource where the commit is to stand: at the start of the place it comes from."""
    before, found, after = text.partition(_field(exported.addresses.system("source")))
    assert found  # noqa: S101 - every resource says where it comes from
    return before + found, after


@lru_cache(maxsize=1)
def _field(system: str) -> bytes:
    """Return how the field begins that says where a resource comes from."""
    source = {"use": "secondary", "system": system, "value": ""}
    return encode(source, indent=None).removesuffix(b'"}')


# The days on which the records say that somebody worked on them.
_DAY = re.compile(
    rb'"(?:approvalDate|date|dateAccessed|lastReviewDate|time)":"([0-9]{4}-[0-9]{2}-[0-9]{2})"'
)
