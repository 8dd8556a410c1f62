"""What is exported of a corpus, and how its resources are addressed: what every builder asks."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from curate.corpus import Corpus, Entry
from curate.finding import Where, pointer
from curate.formats.fhir.codes import term
from curate.formats.fhir.ids import Addresses, addresses, citation_id
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.lines import line_of
from curate.record import Record

RecordT = TypeVar("RecordT", bound=Record)
Resource = dict[str, Any]


class Item(NamedTuple):
    """A resource to be made: its type and id, and how to make it when its turn comes."""

    type: str
    id: str
    make: Callable[[], Resource]


class Origin(NamedTuple):
    """The place in the records that a resource comes from."""

    entry: Entry
    where: Where = ()

    def __str__(self) -> str:
        """Write path, line and JSON Pointer: `records/studies/x.yaml:12#/outcomes/3`."""
        line = line_of(self.entry.document, self.where)
        return f"{self.entry.path}:{line}#{pointer(self.where)}"


class Exported:
    """The published records of a corpus. Nothing else may be named in a resource."""

    def __init__(self, corpus: Corpus) -> None:
        self.config = corpus.config
        self.addresses: Addresses = addresses(corpus.config)
        self._corpus = corpus

    def records(self, kind: type[RecordT]) -> Iterator[tuple[Entry, RecordT]]:
        """Yield the published records of a kind with their files, sorted by path."""
        for entry in self._corpus.published():
            if isinstance(entry.record, kind):
                yield entry, entry.record

    def get(self, kind: type[RecordT], id_: str) -> RecordT | None:
        """Return a record if it is published."""
        record = self._corpus.get(kind, id_)
        return record if record is not None and self._is_published(record) else None

    def refer(self, type_: str, id_: str, display: str | None = None) -> Resource:
        """Return a reference to a resource, which names it `Type/id` as a server does.

        Where there is no base URL, a bundle that is read by itself says its UUID instead.
        """
        return {"reference": f"{type_}/{id_}", "type": type_, "display": display}

    def cite(self, pmid: int, type_: str = "citation") -> Resource:
        """Return the link to the Citation of a PMID."""
        reference = self.refer("Citation", citation_id(pmid), f"PMID {pmid}")
        return {"type": type_, "resourceReference": reference}

    def cite_all(self, pmids: Iterable[int]) -> list[Resource]:
        """Return the links to the Citations of PMIDs, each once, in ascending order."""
        return [self.cite(pmid) for pmid in sorted(set(pmids))]

    def term(self, kind: type[Condition | Procedure], id_: str) -> Resource:
        """Return a condition or procedure as a CodeableConcept; by its id if unpublished."""
        record = self.get(kind, id_)
        return term(id_) if record is None else term(record.title, record.codes)

    def name(self, kind: type[Record], id_: str) -> str:
        """Return a record's title; its id if it is unpublished."""
        record = self.get(kind, id_)
        return id_ if record is None else record.title

    def source(self, origin: Origin) -> str:
        """Say where a resource comes from as git does, `<commit>:<path>`, if there is a commit."""
        commit = self._corpus.commit
        return str(origin) if commit is None else f"{commit}:{origin}"

    @cached_property
    def publisher(self) -> str:
        """Who answers for the corpus: its publisher, or the corpus by its title."""
        return self.config.publisher or self.config.title

    def _is_published(self, record: Record) -> bool:
        return record.status in self.config.publish
