"""What is published, by address, and who mentions whom: what every page asks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, TypeVar

from curate.cited import cited
from curate.corpus import Corpus, Entry, RecordT
from curate.finding import Where
from curate.formats.html.markup import Html, Inside, tag
from curate.formats.html.origin import Origin
from curate.kinds import KINDS, AnyRecord
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.kinds.reference import Reference
from curate.kinds.study import Study
from curate.parts.claim import Claim
from curate.parts.result import AdverseEvent, Outcome
from curate.record import Record, Waiver
from curate.results import results
from curate.waived import find_place

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")

Result = Outcome | AdverseEvent
Claiming = Procedure | Condition


class ClaimOf(NamedTuple):
    """A claim, and the record that makes it."""

    record: Claiming
    claim: Claim


class ResultOf(NamedTuple):
    """A result, its study, and where it stands there."""

    study: Study
    where: Where
    result: Result

    @property
    def name(self) -> str:
        """The result as claims cite it."""
        return f"{self.study.id}#{self.result.id}"


class Accepted(NamedTuple):
    """One place of a waiver: what is accepted there."""

    number: int
    """Which of the record's waivers it is."""
    waiver: Waiver
    where: Where | None


class Site:
    """The published records of a corpus, and what links them."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.entries: Mapping[tuple[str, str], Entry] = {
            (entry.record.kind, entry.record.id): entry
            for entry in corpus.published()
            if entry.record is not None
        }

    def all(self, kind: type[RecordT]) -> list[RecordT]:
        """Return the published records of a kind, by id."""
        records = (entry.record for entry in self.entries.values())
        return [record for record in records if isinstance(record, kind)]

    def get(self, kind: type[RecordT], id_: str) -> RecordT | None:
        """Return a published record."""
        entry = self.entries.get((kind.kind, id_))
        return entry.record if entry is not None and isinstance(entry.record, kind) else None

    def entry(self, record: Record) -> Entry:
        """Return the file that a record stands in."""
        return self.entries[record.kind, record.id]

    def origin(self, record: Record, where: Where = ()) -> Origin:
        """Return where a place of a record is written."""
        return Origin(self.entry(record), where, self.corpus.commit)

    @cached_property
    def references(self) -> Mapping[int, Reference]:
        """The references by PMID."""
        return {reference.pmid: reference for reference in self.all(Reference)}

    @cached_property
    def claims(self) -> tuple[ClaimOf, ...]:
        """Every claim, procedures' first."""
        records: list[Claiming] = [*self.all(Procedure), *self.all(Condition)]
        return tuple(ClaimOf(record, claim) for record in records for claim in record.claims)

    @cached_property
    def claims_on(self) -> Mapping[str, tuple[ClaimOf, ...]]:
        """The claims that a result carries, by `study#result`."""
        return _grouped((link, one) for one in self.claims for link in one.claim.evidence)

    @cached_property
    def results(self) -> Mapping[str, ResultOf]:
        """Every result, by `study#result`."""
        found = (
            ResultOf(study, where, result)
            for study in self.all(Study)
            for where, result in results(study)
        )
        return {one.name: one for one in found}

    @cached_property
    def studies_of(self) -> Mapping[tuple[str, str], tuple[Study, ...]]:
        """The studies of each procedure and condition, by kind and id."""
        return _grouped((name, study) for study in self.all(Study) for name in _subjects(study))

    @cached_property
    def measured_with(self) -> Mapping[str, tuple[ResultOf, ...]]:
        """The outcomes that each measure was used for."""
        return _grouped(
            (one.result.measure, one)
            for one in self.results.values()
            if isinstance(one.result, Outcome) and one.result.measure is not None
        )

    @cached_property
    def forms_of(self) -> Mapping[tuple[str, str], tuple[Claiming, ...]]:
        """The procedures and conditions that name another as their parent."""
        records: list[Claiming] = [*self.all(Procedure), *self.all(Condition)]
        return _grouped(
            ((record.kind, record.parent), record)
            for record in records
            if record.parent is not None
        )

    @cached_property
    def treated_with(self) -> Mapping[str, tuple[Procedure, ...]]:
        """The procedures that are used for each condition."""
        return _grouped(
            (condition, procedure)
            for procedure in self.all(Procedure)
            for condition in procedure.conditions
        )

    @cached_property
    def citing(self) -> Mapping[int, tuple[AnyRecord, ...]]:
        """The records that lean on each paper, each once."""
        citing: list[AnyRecord] = [record for kind in KINDS.values() for record in self.all(kind)]
        return _grouped(
            (pmid, record)
            for record in citing
            for pmid in dict.fromkeys(one.pmid for one in cited(record))
        )

    def accepted(self, record: Record) -> tuple[Accepted, ...]:
        """Return what a record's waivers accept, place by place."""
        value = self.entry(record).document.value
        return tuple(
            Accepted(number, waiver, find_place(value, at))
            for number, waiver in enumerate(record.waivers)
            for at in waiver.places
        )


class View(NamedTuple):
    """The site as one page sees it: with the way up to the root of all addresses."""

    site: Site
    up: str

    def link(
        self, record: Record, text: Inside = None, *, anchor: str = "", class_: str | None = None
    ) -> Html:
        """Return a link to a record's page."""
        href = f"{self.up}{address(record)}{anchor and f'#{anchor}'}"
        return tag("a", record.title if text is None else text, href=href, class_=class_)

    def named(self, kind: type[RecordT], id_: str, text: Inside = None) -> Html:
        """Return a link to the record of an id; the id alone where none is published."""
        record = self.site.get(kind, id_)
        return tag("code", id_) if record is None else self.link(record, text)


def address(record: Record) -> str:
    """Return the address of a record's page, from the root of the site."""
    return f"{record.folder}/{record.id}.html"


def _subjects(study: Study) -> Iterator[tuple[str, str]]:
    """Yield the procedures and conditions that a study is of, each once."""
    procedures = [*study.procedures, *(id_ for one in study.groups for id_ in one.procedures)]
    parts = [part for group in study.groups for part in group.parts]
    conditions = [*study.conditions, *(id_ for part in parts for id_ in part.conditions)]
    yield from (("procedure", id_) for id_ in dict.fromkeys(procedures))
    yield from (("condition", id_) for id_ in dict.fromkeys(conditions))


def _grouped(pairs: Iterable[tuple[KeyT, ValueT]]) -> Mapping[KeyT, tuple[ValueT, ...]]:
    found: defaultdict[KeyT, list[ValueT]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}
