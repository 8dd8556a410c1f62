"""Timelines: how long each study followed its people, and when its results were taken."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from curate.corpus import Corpus
from curate.counted import counted
from curate.document import number_text
from curate.duration import days_in, in_days
from curate.kinds.study import Study
from curate.parts.follow_up import FollowUp
from curate.plots import words
from curate.plots.axis import axis
from curate.plots.caption import sources
from curate.plots.estimate import Estimate, Point, Stretch
from curate.plots.marks import drawing
from curate.plots.picture import Picture, Row
from curate.plots.sheet import NARROW, WIDE, Line, Sheet, draw
from curate.results import results

COLUMNS = ("Study", "Row", "As printed", "Results taken")
_UNITS = ("a", "mo", "wk", "d", "h", "min")
_LEAST = 3
_LEAST_ROWS = 2
_POINT = "Filled circle: mean or median follow-up, or a time at which results were taken."
_DRAWN = {
    "sd": "Bar: mean ± standard deviation; its ends are computed.",
    "iqr": "Bar: from the lower to the upper quartile.",
    "range": "Dotted line: from the shortest to the longest follow-up.",
    "planned": "Solid line from 0: how long everybody was to be followed.",
    "window": "Solid line: a window in which results were taken.",
}


class _Timed(NamedTuple):
    """One row: what it is of, and what is drawn, in days."""

    study: Study
    name: str
    estimate: Estimate
    taken: tuple[str, ...] = ()


def timeline(corpus: Corpus, studies: Iterable[Study]) -> Picture | None:
    """Return the follow-up of studies on one axis of time, or None where none says any.

    Of one study the times of its results are shown as well.
    """
    found = tuple(studies)
    one = len(found) == 1
    rows = [row for study in found for row in _own(study)]
    if one:
        rows += _taken(found[0])
    if len(rows) < _LEAST_ROWS and not any(row.estimate.stretches for row in rows):
        return None
    unit = _unit(found, rows)
    title = "Follow-up of the study" if one else "Follow-up of the studies"
    legend = _legend(rows)
    in_words = words.unit_of_time(unit)
    description = " ".join(
        (
            f"Timeline of {len(rows)} rows, in {in_words}: {title}.",
            *legend,
            "The table that belongs to it says the same in words.",
        )
    )
    lines = tuple(_line(corpus, row, unit, one=one) for row in rows)
    source = sources(corpus, [row.study for row in rows])
    sheet = Sheet("follow-up", title, "", description, lines, (in_words,), (*legend, source))
    values = [Fraction(0), *(v / days_in(unit) for row in rows for v in row.estimate.values)]
    wide, narrow = (
        draw(sheet, layout, axis(values, layout.left, layout.right, layout.ticks))
        for layout in (WIDE, NARROW)
    )
    table = tuple(
        Row(row.study.id, None, row.study.pmid, (named, row.name, *_cells(row)))
        for row in rows
        for named in [words.named(corpus, row.study)]
    )
    return Picture(sheet.name, title, description, COLUMNS, table, wide, narrow)


def _line(corpus: Corpus, row: _Timed, unit: str, *, one: bool) -> Line:
    days = days_in(unit)
    scaled = row.estimate._replace(
        point=row.estimate.point
        and row.estimate.point._replace(value=row.estimate.point.value / days),
        stretches=tuple(
            stretch._replace(low=stretch.low / days, high=stretch.high / days)
            for stretch in row.estimate.stretches
        ),
    )
    number = len(row.taken)
    said = counted(number, "result") if number else row.estimate.printed
    planned = "" if row.name == "Follow-up" else " (planned)"
    name = row.name if one else f"{words.named(corpus, row.study)}{planned}"
    data = {"data_study": row.study.id, "data_pmid": row.study.pmid, "data_unit": unit}
    return Line(name, "", said, "", data, drawing(scaled))


def _cells(row: _Timed) -> tuple[str, str]:
    return row.estimate.printed, "; ".join(row.taken)


def _own(study: Study) -> Iterator[_Timed]:
    """Yield a study's own follow-up: what it was, and what was planned."""
    if study.follow_up is not None:
        was, planned = _distribution(study.follow_up), _planned(study.follow_up)
        if was is not None:
            yield _Timed(study, "Follow-up", was)
        if planned is not None:
            yield _Timed(study, "Planned follow-up", planned)


def _distribution(follow_up: FollowUp) -> Estimate | None:
    if follow_up.unit is None:
        return None
    days = days_in(follow_up.unit)
    stretches: list[Stretch] = []
    for figure, low, high in (
        ("range", follow_up.min, follow_up.max),
        ("iqr", follow_up.q1, follow_up.q3),
    ):
        if low is not None and high is not None:
            stretches.append(Stretch(figure, Fraction(low) * days, Fraction(high) * days))
    mean, sd = follow_up.mean, follow_up.sd
    if mean is not None and sd is not None:
        # Nobody is followed for less than no time, however the figures are spread.
        least = max(Fraction(mean) - Fraction(sd), Fraction(0))
        most = Fraction(mean) + Fraction(sd)
        stretches.append(Stretch("sd", least * days, most * days, computed=True))
    middle = next(
        (
            Point(name, Fraction(value) * days)
            for name, value in (("mean", mean), ("median", follow_up.median))
            if value is not None
        ),
        None,
    )
    if middle is None and not stretches:
        return None
    return Estimate("time", middle, tuple(stretches), _said(follow_up))


def _said(follow_up: FollowUp) -> str:
    said = [
        f"{word} {number_text(value)}"
        for word, value in (
            ("mean", follow_up.mean),
            ("SD", follow_up.sd),
            ("median", follow_up.median),
        )
        if value is not None
    ]
    for word, low, high in (
        ("quartiles", follow_up.q1, follow_up.q3),
        ("range", follow_up.min, follow_up.max),
    ):
        if low is not None and high is not None:
            said.append(f"{word} {number_text(low)} to {number_text(high)}")
    if follow_up.followed is not None:
        said.append(f"n {follow_up.followed}")
    unit = words.unit_of_time(follow_up.unit) if follow_up.unit is not None else ""
    return f"{', '.join(said)} ({unit})"


def _planned(follow_up: FollowUp) -> Estimate | None:
    if follow_up.planned is None:
        return None
    days = in_days(follow_up.planned) or Fraction(0)
    stretch = Stretch("planned", Fraction(0), days)
    return Estimate("time", None, (stretch,), f"planned {words.time(follow_up.planned)}")


def _taken(study: Study) -> Iterator[_Timed]:
    """Yield the times at which results were taken, in their order."""
    at: defaultdict[tuple[Fraction, Fraction], list[tuple[str, str]]] = defaultdict(list)
    for _, result in results(study):
        end = in_days(result.follow_up or "")
        if end is not None and result.follow_up is not None:
            start = in_days(result.follow_up_from or "")
            since = f"{words.time(result.follow_up_from)} to " if result.follow_up_from else ""
            said = f"{since}{words.time(result.follow_up)}"
            at[end, end if start is None else start].append((said, result.title))
    for (end, start), found in sorted(at.items()):
        stretches = (Stretch("window", start, end),) if start != end else ()
        estimate = Estimate("time", Point("follow_up", end), stretches, found[0][0])
        yield _Timed(study, found[0][0], estimate, tuple(title for _, title in found))


def _unit(studies: tuple[Study, ...], rows: list[_Timed]) -> str:
    """Return one study's own unit, or else the largest of which the longest time has several."""
    own = studies[0].follow_up if len(studies) == 1 else None
    if own is not None and own.unit is not None:
        return own.unit
    longest = max(value for row in rows for value in row.estimate.values)
    return next((unit for unit in _UNITS if longest >= _LEAST * days_in(unit)), _UNITS[-1])


def _legend(rows: list[_Timed]) -> tuple[str, ...]:
    figures = {stretch.figure for row in rows for stretch in row.estimate.stretches}
    points = [_POINT] if any(row.estimate.point is not None for row in rows) else []
    return (*points, *(said for figure, said in _DRAWN.items() if figure in figures))
