"""Where the resources of an export are, in the order of the collection: on disk."""

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple
from weakref import finalize

from curate.formats.fhir.citation import Cited
from curate.formats.fhir.conformance import NotConformant, Problem
from curate.formats.fhir.made import FIRST, FURTHER, RANKS, Given, Kept, Made, made
from curate.kinds.procedure import Procedure
from curate.pieces import Pieces, Task, unpacked
from curate.refusal import Refusal

_MAKERS: Final = (FIRST, FURTHER)
_TYPES: Final = tuple(RANKS)
_RECENT: Final = 256


class Found(NamedTuple):
    """A resource and its place in the collection."""

    place: int
    name: str
    """`Type/id`."""
    kept: Kept


class Shelf:
    """All resources of an export.

    All bundles hold the same resources, and a corpus of ten thousand records has a gigabyte of
    them. So they are taken from the pieces when a bundle wants them, and not held in memory.
    """

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        # SQLite puts a database without a name into a file of its own, and takes it away itself.
        self._rows = sqlite3.connect("", isolation_level=None)
        finalize(self, self._rows.close)
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("PRAGMA synchronous = OFF")
        self._rows.execute(f"CREATE TABLE found ({_COLUMNS})")
        self._rows.execute(f"CREATE TABLE placed (place INTEGER PRIMARY KEY, {_COLUMNS})")
        self._given: dict[int, Given] = {}
        self._resources = lru_cache(_RECENT)(self._read)
        try:
            self._fill()
        except sqlite3.OperationalError as error:
            raise Refusal(f"The resources of FHIR cannot be kept on disk: {error}.") from error

    def __len__(self) -> int:
        found: tuple[int] = self._rows.execute("SELECT count(*) FROM placed").fetchone()
        return found[0]

    def all(self, first: int = 0, last: int | None = None) -> Iterator[Found]:
        """Yield the resources from one place to before another, in order."""
        end = len(self) if last is None else last
        return map(self._found, self._rows.execute(_BETWEEN, (first, end)))

    def names(self, type_: str) -> list[str]:
        """Return the names of the resources of a type, in order."""
        found = self._rows.execute("SELECT id FROM placed WHERE rank = ?", (RANKS[type_],))
        return sorted(f"{type_}/{id_}" for (id_,) in found)

    def get(self, name: str) -> Found | None:
        """Return a resource by its name."""
        row = self._rows.execute(_NAMED, _key(name)).fetchone()
        return None if row is None else self._found(row)

    def place(self, name: str) -> int | None:
        """Return the place of a resource in the collection."""
        row = self._rows.execute(_NAMED, _key(name)).fetchone()
        return None if row is None else row[0]

    def judge(self) -> None:
        """Ask that whatever a resource refers to is there; what its own record makes is."""
        for maker, numbers in enumerate((range(len(self._pieces.published)), self._given)):
            for number in numbers:
                where = self._pieces.published[number].path
                wrong = [
                    Problem(where, "reference", f"{name} leads to nothing that is there")
                    for name in self._made(maker, number).abroad
                    if self.place(name) is None
                ]
                if wrong:
                    raise NotConformant(wrong)

    def _fill(self) -> None:
        """Find out what there is, and put it into its order."""
        pieces = self._pieces
        pieces.fill_with([FIRST])
        for number, one in enumerate(self._firsts()):
            self._take(0, number, one)
        pieces.fill(self._task(1, number) for number in self._given)
        for number in self._given:
            self._take(1, number, self._made(1, number))
        self._place()

    def _firsts(self) -> Iterator[Made]:
        """Yield what is made of each record; find out on the way what else is to be made of it."""
        first: dict[str, tuple[int, Cited]] = {}
        studies: dict[str, list[str]] = {}
        known: set[str] = set()
        for number, (one, piece) in enumerate(self._pieces.each(FIRST)):
            found = made(piece)
            known.update(found.ids.get(RANKS["Citation"], ()))
            for paper in found.cites:
                first.setdefault(paper.id, (number, paper))
            for procedure in found.procedures:
                studies.setdefault(procedure, []).append(one.path)
            yield found
        papers: dict[int, list[Cited]] = {}
        for id_, (number, paper) in first.items():
            if id_ not in known:
                papers.setdefault(number, []).append(paper)
        for number, one in enumerate(self._pieces.published):
            is_procedure = one.facts.kind == Procedure.kind
            of_procedure = studies.get(one.facts.inside or "", ()) if is_procedure else ()
            if is_procedure or number in papers:
                self._given[number] = Given(tuple(papers.get(number, ())), tuple(of_procedure))

    def _take(self, maker: int, number: int, one: Made) -> None:
        rows = (
            (rank, id_, number, maker, index)
            for rank, ids in one.ids.items()
            for index, id_ in enumerate(ids)
        )
        self._rows.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?)", rows)

    def _place(self) -> None:
        """Put the resources into their order, each name once."""
        self._rows.execute(
            "INSERT INTO placed (rank, id, number, maker, part) "
            "SELECT rank, id, number, maker, part FROM found ORDER BY rank, id"
        )
        self._rows.execute("DROP TABLE found")
        twice = self._rows.execute(
            "SELECT rank, id FROM placed GROUP BY rank, id HAVING count(*) > 1"
        ).fetchall()
        if twice:
            names = [f"{_TYPES[rank]}/{id_}" for rank, id_ in twice]
            raise NotConformant([Problem(name, "duplicate", "is there twice") for name in names])
        self._rows.execute("CREATE UNIQUE INDEX named ON placed (rank, id)")

    def _task(self, maker: int, number: int) -> Task:
        path = self._pieces.published[number].path
        return Task(path, _MAKERS[maker], self._given[number] if maker else None)

    def _made(self, maker: int, number: int) -> Made:
        return made(self._pieces.of(self._task(maker, number)))

    def _read(self, maker: int, number: int, rank: int) -> list[Kept]:
        return list(map(Kept._make, unpacked(self._made(maker, number).packed[rank])))

    def _found(self, row: tuple[int, int, str, int, int, int]) -> Found:
        place, rank, id_, number, maker, part = row
        kept = self._resources(maker, number, rank)[part]
        return Found(place, f"{_TYPES[rank]}/{id_}", kept)


_COLUMNS = "rank INTEGER, id TEXT, number INTEGER, maker INTEGER, part INTEGER"
_ROW = "SELECT place - 1, rank, id, number, maker, part FROM placed"
_BETWEEN = f"{_ROW} WHERE place > ? AND place <= ? ORDER BY place"
_NAMED = f"{_ROW} WHERE rank = ? AND id = ?"


def _key(name: str) -> tuple[int, str]:
    type_, _, id_ = name.partition("/")
    return RANKS.get(type_, -1), id_


__all__ = ["Found", "Kept", "Shelf"]
