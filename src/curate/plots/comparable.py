"""Decide which results may share an axis. In doubt they do not: a wrong comparison misleads.

Within one study:

- Measured values share one where measure, quantity, unit and statistic (mean, median, single
  value) are the same, at all times and in all groups; effects, where besides the type of effect is
  the same and what it is compared with. If a group then has two at one time, titles decide.
- Shares share one where the titles are the same once the words for time and group are taken off
  (", sham", " at 3 months"), and so are the threshold and what is counted.
- What is left over of shares is shown together, and said to be of different outcomes; harms of
  one study likewise. A lone measured value is drawn only if something stands about it.

Across studies all of this holds, and besides: the time is the same, and is a length of time (not
baseline, and not each study's own follow-up); measured values name the same measure; effects are
of groups with the same role against groups with the same role; each group is there once; and there
are two studies at least.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from curate.duration import in_days
from curate.kinds.study import Study
from curate.parts.result import AdverseEvent, Outcome
from curate.plots.estimate import Estimate, estimates
from curate.plots.words import group
from curate.results import results

_BEFORE_AND_LAST = re.compile(
    r" (before (the |any )?(treatment|operation|surgery|stimulation|procedure)"
    r"|at baseline|when last seen|at (the )?(last|long-term|final) follow-up)$"
)
_AT_TIME = re.compile(
    r"\s(?:at|after|in|within|until|for)\s(?:the first\s)?"
    r"([0-9]+(?:\.[0-9]+)?)\s(minute|hour|day|week|month|year)s?$"
)
_UNITS = {"minute": "min", "hour": "h", "day": "d", "week": "wk", "month": "mo", "year": "a"}
_LEAST_SHARED = 4
_LAST = Fraction(10**9)


class Shown(NamedTuple):
    """A result of a study, and one thing that can be drawn of it."""

    study: Study
    result: Outcome | AdverseEvent
    estimate: Estimate

    @property
    def harm(self) -> bool:
        """Whether it is an adverse event."""
        return isinstance(self.result, AdverseEvent)

    @property
    def against(self) -> str | None:
        """What an effect is compared with; None for what is no effect."""
        if not isinstance(self.result, Outcome) or self.result.effect is None:
            return None
        effect = self.result.effect
        return effect.against if self.estimate.kind == effect.type else None


class Comparison(NamedTuple):
    """Results that may share an axis."""

    rows: tuple[Shown, ...]
    stem: str
    """The title that they share; empty where they are different outcomes."""
    one_of_several: bool = False
    """Whether others are of the same measure, so that only the title tells them apart."""


def within(study: Study) -> Iterator[Comparison]:
    """Yield the comparisons of one study, in the order of its results."""
    buckets: defaultdict[tuple[object, ...], list[Shown]] = defaultdict(list)
    for shown in _shown(study):
        buckets[_key(shown)].append(shown)
    alone: list[Shown] = []
    for rows in buckets.values():
        parts = list(_apart(rows))
        for part in parts:
            if len(part) == 1 and part[0].estimate.kind == "proportion":
                alone += part
            elif len(part) > 1 or part[0].estimate.stretches:
                yield _comparison(part)._replace(one_of_several=len(parts) > 1)
    for harm in (False, True):
        rest = [shown for shown in alone if shown.harm == harm]
        if len(rest) == 1:
            yield _comparison(rest)
        elif rest:
            yield Comparison(tuple(rest) if harm else _by_time(rest), "")


def across(studies: Iterable[Study]) -> Iterator[Comparison]:
    """Yield the comparisons between studies, each of two studies at least."""
    buckets: defaultdict[tuple[object, ...], list[Shown]] = defaultdict(list)
    for study in studies:
        for shown in _shown(study):
            days = in_days(shown.result.follow_up or "")
            key = _shared_key(shown)
            if days is not None and key is not None and shown.result.follow_up_from is None:
                buckets[(*key, days, shown.result.time_frame)].append(shown)
    for rows in buckets.values():
        once = [rows_ for rows_ in _by_group(rows).values() if len(rows_) == 1]
        kept = [rows_[0] for rows_ in once]
        if len({shown.study.id for shown in kept}) > 1:
            yield _comparison(kept)


def stem(study: Study, result: Outcome | AdverseEvent) -> str:
    """Return a result's title without the words that say its group and its time."""
    title = _without_group(study, result)
    found = _AT_TIME.search(title)
    if found is not None and _is_time(result, f"{found[1]} {_UNITS[found[2]]}"):
        return title[: found.start()]
    found = _BEFORE_AND_LAST.search(title)
    if found is not None and result.follow_up in {"baseline", "study"}:
        return title[: found.start()]
    return title


def order(result: Outcome | AdverseEvent) -> Fraction:
    """Return where a result stands in time: baseline first, what is not known last."""
    if result.follow_up == "baseline":
        return Fraction(-1)
    if result.follow_up is None:
        return _LAST
    days = in_days(result.follow_up)
    return _LAST - 1 if days is None else days


def _shown(study: Study) -> Iterator[Shown]:
    for _, result in results(study):
        for estimate in estimates(result):
            yield Shown(study, result, estimate)


def _comparison(rows: list[Shown]) -> Comparison:
    return Comparison(_by_time(rows), stem(rows[0].study, rows[0].result))


def _by_time(rows: list[Shown]) -> tuple[Shown, ...]:
    return tuple(sorted(rows, key=lambda shown: order(shown.result)))


def _key(shown: Shown) -> tuple[object, ...]:
    """Return what results of one study share if they may share an axis."""
    result, kind = shown.result, shown.estimate.kind
    if kind == "proportion":
        return ("proportion", *_outcome(shown))
    assert isinstance(result, Outcome)  # noqa: S101 - adverse events have shares only
    measure = result.measure or stem(shown.study, result).casefold()
    return kind, measure, result.quantity, result.unit, shown.against


def _shared_key(shown: Shown) -> tuple[object, ...] | None:
    """Return what results of several studies share, or None where nothing can be compared."""
    study, result, kind = shown.study, shown.result, shown.estimate.kind
    if kind == "proportion":
        return ("proportion", *_outcome(shown))
    assert isinstance(result, Outcome)  # noqa: S101 - adverse events have shares only
    if result.measure is None:
        return None
    key = (kind, result.measure, result.quantity, result.unit)
    if shown.against is None:
        return key
    mine, other = _role(study, result.group), _role(study, shown.against)
    return (*key, mine, other) if mine is not None and other is not None else None


def _outcome(shown: Shown) -> tuple[object, ...]:
    """Return what makes a share a share of the same thing."""
    result = shown.result
    harm = (result.serious, result.course) if isinstance(result, AdverseEvent) else ()
    said = stem(shown.study, result).casefold()
    return said, result.threshold, result.counted or "participants", shown.harm, *harm


def _role(study: Study, group_id: str) -> str | None:
    if group_id == "baseline":
        return group_id
    return next((found.role for found in study.groups if found.id == group_id), None)


def _apart(rows: list[Shown]) -> Iterator[list[Shown]]:
    """Yield rows as they may share an axis: where a group has two at a time, titles decide."""
    at = [(shown.result.group, shown.result.follow_up, shown.result.time_frame) for shown in rows]
    if len(set(at)) == len(at):
        yield rows
        return
    by_stem: defaultdict[str, list[Shown]] = defaultdict(list)
    for shown in rows:
        by_stem[stem(shown.study, shown.result).casefold()].append(shown)
    yield from by_stem.values()


def _by_group(rows: list[Shown]) -> dict[tuple[str, str], list[Shown]]:
    found: defaultdict[tuple[str, str], list[Shown]] = defaultdict(list)
    for shown in rows:
        found[shown.study.id, shown.result.group].append(shown)
    return found


def _without_group(study: Study, result: Outcome | AdverseEvent) -> str:
    """Take off what follows the last comma if it shares a word with the name of the group."""
    title, comma, last = result.title.rpartition(", ")
    named = _words(f"{result.group.replace('-', ' ')} {group(study, result.group)}")
    return title if comma and _words(last) & named else result.title


def _words(text: str) -> set[str]:
    """Return the beginnings of a text's words, enough to know `drugs` by `drug`."""
    found = re.findall(r"[^\W\d_]+", text.casefold())
    return {word[:_LEAST_SHARED] for word in found if len(word) >= _LEAST_SHARED}


def _is_time(result: Outcome | AdverseEvent, said: str) -> bool:
    return in_days(said) == in_days(result.follow_up or "")
