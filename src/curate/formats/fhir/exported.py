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
from curate.kinds.study import Study
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
    """A published record, and those that it may name in a resource: no others than published."""

    def __init__(self, corpus: Corpus, entry: Entry) -> None:
        """Look at a corpus from one of its files, whose resources are made."""
        self.config = corpus.config
        self.addresses: Addresses = addresses(corpus.config)
        self.entry = entry
        self._corpus = corpus

    def records(self, kind: type[RecordT]) -> Iterator[tuple[Entry, RecordT]]:
        """Yield the file's record, if it is of a kind."""
        if isinstance(self.entry.record, kind):
            yield self.entry, self.entry.record

    def studies_of(self, pmid: int) -> list[Study]:
        """Return the published studies that a PMID is the paper of."""
        return [study for study in self._corpus.studies_of(pmid) if self._is_published(study)]

    def studies_at(self, paths: Iterable[str]) -> list[Study]:
        """Return the studies of some files."""
        found = (self._corpus.at(path) for path in paths)
        records = (entry.record for entry in found if entry is not None)
        return [record for record in records if isinstance(record, Study)]

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

    @cached_property
    def publisher(self) -> str:
        """Who answers for the corpus: its publisher, or the corpus by its title."""
        return self.config.publisher or self.config.title

    def _is_published(self, record: Record) -> bool:
        return record.status in self.config.publish
