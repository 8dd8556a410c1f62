"""The files of a corpus as the index knows them; a file is read when it is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from curate.corpus import Entry, Question
from curate.facts import Facts, Holder, facts_of
from curate.finding import Finding
from curate.index import layout
from curate.index.rows import (
    Row,
    finding_of,
    holder_of,
    plain_findings,
    plain_questions,
    row_of,
)
from curate.index.store import Damaged, Store


class Shelf:
    """A library over an index, and what was asked and found."""

    def __init__(self, store: Store, read: Callable[[str, str], Entry]) -> None:
        self._store = store
        self._read = read
        self.root = dict(store.root)
        self.versions: dict[str, str] = {}
        """What names the content of the files that are taken in."""
        self._dirty: dict[int, Any] = {}
        self._loaded: dict[str, Entry] = {}

    def holders(self, term: str) -> Sequence[Holder]:
        """Return the files that a term is of, in the order of their paths."""
        return [holder_of(one) for one in self._spread(term)[layout.TERMS].get(term, ())]

    def entry(self, path: str) -> Entry:
        """Return a file, read now."""
        if path not in self._loaded:
            self._loaded[path] = self._read(path, self._row(path).version)
        return self._loaded[path]

    def line(self, path: str, number: int) -> str:
        """Return a line that a finding stands on, as it was kept, or any other by reading."""
        _, findings = self.reported.get(path, (False, ()))
        for plain, line in findings:
            if finding_of(plain).span.line == number:
                return str(line)
        return self.entry(path).document.line(number)

    def version(self, path: str) -> object:
        """Return what differs as soon as the file's text does."""
        return self._row(path).version

    def entries(self) -> tuple[Entry, ...]:
        """Return every file, read."""
        return tuple(self.entry(path) for path in self.paths())

    def known(self) -> Iterator[tuple[Facts, str]]:
        """Yield what is known of every file and what names its text, in the order of the paths."""
        for path in self.paths():
            row = self._row(path)
            yield row.facts(path), row.version

    @property
    def count(self) -> int:
        """How many files there are."""
        number: int = self.root["files"]
        return number

    def paths(self) -> list[str]:
        """Return the paths of all files, sorted."""
        return sorted(self.listing)

    def ids(self, kind: str) -> frozenset[str]:
        """Return the ids of all records of a kind: as named, and as written inside."""
        found = set()
        for path, (of_kind, inside, _) in self.listing.items():
            if of_kind == kind:
                found.add(path.rsplit("/", 1)[-1].removesuffix(".yaml"))
                found.update(() if inside is None else (inside,))
        return frozenset(found)

    def has(self, kind: str) -> bool:
        """Tell whether any record of a kind can be read."""
        return bool(self.root["readable"].get(kind))

    def parents(self, kind: str) -> Mapping[str, str]:
        """Return the parent that each record of a kind names."""
        found: dict[str, str] = self._page(layout.PARENTS).get(kind, {})
        return found

    @property
    def listing(self) -> dict[str, Any]:
        """Path → kind, id written inside, stamp."""
        found: dict[str, Any] = self._page(layout.LISTING)
        return found

    @property
    def reported(self) -> dict[str, Any]:
        """Path → whether it is a draft, and its findings."""
        found: dict[str, Any] = self._page(layout.REPORTED)
        return found

    def findings(self) -> Iterator[Finding]:
        """Yield all that was found, in reading order."""
        for path in sorted(self.reported):
            for plain, _ in self.reported[path][1]:
                yield finding_of(plain)

    def drafts(self) -> list[str]:
        """Return the paths of the drafts."""
        return [path for path, (is_draft, _) in self.reported.items() if is_draft]

    def facts(self, path: str) -> Facts | None:
        """Return what is known of a path."""
        row = self._spread(path)[layout.FILES].get(path)
        return None if row is None else Row(*row).facts(path)

    def is_version(self, path: str, version: str) -> bool:
        """Tell whether a file is known with this content."""
        row = self._spread(path)[layout.FILES].get(path)
        return row is not None and row[0] == version

    def askers(self, question: Question) -> Sequence[str]:
        """Return the files whose rules asked this."""
        key = f"{question.how} {question.about}"
        found: Sequence[str] = self._spread(question.about)[layout.ASKERS].get(key, ())
        return found

    @property
    def digest(self) -> bytes:
        """What names all that the index holds."""
        return self._store.digest

    def stamp(self, path: str, stamp: Any) -> None:
        """Note by what to see that a file has not changed."""
        kind, inside, old = self.listing[path]
        if old != stamp:
            self._change(layout.LISTING)[path] = kind, inside, stamp

    def put(self, entry: Entry) -> None:
        """Take in a file that is new or has changed; what it asked stays until it is checked."""
        path, facts = entry.path, facts_of(entry)
        old = self._known(path)
        if old is not None:
            self._take_out(old.facts(path))
        self._loaded[path] = entry
        asked = () if old is None else old.asked
        row = row_of(facts, self.versions[path], asked)
        self._change_spread(path)[layout.FILES][path] = tuple(row)
        for term in facts.terms:
            of_term = self._change_spread(term)[layout.TERMS]
            of_term[term] = tuple(sorted((*of_term.get(term, ()), tuple(facts.holder))))
        if old is None or old.inside != facts.inside:
            # The list of all files is long: it is only read and written where it changes.
            inside = None if facts.inside == facts.id else facts.inside
            self._change(layout.LISTING)[path] = facts.kind, inside, None
        if facts.kind is not None and facts.parent is not None:
            self._change(layout.PARENTS).setdefault(facts.kind, {})[facts.id] = facts.parent
        self._count(facts, 1)
        self.root["files"] += old is None

    def drop(self, path: str) -> None:
        """Take out a file that is no longer there."""
        row = self._row(path)
        self._take_out(row.facts(path))
        self._replace_asked(path, row.asked, ())
        self._loaded.pop(path, None)
        self.root["files"] -= 1
        del self._change_spread(path)[layout.FILES][path]
        del self._change(layout.LISTING)[path]
        self._report(path, is_draft=False, findings=())

    def note(self, entry: Entry, asked: set[Question], findings: list[Finding]) -> None:
        """Note what the rules asked of the others while they ran on a file, and what they found."""
        row, plain = self._row(entry.path), plain_questions(asked)
        if row.asked != plain:
            self._replace_asked(entry.path, row.asked, plain)
            new = tuple(row._replace(asked=plain))
            self._change_spread(entry.path)[layout.FILES][entry.path] = new
        found = plain_findings(findings, entry)
        self._report(entry.path, is_draft=row.status == "draft", findings=found)

    def save(self, state: dict[str, Any]) -> None:
        """Write what has changed, and by what to see the next changes."""
        root = {**self.root, **state}
        if self._dirty or root != self._store.root:
            self._store.write(self._dirty, root)

    def _page(self, number: int) -> Any:
        page = self._store.read(number)
        if page is None:
            page = {} if number < layout.FIRST else layout.empty()
            self._store.keep(number, page)
        return page

    def _change(self, number: int) -> Any:
        self._dirty[number] = self._page(number)
        return self._dirty[number]

    def _number(self, key: str) -> int:
        return layout.page_of(key, self.root["pages"])

    def _spread(self, key: str) -> layout.Spread:
        found: layout.Spread = self._page(self._number(key))
        return found

    def _change_spread(self, key: str) -> layout.Spread:
        found: layout.Spread = self._change(self._number(key))
        return found

    def _known(self, path: str) -> Row | None:
        row = self._spread(path)[layout.FILES].get(path)
        return None if row is None else Row(*row)

    def _row(self, path: str) -> Row:
        row = self._known(path)
        if row is None:
            raise Damaged(f"{path} is in the index, and is not")
        return row

    def _take_out(self, facts: Facts) -> None:
        for term in facts.terms:
            of_term = self._change_spread(term)[layout.TERMS]
            left = tuple(one for one in of_term.get(term, ()) if one[0] != facts.path)
            of_term.pop(term, None)
            if left:
                of_term[term] = left
        if facts.kind is not None and facts.parent is not None:
            self._change(layout.PARENTS)[facts.kind].pop(facts.id, None)
        self._count(facts, -1)

    def _count(self, facts: Facts, by: int) -> None:
        if facts.kind is not None and facts.readable:
            readable = dict(self.root["readable"])
            readable[facts.kind] = readable.get(facts.kind, 0) + by
            self.root["readable"] = readable

    def _replace_asked(
        self, path: str, old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]
    ) -> None:
        for how, about in {*old} - {*new}:
            askers = self._change_spread(about)[layout.ASKERS]
            left = tuple(one for one in askers.get(f"{how} {about}", ()) if one != path)
            askers.pop(f"{how} {about}", None)
            if left:
                askers[f"{how} {about}"] = left
        for how, about in {*new} - {*old}:
            askers = self._change_spread(about)[layout.ASKERS]
            askers[f"{how} {about}"] = (*askers.get(f"{how} {about}", ()), path)

    def _report(self, path: str, *, is_draft: bool, findings: tuple[Any, ...]) -> None:
        said = (is_draft, findings) if is_draft or findings else None
        if self.reported.get(path) != said:
            self._change(layout.REPORTED).pop(path, None)
            if said is not None:
                self._change(layout.REPORTED)[path] = said
