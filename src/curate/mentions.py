"""What has a name in a corpus: where it got it, and every place that speaks of it by that name.

A `Thing` is a record, or a part of one that has an id of its own: an outcome or adverse event, a
group or a part of one, a claim. A paper is one too, by its PMID.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from curate.corpus import Corpus, Entry, place
from curate.fields import marks_at, written
from curate.finding import Where
from curate.kinds import KINDS
from curate.marks import GroupOf, OutcomeOf, PaperId, RefTo, SameKind
from curate.values import BASELINE

What = Literal["record", "result", "group", "claim", "paper"]
PAPER = "reference"


class Thing(NamedTuple):
    """Something that others speak of by name."""

    what: What
    kind: str
    """The kind of the record that it is, or that it is in."""
    record: str
    """The id of that record."""
    id: str
    """Its own id: for a record the same, for a paper the digits of its PMID."""


class Mention(NamedTuple):
    """A place that names a thing: the value there, and which stretch of it is the name."""

    entry: Entry
    where: Where
    value: str | int
    start: int
    end: int


_LISTS: dict[str, What] = {
    "outcomes": "result",
    "adverse_events": "result",
    "groups": "group",
    "claims": "claim",
}
"""The lists of a record whose parts have ids."""


def named_at(entry: Entry, where: Where, offset: int = 0) -> Thing | None:
    """Return what the value at a place names; the offset says which word of several is meant."""
    if entry.kind is None:
        return None
    value = entry.document.get(where)
    if not where or not isinstance(value, str | int) or isinstance(value, bool):
        return None
    for mark in marks_at(KINDS[entry.kind], where):
        thing = _marked(entry, mark, value, offset)
        if thing is not None:
            return thing
    return _unmarked(entry, where, value, offset)


def _unmarked(entry: Entry, where: Where, value: str | int, offset: int) -> Thing | None:
    """Return what a record calls itself or one of its parts, or what a waiver leads to."""
    if where == ("id",) and entry.kind is not None:
        return Thing("record", entry.kind, entry.id, entry.id)
    if where[-1:] == ("id",):
        return part_at(entry, where[:-1])
    if where[:1] == ("waivers",) and "at" in where and isinstance(value, str):
        return _waived(entry, value, offset)
    return None


def part_at(entry: Entry, where: Where) -> Thing | None:
    """Return the part with an id that stands at a place."""
    id_ = entry.document.get((*where, "id"))
    what = _LISTS.get(str(where[0])) if where else None
    if what is None or entry.kind is None or not isinstance(id_, str):
        return None
    is_part = len(where) == 2 or (what == "group" and len(where) == 4)  # noqa: PLR2004 - list, index
    return Thing(what, entry.kind, entry.id, id_) if is_part else None


def parts(entry: Entry) -> Iterator[tuple[Where, Thing]]:
    """Yield the parts of a record that have an id, each with its place, in the record's order."""
    value = entry.document.value or {}
    for field in value:
        items = value[field] if field in _LISTS else ()
        for index in range(len(items) if isinstance(items, list) else 0):
            where: Where = (field, index)
            yield from _part(entry, where)
            shares = entry.document.get((*where, "parts"))
            for number in range(len(shares) if isinstance(shares, list) else 0):
                yield from _part(entry, (*where, "parts", number))


def declared(corpus: Corpus, thing: Thing) -> Mention | None:
    """Return where a thing got its name; None where it is not there."""
    entry = _owner(corpus, thing)
    if entry is None:
        return None
    if thing.what == "paper":
        return _whole(entry, ("pmid",))
    if thing.what == "record":
        return _whole(entry, ("id",))
    for where, found in parts(entry):
        if found == thing:
            return _whole(entry, (*where, "id"))
    return None


def mentions(
    corpus: Corpus, thing: Thing, among: Iterable[Entry] | None = None
) -> Iterator[Mention]:
    """Yield every place that speaks of a thing, but not where it got its name.

    `among` are the files in whose text its id is found, where that is known.
    """
    word = spelled(thing.id)
    # Parts of a record are spoken of within it; only results are from outside, as `study#result`.
    abroad = thing.what in {"record", "result", "paper"}
    home = _owner(corpus, thing)
    everywhere = corpus.entries if abroad and among is None else among or ()
    for entry in everywhere if abroad else ([home] if home is not None else []):
        if entry.kind is not None and word.search(entry.document.text):
            yield from _mentions_in(entry, thing)


def spelled(id_: str) -> re.Pattern[str]:
    """Return what finds an id as a whole in any text."""
    return re.compile(rf"(?<![A-Za-z0-9-]){re.escape(id_)}(?![A-Za-z0-9-])")


def _mentions_in(entry: Entry, thing: Thing) -> Iterator[Mention]:
    value = entry.document.value
    if entry.kind is None or value is None:
        return
    model = KINDS[entry.kind]
    at_home = (entry.kind, entry.id) == (thing.kind, thing.record)
    for mark in (RefTo, SameKind, OutcomeOf, GroupOf, PaperId):
        for found in written(model, value, mark):
            if thing.what == "paper" and found.where == ("pmid",) and entry.kind == PAPER:
                continue
            for start, end in _names(found.value):
                offset = max(start, 0)
                if _marked(entry, found.mark, found.value, offset) == thing:
                    yield Mention(entry, found.where, found.value, start, end)
    if at_home and thing.what in {"result", "group", "claim"}:
        yield from _waivers(entry, thing)


def _names(value: str | int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a value that may each be a name."""
    text = str(value)
    hash_ = text.find("#")
    if hash_ < 0:
        yield 0, len(text)
    else:
        yield 0, hash_
        yield hash_ + 1, len(text)


def _marked(entry: Entry, mark: Any, value: str | int, offset: int) -> Thing | None:
    """Return what a marked value names at an offset."""
    if entry.kind is None or isinstance(value, str) == isinstance(mark, PaperId):
        return None
    text = str(value)
    record, _, result = text.partition("#")
    thing: Thing | None = None
    match mark:
        case PaperId():
            thing = Thing("paper", PAPER, f"pmid-{text}", text)
        case RefTo(kind):
            thing = Thing("record", kind, text, text)
        case SameKind():
            thing = Thing("record", entry.kind, text, text)
        case GroupOf() if text != BASELINE:
            thing = Thing("group", entry.kind, entry.id, text)
        case OutcomeOf(kind) if result and offset > len(record):
            thing = Thing("result", kind, record, result)
        case OutcomeOf(kind):
            thing = Thing("record", kind, record, record)
    return thing


def _waivers(entry: Entry, thing: Thing) -> Iterator[Mention]:
    """Yield the places in waivers that lead through a part of the record."""
    ways = [place(entry.document.value, where) for where, part in parts(entry) if part == thing]
    for where, at in _waived_places(entry):
        for way in ways:
            if at == way or at.startswith(f"{way}."):
                yield Mention(entry, where, at, len(way) - len(thing.id), len(way))


def _waived_places(entry: Entry) -> Iterator[tuple[Where, str]]:
    waivers = (entry.document.value or {}).get("waivers")
    for index, waiver in enumerate(waivers if isinstance(waivers, list) else ()):
        at = waiver.get("at") if isinstance(waiver, dict) else None
        if isinstance(at, str):
            yield ("waivers", index, "at"), at
        for number, one in enumerate(at if isinstance(at, list) else ()):
            if isinstance(one, str):
                yield ("waivers", index, "at", number), one


def _waived(entry: Entry, at: str, offset: int) -> Thing | None:
    """Return the part that a waiver's place leads to, as far as the offset."""
    ways = {place(entry.document.value, where): part for where, part in parts(entry)}
    end = at.find(".", offset)
    way = at if end < 0 else at[:end]
    while way:
        if way in ways:
            return ways[way]
        way = way.rpartition(".")[0]
    return None


def _part(entry: Entry, where: Where) -> Iterator[tuple[Where, Thing]]:
    thing = part_at(entry, where)
    if thing is not None:
        yield where, thing


def _owner(corpus: Corpus, thing: Thing) -> Entry | None:
    return corpus.entry(thing.kind, thing.record)


def _whole(entry: Entry, where: Where) -> Mention:
    value = entry.document.get(where)
    said = value if isinstance(value, str | int) else ""
    return Mention(entry, where, said, 0, len(str(said)))
