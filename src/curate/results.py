"""Walk the results of a study, and the groups that they are figures of."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from curate.duration import days_in, in_days
from curate.finding import Where
from curate.kinds.study import Study
from curate.parts.result import AdverseEvent, Outcome
from curate.rounding import highest


class Size(NamedTuple):
    """How many entered a group or a part of one, and what is counted in it."""

    enrolled: int | None
    counted: str


PARTICIPANTS = "participants"
"""What is counted where nothing else is said."""


def results(study: Study) -> Iterator[tuple[Where, Outcome | AdverseEvent]]:
    """Yield the outcomes and adverse events of a study, each with its place."""
    for index, outcome in enumerate(study.outcomes):
        yield ("outcomes", index), outcome
    for index, event in enumerate(study.adverse_events):
        yield ("adverse_events", index), event


def all_results(study: Study) -> tuple[Outcome | AdverseEvent, ...]:
    """Return the same without their places, for a first look at all of them."""
    return (*study.outcomes, *study.adverse_events)


def result_of(study: Study, id_: str) -> Outcome | AdverseEvent | None:
    """Return one outcome or adverse event by its id."""
    for outcome in study.outcomes:
        if outcome.id == id_:
            return outcome
    for event in study.adverse_events:
        if event.id == id_:
            return event
    return None


def said(result: Outcome | AdverseEvent) -> str:
    """Name a result in a message, such as "The outcome `relief-50`"."""
    noun = "outcome" if isinstance(result, Outcome) else "adverse event"
    return f"The {noun} `{result.id}`"


def group_ids(study: Study) -> Iterator[tuple[Where, str]]:
    """Yield the ids of a study's groups and of their parts, each with its place."""
    for index, group in enumerate(study.groups):
        yield ("groups", index), group.id
        for number, part in enumerate(group.parts):
            yield ("groups", index, "parts", number), part.id


def sizes(study: Study) -> Mapping[str, Size]:
    """Return the sizes of the groups and parts by id; an id given twice tells nothing."""
    found: dict[str, Size] = {}
    given = 0
    for group in study.groups:
        counted = group.counted or PARTICIPANTS
        found[group.id] = Size(group.enrolled, counted)
        for part in group.parts:
            found[part.id] = Size(part.enrolled, counted)
        given += 1 + len(group.parts)
    if len(found) == given:
        return found
    counts = Counter(id_ for _, id_ in group_ids(study))
    return {id_: size for id_, size in found.items() if counts[id_] == 1}


def least_enrolled(study: Study) -> int:
    """Return the smallest number that entered any group or part; 0 where one does not say."""
    found = []
    for group in study.groups:
        found.append(group.enrolled or 0)
        found += [part.enrolled or 0 for part in group.parts]
    return min(found, default=0)


@lru_cache(maxsize=4096)
def is_past(time: str, end: str, unit: str) -> bool:
    """Tell whether a time is surely past the end of a follow-up, as printed, in this unit.

    Three months are not taken for 91 days: only what is a ninth longer is past it.
    """
    number = Decimal(end) if "." in end else int(end)
    days = in_days(time)
    return days is not None and days > highest(number) * days_in(unit) / _SURELY


_SURELY = Fraction(9, 10)
