"""What a rule needs to find anything in a record: it is not asked about the many that lack it.

A need is written as a line of text:

``pmid or pmids``
    one of these fields stands somewhere in the record
``no follow_up``
    the record itself lacks the field
``: unit``
    the field stands in the record itself, and not only in a part of it
``outcomes: mean or median, sd, no se``
    in `outcomes` is an entry with these fields, in itself or in its parts, that itself lacks `se`
``follow_up, outcomes: sd``
    the same of either
``outcomes: percent | follow_up: sd``
    either is enough

Which needs a record meets follows from which fields its parts have, and parts of like fields meet
the same; so each sort of part is looked at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

_MOST_KEPT: Final = 4096


class Having(NamedTuple):
    """One way to meet a need: what a part has and lacks."""

    within: frozenset[str]
    """The fields of the record that such a part stands in, with an empty name for the record
    itself; none means the record or any part of it, and of what it lacks the record itself."""
    has: tuple[frozenset[str], ...]
    """Of each set the part has at least one field, itself or further inside."""
    lacks: frozenset[str]


Need = tuple[Having, ...]
"""The ways to meet a need: one is enough."""


def need(text: str) -> Need:
    """Read a need."""
    return tuple(_having(way) for way in text.split("|"))


def _having(text: str) -> Having:
    before, colon, after = text.partition(":")
    conditions = [one.strip() for one in (after if colon else before).split(",")]
    within = frozenset(one.strip() for one in before.split(",")) if colon else frozenset[str]()
    has = [one for one in conditions if not one.startswith("no ")]
    if not within and len(has) > 1:
        raise ValueError(f"`{text}`: of the record itself one field a need; write another need")
    return Having(
        within,
        tuple(frozenset(one.split(" or ")) for one in has),
        frozenset(one.removeprefix("no ") for one in conditions if one.startswith("no ")),
    )


class Meeting:
    """Which of some ways a record meets: each has a bit of the answer."""

    def __init__(self, ways: Iterable[Having]) -> None:
        self.bits = {way: 1 << number for number, way in enumerate(dict.fromkeys(ways))}
        self._known: defaultdict[str, dict[Any, int]] = defaultdict(dict)
        self._holders: dict[tuple[str, Any], tuple[str, ...]] = {}
        """The fields that hold further parts, of each sort of part."""

    def met(self, record: dict[str, Any]) -> int:
        """Return the bits of the ways that a record meets, as it is written and its schema allows.

        A field holds parts in every record or in none, so most parts are known by their fields.
        """
        found = self._closely("", record, tuple(record))
        for field, value in record.items():
            kind = value.__class__
            if kind is list:
                known = self._known[field]
                for part in value:
                    if part.__class__ is dict:
                        names = tuple(part)
                        bits = known.get(names, _UNKNOWN)
                        found |= self._of(field, part, names) if bits < 0 else bits
            elif kind is dict:
                names = tuple(value)
                bits = self._known[field].get(names, _UNKNOWN)
                found |= self._of(field, value, names) if bits < 0 else bits
        return found

    def _of(self, field: str, part: dict[str, Any], names: tuple[str, ...]) -> int:
        holders = self._holders.get((field, names))
        if holders is None:
            if len(self._holders) >= _MOST_KEPT:
                self._holders.clear()
            holders = tuple(name for name, value in part.items() if _may_hold_parts(value))
            self._holders[field, names] = holders
        if holders:
            return self._closely(field, part, (names, *[_shape(part[name]) for name in holders]))
        return self._closely(field, part, names)

    def _closely(self, field: str, part: dict[str, Any], alike: Any) -> int:
        known = self._known[field]
        bits = known.get(alike)
        if bits is None:
            if len(known) >= _MOST_KEPT:
                known.clear()
            bits = known[alike] = self._of_part(field, part)
        return bits

    def _of_part(self, field: str, part: dict[str, Any]) -> int:
        names = {*part, *_inside(part)} if field else {*part}
        met = 0
        for way, bit in self.bits.items():
            here = field in way.within if way.within else not (field and way.lacks)
            if here and way.lacks.isdisjoint(part) and not any(map(names.isdisjoint, way.has)):
                met |= bit
        return met


_UNKNOWN: Final = -1
_COMPOUND: Final = frozenset((dict, list))


def _may_hold_parts(value: Any) -> bool:
    if value.__class__ is list:
        return not value or value[0].__class__ is dict
    return value.__class__ is dict


def _shape(value: Any) -> Any:
    """Return what is equal for values whose parts have the same fields, all the way down."""
    if value.__class__ is dict:
        below = [_shape(one) for one in value.values() if one.__class__ in _COMPOUND]
        return tuple(value), *below
    return tuple([_shape(one) for one in value if one.__class__ is dict])


def _inside(value: Any) -> Iterator[str]:
    """Yield the fields of the parts of a part, and of theirs."""
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict):
            yield from one
        if isinstance(one, dict | list):
            yield from _inside(one)
