"""Which rules have anything to look at in a file: most records lack what most rules are about."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Final, NamedTuple

from curate.corpus import Entry
from curate.needs import Meeting, Need
from curate.rule import Check, Rule, WaiverUse

_MOST_KEPT: Final = 4096


class Call(NamedTuple):
    """A rule that is asked about a file, and how."""

    rule: Rule
    check: Check
    on_record: bool
    """Whether it is asked about the record, or about the file."""


class Asked(NamedTuple):
    """The rules that are asked about a file."""

    alone: tuple[Call, ...]
    """Those that need nothing else."""
    of_corpus: tuple[Call, ...]
    """Those that ask the corpus, too."""


class Dispatch:
    """The rules by what they run on, and for each file those that may find something there."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        asked = [rule for rule in rules if WaiverUse not in rule.applies_to]
        self._meeting = Meeting(way for rule in asked for one in rule.needs for way in one)
        self._on_entries = [(rule, self._bits(rule)) for rule in asked if Entry in rule.applies_to]
        self._on_records = [
            (rule, self._bits(rule)) for rule in asked if Entry not in rule.applies_to
        ]
        self._known: dict[Any, Asked] = {}

    def rules(self, entry: Entry) -> Asked:
        """Return the rules that may find something in a file."""
        faults = frozenset([fault.name for fault in entry.faults]) if entry.faults else _NONE
        value = None if entry.record is None else entry.document.value
        met = 0 if value is None else self._meeting.met(value)
        alike = type(entry.record), met, faults
        found = self._known.get(alike)
        if found is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            found = self._known[alike] = self._find(*alike)
        return found

    def _bits(self, rule: Rule) -> tuple[int, ...]:
        """Return, for each need of a rule, the bits of which one must be met."""
        return tuple(self._of_need(one) for one in rule.needs)

    def _of_need(self, need: Need) -> int:
        return reduce(or_, (self._meeting.bits[way] for way in need))

    def _find(self, kind: type, met: int, faults: frozenset[str]) -> Asked:
        calls = [
            Call(rule, rule.check, on_record=False)
            for rule, needs in self._on_entries
            if (rule.name in faults if rule.of_faults else all(met & one for one in needs))
        ]
        calls += [
            Call(rule, rule.check, on_record=True)
            for rule, needs in self._on_records
            if issubclass(kind, rule.applies_to) and all(met & one for one in needs)
        ]
        return Asked(
            tuple(call for call in calls if not call.rule.takes_corpus),
            tuple(call for call in calls if call.rule.takes_corpus),
        )


_NONE: Final[frozenset[str]] = frozenset()
