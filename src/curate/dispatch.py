"""Which rules have anything to look at in a file: most records lack what most rules are about."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from curate.corpus import Entry
from curate.rule import Rule, WaiverUse

_MOST_KEPT = 4096


class Dispatch:
    """The rules by what they run on, and for each file those that may find something there."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        asked = [rule for rule in rules if WaiverUse not in rule.applies_to]
        self._on_entries = tuple(rule for rule in asked if Entry in rule.applies_to)
        self._on_records = tuple(rule for rule in asked if Entry not in rule.applies_to)
        self._wanted = frozenset(name for rule in asked for one in rule.needs for name in one)
        self._known: dict[Any, tuple[tuple[Rule, bool], ...]] = {}

    def rules(self, entry: Entry) -> tuple[tuple[Rule, bool], ...]:
        """Return the rules that may find something in a file; with each, whether on its record."""
        faults = frozenset([fault.name for fault in entry.faults]) if entry.faults else _NONE
        fields = _NONE
        if entry.record is not None and entry.document.value is not None:
            fields = field_names(entry.document.value) & self._wanted
        alike = type(entry.record), fields, faults
        found = self._known.get(alike)
        if found is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            found = self._known[alike] = self._find(*alike)
        return found

    def _find(
        self, kind: type, fields: frozenset[str], faults: frozenset[str]
    ) -> tuple[tuple[Rule, bool], ...]:
        on_entry = [
            rule
            for rule in self._on_entries
            if (rule.name in faults if rule.of_faults else _has_all(fields, rule))
        ]
        on_record = [
            rule
            for rule in self._on_records
            if issubclass(kind, rule.applies_to) and _has_all(fields, rule)
        ]
        return (*((rule, False) for rule in on_entry), *((rule, True) for rule in on_record))


def _has_all(fields: frozenset[str], rule: Rule) -> bool:
    return not any(fields.isdisjoint(needed) for needed in rule.needs)


def field_names(value: dict[str, Any]) -> frozenset[str]:
    """Return the fields that a record has, as `needs` names them.

    `count` in an outcome is `count` and `outcomes.count`, however deep it stands.
    """
    found = set(value)
    for field, item in value.items():
        if item.__class__ in _CONTAINERS:
            inside: set[str] = set()
            _collect(item, inside)
            if inside:
                found |= _within(field, frozenset(inside))
    return frozenset(found)


def _collect(item: Any, found: set[str]) -> None:
    for part in (item,) if item.__class__ is dict else item:
        if part.__class__ is dict:
            found.update(part)
            if not _CONTAINERS.isdisjoint(map(type, part.values())):
                for below in part.values():
                    if below.__class__ in _CONTAINERS:
                        _collect(below, found)
        elif part.__class__ is list:
            _collect(part, found)


_CONTAINERS = frozenset({dict, list})


@lru_cache(_MOST_KEPT)
def _within(field: str, inside: frozenset[str]) -> frozenset[str]:
    return inside | {f"{field}.{name}" for name in inside}


_NONE: frozenset[str] = frozenset()
