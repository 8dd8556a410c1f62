"""All records of a corpus, and the questions that rules and formats ask of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from typing import Any, NamedTuple, TypeVar

from curate.circles import circles
from curate.config import Config
from curate.entry import Entry, kind_of
from curate.facts import Facts, Holder, folded
from curate.fields import marked
from curate.finding import Where
from curate.kinds import FOLDERS, KINDS
from curate.kinds.reference import Reference
from curate.kinds.study import Study
from curate.library import Held, Library
from curate.marks import OutcomeOf, RefTo, SameKind
from curate.parts.result import AdverseEvent, Outcome
from curate.record import Record
from curate.results import result_of
from curate.same_paper import author_keys, title_keys
from curate.suggest import did_you_mean, one_slip_away, only_one
from curate.today import today

RecordT = TypeVar("RecordT", bound=Record)

_FEW = 100
"""Among so many ids a misspelt one is compared with each."""


class Link(NamedTuple):
    """A mention of another record: where it stands, and the kind and id that it names."""

    where: Where
    kind: str
    id: str
    result: str | None = None
    """For `study#outcome`: the id of the outcome or adverse event."""


def _links(record: Record) -> Iterator[Link]:
    for where, value, mark in marked(record, _OF_OTHERS):
        if isinstance(mark, OutcomeOf):
            id_, _, result = value.partition("#")
            yield Link(where, mark.kind, id_, result)
        else:
            yield Link(where, mark.kind if isinstance(mark, RefTo) else record.kind, value)


_OF_OTHERS = RefTo, OutcomeOf, SameKind


class Question(NamedTuple):
    """What a rule asked of the other records, in a form that can be asked again."""

    how: str
    """`who`: the paths that a term is of; `state`: their status as well; `whole`: all they say;
    `ids` of a kind; whether there is `any` of a kind; the `circle` that begins at a record;
    `today`; or `all` there is."""
    about: str = ""


TODAY = Question("today")


class Corpus:
    """Every entry, by kind and id. Frozen once built.

    What is asked while one entry is checked is noted in `asked`, if that is given: as long as the
    answers stay the same, the entry's findings do. Rules need not know; but what they keep from one
    record to the next must never come from a corpus.
    """

    def __init__(
        self,
        entries: Iterable[Entry] | Library,
        config: Config,
        commit: str | None = None,
        day: date | None = None,
    ) -> None:
        self._config = config
        self.commit = commit
        """The git commit whose records these are; None where they are others, or git knows none."""
        self._library: Library = Held(entries) if isinstance(entries, Iterable) else entries
        self._kept: dict[str, Any] = {} if day is None else {"today": day}
        self._asked: set[Question] | None = None

    def noting(self, asked: set[Question]) -> "Corpus":
        """Return the same corpus, which notes what it is asked."""
        noting = copy(self)
        noting._asked = asked  # noqa: SLF001 - it is one of these
        return noting

    def at_no_commit(self) -> "Corpus":
        """Return the same corpus for what must not differ from one commit to the next."""
        return Corpus(self._library, self._config, day=self._kept.get("today"))

    def renewed(self) -> "Corpus":
        """Return the corpus as it is now that its library has changed, or the day."""
        return Corpus(self._library, self._config, self.commit)

    @property
    def config(self) -> Config:
        """What the corpus says of itself; another one makes another corpus."""
        return self._config

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in the order of their paths."""
        self._note("all")
        return self._library.entries()

    def entry(self, kind: str, id_: str) -> Entry | None:
        """Return the file of a record, readable or not."""
        facts = self._owner("whole", kind, id_)
        return None if facts is None else self._library.entry(facts.path)

    def at(self, path: str) -> Entry | None:
        """Return the file at a path."""
        self._note("who", f"path {folded(path)}")
        term = f"path {folded(path)}"
        self._note("whole", term)
        there = any(facts.path == path for facts in self._library.holders(term))
        return self._library.entry(path) if there else None

    def line(self, path: str, number: int) -> str:
        """Return a line of a file that is there, counted from 1, without its line end."""
        return self._library.line(path, number)

    def state(self, kind: str, id_: str) -> Holder | None:
        """Return what the others may know of a record without reading it: how far it is."""
        return self._owner("state", kind, id_)

    def owner(self, kind: str, id_: str) -> str | None:
        """Return the path of a record."""
        facts = self._owner("who", kind, id_)
        return None if facts is None else facts.path

    def exists(self, kind: str, id_: str) -> bool:
        """Tell whether there is such a record; one too broken to read exists."""
        return self._owner("who", kind, id_) is not None

    def ids(self, kind: str) -> list[str]:
        """Return the ids of all records of a kind, sorted."""
        self._note("ids", kind)
        if f"ids {kind}" not in self._kept:
            self._kept[f"ids {kind}"] = sorted(self._library.ids(kind))
        found: list[str] = self._kept[f"ids {kind}"]
        return found

    def links(self, record: Record) -> tuple[Link, ...]:
        """Return every mention of another record, whatever field it stands in."""
        return tuple(_links(record))

    def guess(self, kind: str, id_: str) -> str:
        """Return "Did you mean …?" for an id of this kind that is not there, or nothing.

        Among many ids only one that is a single slip away is meant: in a corpus whose files went
        missing, comparing each mention with each record would take hours and help nobody.
        """
        known = self.ids(kind)
        if len(known) <= _FEW:
            return did_you_mean(id_, known)
        near = self._one_slip_away(kind, id_)
        return f"Did you mean `{near}`?" if near is not None else ""

    def meant(self, kind: str, id_: str) -> str | None:
        """Return the one record that an id which is not there is a misspelling of, if one is."""
        known = self.ids(kind)
        if len(known) > _FEW:
            near = self._one_slip_away(kind, id_)
            known = [] if near is None else [near]
        return only_one(id_, known)

    def records(self, kind: type[RecordT]) -> Iterator[RecordT]:
        """Yield the readable records of a kind, sorted by file name."""
        for entry in self.entries:
            if isinstance(entry.record, kind):
                yield entry.record

    def has(self, kind: type[Record]) -> bool:
        """Tell whether there is any readable record of a kind."""
        self._note("any", kind.kind)
        return self._library.has(kind.kind)

    def get(self, kind: type[RecordT], id_: str) -> RecordT | None:
        """Return a readable record."""
        entry = self.entry(kind.kind, id_)
        return entry.record if entry is not None and isinstance(entry.record, kind) else None

    def known(self) -> Iterator[tuple[Facts, object]]:
        """Yield what is known of every file and what names its text, in the order of the paths."""
        self._note("all")
        return self._library.known()

    def published(self) -> Iterator[Entry]:
        """Yield the entries that are exported: those of a status that curate.toml publishes."""
        for facts, _ in self.known():
            if self.publishes(facts):
                yield self._library.entry(facts.path)

    def publishes(self, file: Holder) -> bool:
        """Tell whether a file is exported."""
        return file.readable and file.status in self.config.publish

    @property
    def studies_by_pmid(self) -> Mapping[int, tuple[Study, ...]]:
        """The studies that each PMID is the paper of; a rule asks `studies_of` one PMID."""
        found: defaultdict[int, list[Study]] = defaultdict(list)
        for study in self.records(Study):
            if study.pmid is not None:
                found[study.pmid].append(study)
        return {pmid: tuple(studies) for pmid, studies in found.items()}

    @property
    def references_by_pmid(self) -> Mapping[int, Reference]:
        """The readable references by the PMID that they give; a rule asks `reference_of` one."""
        return {reference.pmid: reference for reference in self.records(Reference)}

    def studies_of(self, pmid: int) -> tuple[Study, ...]:
        """Return the studies that a PMID is the paper of."""
        return self._holding(Study, f"pmid study {pmid}")

    def files_of_paper(self, pmid: int) -> Sequence[Holder]:
        """Return the files of the studies that a PMID is the paper of, without reading them."""
        return self._files("who", f"pmid study {pmid}")

    def studies_with_doi(self, doi: str) -> tuple[Study, ...]:
        """Return the studies whose paper has this DOI."""
        return self._holding(Study, f"doi study {doi.casefold()}")

    def reference_of(self, pmid: int) -> Reference | None:
        """Return the readable reference that gives a PMID; of several the last by path."""
        found = self._holding(Reference, f"pmid reference {pmid}")
        return found[-1] if found else None

    def references_with(self, key: str) -> tuple[Reference, ...]:
        """Return the references under a key of `same_paper.paper_keys`."""
        return self._holding(Reference, f"paper reference {key}")

    def references_titled(self, title: str) -> tuple[Reference, ...]:
        """Return the references whose title is perhaps this one, and all for which it is."""
        return self._any_of(f"title reference {key}" for key in title_keys(title))

    def references_by(self, author: str, year: int) -> tuple[Reference, ...]:
        """Return the references of a year whose first author is perhaps this one."""
        return self._any_of(f"author reference {year} {key}" for key in author_keys(author))

    def namesakes(self, path: str) -> Sequence[Holder]:
        """Return the files that are one where case and forms of a letter are ignored."""
        return self._files("who", f"path {folded(path)}")

    def circle(self, kind: str, id_: str) -> tuple[str, ...] | None:
        """Return the parents that lead from a record back to it, if its id is their smallest."""
        self._note("circle", f"{kind} {id_}")
        return self.circles(kind).get(id_)

    def circles(self, kind: str) -> Mapping[str, tuple[str, ...]]:
        """Return each circle of parents by the smallest of its ids, with which it begins."""
        if f"circles {kind}" not in self._kept:
            found = circles(self._library.parents(kind))
            self._kept[f"circles {kind}"] = {circle[0]: tuple(circle) for circle in found}
        known: Mapping[str, tuple[str, ...]] = self._kept[f"circles {kind}"]
        return known

    @property
    def today(self) -> date:
        """The day it is: asked only by what depends on it, and set by SOURCE_DATE_EPOCH."""
        self._note("today")
        if "today" not in self._kept:
            self._kept["today"] = today()
        found: date = self._kept["today"]
        return found

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

    def has_result(self, study: str, id_: str) -> bool:
        """Tell whether a study has an outcome or adverse event, or cannot be read."""
        entry = self.entry("study", study)
        record = None if entry is None else entry.record
        if isinstance(record, Study):
            return result_of(record, id_) is not None
        known = self.result_ids(study)
        return known is None or id_ in known

    def result(self, study: str, id_: str) -> Outcome | AdverseEvent | None:
        """Return one outcome or adverse event of a readable study."""
        record = self.get(Study, study)
        return None if record is None else result_of(record, id_)

    def answer(self, question: Question) -> object:
        """Answer a question again, with something that is equal as long as the answer is."""
        library, (how, about) = self._library, question
        match how:
            case "who":
                return [facts.path for facts in library.holders(about)]
            case "state":
                found = library.holders(about)
                return [(facts.path, facts.status, facts.readable) for facts in found]
            case "whole":
                return [
                    (found.path, library.version(found.path)) for found in library.holders(about)
                ]
        kind, _, id_ = about.partition(" ")
        answers: dict[str, Callable[[], object]] = {
            "ids": lambda: library.ids(kind),
            "any": lambda: library.has(kind),
            "circle": lambda: self.circles(kind).get(id_),
            "today": lambda: self.today,
            "all": object,
        }
        return answers[how]()

    def _one_slip_away(self, kind: str, id_: str) -> str | None:
        if f"set {kind}" not in self._kept:
            self._kept[f"set {kind}"] = frozenset(self.ids(kind))
        return one_slip_away(id_, self._kept[f"set {kind}"])

    def _note(self, how: str, about: str = "") -> None:
        if self._asked is not None:
            self._asked.add(Question(how, about))

    def _owner(self, how: str, kind: str, id_: str) -> Holder | None:
        """Return the file of a record: the one so named, or else the first that calls itself so."""
        return self._first(how, f"named {kind} {id_}") or self._first(how, f"inside {kind} {id_}")

    def _first(self, how: str, term: str) -> Holder | None:
        holders = self._files(how, term)
        return holders[0] if holders else None

    def _files(self, how: str, term: str) -> Sequence[Holder]:
        if self._asked is not None:
            self._asked.add(Question(how, term))
        return self._library.holders(term)

    def _holding(self, kind: type[RecordT], term: str) -> tuple[RecordT, ...]:
        found = []
        for file in self._files("whole", term):
            record = self._library.entry(file.path).record
            if isinstance(record, kind):
                found.append(record)
        return tuple(found)

    def _any_of(self, terms: Iterable[str]) -> tuple[Reference, ...]:
        """Return the references that one of the terms is of, one for each PMID."""
        found: dict[int, Reference] = {}
        for term in terms:
            for reference in self._holding(Reference, term):
                if reference is self.reference_of(reference.pmid):
                    found[reference.pmid] = reference
        return tuple(found.values())


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


__all__ = ["FOLDERS", "KINDS", "TODAY", "Corpus", "Entry", "Link", "Question", "kind_of", "place"]
