"""Tables of results: who, when, n of N, the estimate, how sure, and which paper says so."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from curate.formats.html.citation import pubmed, short, standing
from curate.formats.html.figures import (
    computed,
    estimate,
    estimate_text,
    measure_of,
    percent_text,
)
from curate.formats.html.followed import in_order, when
from curate.formats.html.markup import Html, Inside, join, tag
from curate.formats.html.missing import Missing
from curate.formats.html.site import ResultOf, View, address
from curate.formats.html.table import Cell, Column, Row, Table
from curate.formats.html.words import meanings, number, time, unit, words
from curate.kinds.measure import Measure
from curate.kinds.study import Study
from curate.parts.claim import Claim
from curate.parts.result import AdverseEvent, Outcome
from curate.results import PARTICIPANTS, sizes

_OUTCOME = Column("Outcome", ("outcome", "title", "measure", "threshold", "group", "note"))
_EVENT = Column("Event", ("event", "title", "serious", "course", "group", "note"))
_WHEN = Column("Follow-up", ("follow_up", "time_frame"), "when")
_COUNT = Column("n of N", ("count", "analysed", "available", "counted"), "number")
_PRINTED = ("percent_printed", "estimate_printed")
_COMPUTED = ("computed_percent", "computed_low", "computed_high", "computed_by")
_ESTIMATE = Column("Estimate", (*_PRINTED, "p_printed", "derived", *_COMPUTED), "estimate")
_CERTAINTY = Column("Certainty", ("certainty",), "certainty")
_STUDY = Column("Study", ("study", "design"), "study")
_PMID = Column("PMID", ("pmid",), "number")

RATINGS: Final = ("very-low", "low", "moderate", "high")


class ResultTables:
    """Make the tables of one page; what is not known goes into its list of reasons."""

    def __init__(self, view: View, missing: Missing) -> None:
        self._view = view
        self._missing = missing

    def findings(self, found: Iterable[tuple[ResultOf, tuple[Claim, ...]]]) -> Table:
        """Return a summary of findings: outcomes with the claims of the page that they carry."""
        rows = [
            self._row(
                one,
                self._outcome(one),
                self._certainty(claims),
                self._study(one.study),
                self._pmid(one.study),
                anchor=False,
            )
            for one, claims in found
        ]
        columns = (_OUTCOME, _WHEN, _COUNT, _ESTIMATE, _CERTAINTY, _STUDY, _PMID)
        return Table("findings", "The outcomes that carry the statements above", columns, rows)

    def outcomes(self, found: Iterable[ResultOf]) -> Table:
        """Return the outcomes of one study, each at its own address."""
        rows = [self._row(one, self._outcome(one), anchor=True) for one in found]
        columns = (_OUTCOME, _WHEN, _COUNT, _ESTIMATE)
        return Table("outcomes", "Outcomes, as the source prints them", columns, rows)

    def measured(self, found: Iterable[ResultOf]) -> Table:
        """Return outcomes of several studies."""
        rows = [
            self._row(
                one, self._outcome(one), self._study(one.study), self._pmid(one.study), anchor=False
            )
            for one in found
        ]
        columns = (_OUTCOME, _WHEN, _COUNT, _ESTIMATE, _STUDY, _PMID)
        return Table("outcomes", "Outcomes, study by study", columns, rows)

    def events(self, found: Iterable[ResultOf]) -> Table:
        """Return adverse events of several studies."""
        rows = [
            self._row(
                one, self._event(one), self._study(one.study), self._pmid(one.study), anchor=False
            )
            for one in found
        ]
        columns = (_EVENT, _WHEN, _COUNT, _ESTIMATE, _STUDY, _PMID)
        return Table("adverse-events", "Adverse events of all studies named below", columns, rows)

    def own_events(self, found: Iterable[ResultOf]) -> Table:
        """Return the adverse events of one study, each at its own address."""
        rows = [self._row(one, self._event(one), anchor=True) for one in found]
        columns = (_EVENT, _WHEN, _COUNT, _ESTIMATE)
        return Table("adverse-events", "Adverse events, as the source prints them", columns, rows)

    def _row(self, one: ResultOf, head: Cell, *more: Cell, anchor: bool) -> Row:
        cells = (head, self._when(one), self._count(one), self._estimate(one), *more)
        origin = self._view.site.origin(one.study, one.where)
        return Row(cells, one.result.id if anchor else None, origin)

    def _outcome(self, one: ResultOf) -> Cell:
        outcome = one.result
        scale = measure_of(self._view, outcome)
        measure = outcome.measure if isinstance(outcome, Outcome) else None
        return Cell(
            join(
                self._title(one),
                self._measured(outcome, scale) if isinstance(outcome, Outcome) else None,
                outcome.threshold and tag("span", f"counted: {outcome.threshold}", class_="sub"),
                self._group(one),
                outcome.note and tag("span", outcome.note, class_="sub prose"),
            ),
            (one.name, outcome.title, measure, outcome.threshold, outcome.group, outcome.note),
        )

    def _event(self, one: ResultOf) -> Cell:
        event = one.result
        if not isinstance(event, AdverseEvent):  # a claim of harm may lean on an outcome
            shown = self._outcome(one)
            flags: tuple[bool | None, str | None] = (None, None)
            return Cell(shown.shown, (one.name, event.title, *flags, event.group, event.note))
        said = {True: "serious", False: "not serious", None: None}[event.serious]
        marks = [tag("span", flag, class_="flag") for flag in (said, event.course) if flag]
        return Cell(
            join(
                self._title(one),
                tag("span", join(*marks, by=", "), class_="sub") if marks else None,
                event.threshold and tag("span", f"counted: {event.threshold}", class_="sub"),
                self._group(one),
                event.note and tag("span", event.note, class_="sub prose"),
            ),
            (one.name, event.title, event.serious, event.course, event.group, event.note),
        )

    def _title(self, one: ResultOf) -> Html:
        others = self._missing.marks(one, but=("denominator", "follow-up", "count"))
        return tag(
            "span",
            self._view.link(one.study, one.result.title, anchor=one.result.id),
            others,
            class_="title",
        )

    def _measured(self, outcome: Outcome, scale: Measure | None) -> Html | None:
        said: list[Inside] = []
        if outcome.quantity is not None:
            said.append(tag("span", words(outcome.quantity), title=_meaning(outcome.quantity)))
        if outcome.measure is not None:
            name = scale and (scale.abbreviation or scale.title)
            said.append(join("on ", self._view.named(Measure, outcome.measure, name)))
        if outcome.quantity in {"improvement", "percent-improvement"}:
            said.append("positive is better")
        elif scale is not None and scale.direction is not None:
            said.append(words(scale.direction))
        if outcome.values is not None:
            said.append(words(outcome.values))
        if outcome.unit is not None:
            said.append(f"in{unit(outcome.unit)}")
        return tag("span", join(*said, by=", "), class_="sub") if said else None

    def _group(self, one: ResultOf) -> Html:
        return tag("span", "in: ", group_label(one.study, one.result.group), class_="sub")

    def _when(self, one: ResultOf) -> Cell:
        said = when(one.study, one.result)
        result = one.result
        started = result.follow_up_from or ""
        late = bool(started) and said is None
        shown = join(
            self._missing.say(one, "follow-up") if said is None else said,
            tag("span", f"from {time(started)}", class_="sub") if late else None,
            result.time_frame and tag("span", result.time_frame, class_="sub"),
        )
        return Cell(shown, (said, result.time_frame), in_order(one.study, result))

    def _count(self, one: ResultOf) -> Cell:
        result = one.result
        noun = result.counted if result.counted not in {None, PARTICIPANTS} else None
        if result.analysed is None:
            count = None if result.count is None else f"{number(result.count)}; "
            shown = join(count, tag("i", "N "), self._missing.say(one, "denominator"))
        elif result.count is None:
            shown = join(f"N = {number(result.analysed)}")
        else:
            shown = join(f"{number(result.count)} of {number(result.analysed)}")
        enrolled = None if result.analysed is not None else sizes(one.study).get(result.group)
        more = [
            noun,
            result.available and f"{number(result.available)} could be assessed",
            enrolled and enrolled.enrolled and f"{number(enrolled.enrolled)} enrolled",
        ]
        subs = [tag("span", text, class_="sub") for text in more if text]
        values = (result.count, result.analysed, result.available, result.counted)
        return Cell(join(shown, subs), values, result.analysed)

    def _estimate(self, one: ResultOf) -> Cell:
        result, scale = one.result, measure_of(self._view, one.result)
        without_count = result.percent is not None and result.count is None
        derived = " ".join(result.derived) or None
        found = computed(result)
        worked_out = (
            f"{found.percent:.1f}" if found is not None else None,
            None if found is None or found.low is None else f"{found.low:.1f}",
            f"{found.high:.1f}" if found is not None else None,
            found.method if found is not None else None,
        )
        shown = join(
            estimate(self._view, one.study, result),
            tag("span", "count ", self._missing.say(one, "count"), class_="sub")
            if without_count
            else None,
            derived and tag("span", f"worked out by the editors: {derived}", class_="sub"),
        )
        printed = (percent_text(result), estimate_text(one.study, result, scale))
        p = None if result.p is None else number(result.p)
        return Cell(shown, (*printed, p, derived, *worked_out), _size(one))

    def _certainty(self, claims: tuple[Claim, ...]) -> Cell:
        ratings = [claim.certainty.rating for claim in claims if claim.certainty is not None]
        found = sorted(set(ratings), key=RATINGS.index)
        shown = join(*map(rating, found), by=" ") if found else "not rated"
        order = RATINGS.index(found[0]) if found else None
        return Cell(shown, (" ".join(found) or None,), order)

    def _study(self, study: Study) -> Cell:
        design = tag("span", words(study.design), class_="sub")
        shown = join(self._view.link(study, study_name(self._view, study)), design)
        return Cell(shown, (address(study), study.design))

    def _pmid(self, study: Study) -> Cell:
        if study.pmid is None:
            return Cell("none", (None,))
        reference = self._view.site.references.get(study.pmid)
        marks = None if reference is None else standing(reference)
        return Cell(join(pubmed(study.pmid), marks, by=" "), (str(study.pmid),))


def rating(word: str) -> Html:
    """Return a GRADE rating: dots for the eye, the word for everybody."""
    filled = RATINGS.index(word) + 1
    dots = tag("span", "●" * filled + "○" * (len(RATINGS) - filled), aria_hidden="true")
    said = tag("span", words(word), class_="word")
    return tag("span", dots, " ", said, class_=f"grade {word}", title=_rated(word))


def study_name(view: View, study: Study) -> str:
    """Return a study as people speak of it: its first author and year, or its title."""
    reference = view.site.references.get(study.pmid) if study.pmid is not None else None
    return study.title if reference is None else short(reference)


def group_label(study: Study, id_: str) -> str:
    """Return who a group or a part of one is."""
    for group in study.groups:
        if group.id == id_:
            return group.label
        for part in group.parts:
            if part.id == id_:
                return part.label or words(part.id)
    return id_


def _size(one: ResultOf) -> Fraction | None:
    """Return a number to sort an estimate by."""
    result = one.result
    if result.percent is not None:
        return Fraction(result.percent)
    if result.count is not None and result.analysed:
        return Fraction(100 * result.count, result.analysed)
    if isinstance(result, Outcome):
        effect = result.effect.value if result.effect is not None else None
        for value in (effect, result.mean, result.median, result.value):
            if value is not None:
                return Fraction(value)
    return None


def _meaning(quantity: str) -> str:
    return meanings("study", "quantity", "Outcome")[quantity]


def _rated(word: str) -> str:
    return meanings("procedure", "rating", "Certainty")[word]
