"""All records of a corpus, and the questions that rules and formats ask of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from curate.config import Config
from curate.document import Document, Fault
from curate.fields import marked
from curate.finding import Where
from curate.kinds import FOLDERS, KINDS, AnyRecord
from curate.kinds.reference import Reference
from curate.kinds.study import Study
from curate.parts.result import AdverseEvent, Outcome
from curate.record import OutcomeOf, Record, RefTo, SameKind
from curate.suggest import did_you_mean, only_one
from curate.today import today

RecordT = TypeVar("RecordT", bound=Record)

_MOST_GUESSES = 20


class Entry:
    """One file of the corpus: its document, its record if it could be read, and its faults."""

    __slots__ = ("document", "faults", "kind", "path", "record")

    def __init__(
        self,
        path: str,
        kind: str | None,
        document: Document,
        record: AnyRecord | None,
        faults: tuple[Fault, ...],
    ) -> None:
        self.path = path
        self.kind = kind
        self.document = document
        self.record = record
        self.faults = faults

    @property
    def id(self) -> str:
        """The id that the file's name gives its record; a broken record keeps it."""
        return self.path.rsplit("/", 1)[-1].removesuffix(".yaml")

    @property
    def status(self) -> str | None:
        """The status that is written, even where the record cannot be read otherwise."""
        status = (self.document.value or {}).get("status")
        return status if isinstance(status, str) else None

    def named(self, name: str) -> Iterator[Fault]:
        """Yield the faults of one name."""
        return (fault for fault in self.faults if fault.name == name)


class Link(NamedTuple):
    """A mention of another record: where it stands, and the kind and id that it names."""

    where: Where
    kind: str
    id: str
    result: str | None = None
    """For `study#outcome`: the id of the outcome or adverse event."""


def _links(record: Record) -> Iterator[Link]:
    for found in marked(record, RefTo):
        yield Link(found.where, found.mark.kind, found.value)
    for found in marked(record, OutcomeOf):
        id_, _, result = found.value.partition("#")
        yield Link(found.where, found.mark.kind, id_, result)
    for found in marked(record, SameKind):
        yield Link(found.where, record.kind, found.value)


def kind_of(path: str) -> str | None:
    """Return the kind of record that a path is for: records/<folder>/<id>.yaml."""
    steps = path.split("/")
    return FOLDERS.get(steps[1]) if len(steps) == 3 else None  # noqa: PLR2004 - as written above


class Corpus:
    """Every entry, by kind and id. Frozen once built."""

    def __init__(self, entries: Iterable[Entry], config: Config, commit: str | None = None) -> None:
        self.config = config
        self.commit = commit
        """The git commit whose records these are; None where they are others, or git knows none."""
        self.entries: tuple[Entry, ...] = tuple(sorted(entries, key=lambda entry: entry.path))
        self._guesses: dict[tuple[str, str], str] = {}
        self._meant: dict[tuple[str, str], str | None] = {}
        self._last_links: tuple[Record | None, tuple[Link, ...]] = None, ()

    @cached_property
    def _by_id(self) -> Mapping[tuple[str, str], Entry]:
        """Entries by kind and id: the file's name, and the id inside where it differs."""
        found: dict[tuple[str, str], Entry] = {}
        for entry in self.entries:
            if entry.kind is not None:
                found[entry.kind, entry.id] = entry
        for entry in self.entries:
            inside = (entry.document.value or {}).get("id")
            if entry.kind is not None and isinstance(inside, str):
                found.setdefault((entry.kind, inside), entry)
        return found

    def entry(self, kind: str, id_: str) -> Entry | None:
        """Return the file of a record, readable or not."""
        return self._by_id.get((kind, id_))

    def exists(self, kind: str, id_: str) -> bool:
        """Tell whether there is such a record; one too broken to read exists."""
        return (kind, id_) in self._by_id

    def ids(self, kind: str) -> list[str]:
        """Return the ids of all records of a kind, sorted."""
        return sorted(id_ for found, id_ in self._by_id if found == kind)

    def links(self, record: Record) -> tuple[Link, ...]:
        """Return every mention of another record, whatever field it stands in.

        Several rules ask about one record in a row, so the last answer is kept.
        """
        if self._last_links[0] is not record:
            self._last_links = record, tuple(_links(record))
        return self._last_links[1]

    def guess(self, kind: str, id_: str) -> str:
        """Return "Did you mean …?" for an id of this kind that is not there, or nothing.

        Each id is looked up once, and only so many: in a corpus whose files went missing, a guess
        for each mention would take hours and help nobody.
        """
        if (kind, id_) not in self._guesses:
            if len(self._guesses) >= _MOST_GUESSES:
                return ""
            self._guesses[kind, id_] = did_you_mean(id_, self.ids(kind))
        return self._guesses[kind, id_]

    def meant(self, kind: str, id_: str) -> str | None:
        """Return the one record that an id which is not there is a misspelling of, if one is."""
        if (kind, id_) not in self._meant:
            within = len(self._meant) < _MOST_GUESSES
            self._meant[kind, id_] = only_one(id_, self.ids(kind)) if within else None
        return self._meant[kind, id_]

    def records(self, kind: type[RecordT]) -> Iterator[RecordT]:
        """Yield the readable records of a kind, sorted by file name."""
        for entry in self.entries:
            if isinstance(entry.record, kind):
                yield entry.record

    def get(self, kind: type[RecordT], id_: str) -> RecordT | None:
        """Return a readable record."""
        entry = self.entry(kind.kind, id_)
        return entry.record if entry is not None and isinstance(entry.record, kind) else None

    def published(self) -> Iterator[Entry]:
        """Yield the entries that are exported: those of a status that curate.toml publishes."""
        for entry in self.entries:
            if entry.record is not None and entry.record.status in self.config.publish:
                yield entry

    @cached_property
    def studies_by_pmid(self) -> Mapping[int, tuple[Study, ...]]:
        """The studies that each PMID is the paper of."""
        found: defaultdict[int, list[Study]] = defaultdict(list)
        for study in self.records(Study):
            if study.pmid is not None:
                found[study.pmid].append(study)
        return {pmid: tuple(studies) for pmid, studies in found.items()}

    @cached_property
    def references_by_pmid(self) -> Mapping[int, Reference]:
        """The readable references by the PMID that they give."""
        return {reference.pmid: reference for reference in self.records(Reference)}

    @cached_property
    def today(self) -> date:
        """The day it is: asked only by what depends on it, and set by SOURCE_DATE_EPOCH."""
        return today()

    def result_ids(self, study: str) -> list[str] | None:
        """Return the ids of a study's outcomes and adverse events, or None if unreadable.

        A study that fails its schema elsewhere still has them.
        """
        entry = self.entry("study", study)
        if entry is None or entry.document.value is None:
            return None
        return [
            part["id"]
            for field in ("outcomes", "adverse_events")
            for part in _dicts(entry.document.value.get(field))
            if isinstance(part.get("id"), str)
        ]

    def result(self, study: str, id_: str) -> Outcome | AdverseEvent | None:
        """Return one outcome or adverse event of a readable study."""
        record = self.get(Study, study)
        if record is None:
            return None
        both: tuple[Outcome | AdverseEvent, ...] = (*record.outcomes, *record.adverse_events)
        return next((result for result in both if result.id == id_), None)


def place(value: Any, where: Where) -> str:
    """Write a place as a waiver does: field names and, for a list's parts, their ids.

    `("outcomes", 3, "count")` becomes `outcomes.score-12-mo.count`; a part without an id keeps its
    index.
    """
    steps: list[str] = []
    for step in where:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
        named = value.get("id") if isinstance(step, int) and isinstance(value, dict) else None
        steps.append(named if isinstance(named, str) else str(step))
    return ".".join(steps)


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the mappings of what should be a list of them."""
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))


__all__ = ["FOLDERS", "KINDS", "Corpus", "Entry", "Link", "kind_of", "place"]
