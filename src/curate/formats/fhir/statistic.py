"""The figures of one result as Evidence statistics. What the source does not print is absent."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from curate.document import number_text
from curate.formats.fhir.codes import ESTIMATE, STATISTIC, concept
from curate.formats.fhir.note import ABSENT, note, waiver_note
from curate.formats.fhir.quantity import probability, quantity, range_
from curate.parts.follow_up import FollowUp
from curate.parts.interval import Effect, Interval
from curate.parts.result import AdverseEvent, Outcome
from curate.parts.significance_test import SignificanceTest
from curate.record import Waiver

Number = int | Decimal
Statistic = dict[str, Any]

_WITH_UNIT = frozenset({"mean-difference", "median-difference", "risk-difference"})


class Setting(NamedTuple):
    """What a result's figures are read with."""

    unit: str | None
    """The unit of mean, median and their spread, in UCUM."""
    participants: int | None
    """How many people entered the group."""
    against: str | None
    """What the effect is a comparison with."""
    without_denominator: Waiver | None
    """The waiver that says why the number analysed is not known."""


def statistics(figures: Outcome | AdverseEvent, setting: Setting) -> list[Statistic]:
    """Return the statistics of one result."""
    found: dict[str, Statistic] = {}
    outcome = figures if isinstance(figures, Outcome) else None
    if outcome is not None:
        found |= _centres(outcome, outcome.hedge, setting.unit)
    if figures.count is not None or figures.percent is not None:
        found["proportion"] = _proportion(figures)
    if not found:
        found["value"] = {"statisticType": concept(STATISTIC["value"])}
    if outcome is not None:
        _add_spread(found, outcome, setting.unit)
        if outcome.ci is not None:
            _add_interval(found, outcome.ci, setting.unit)
    if figures.p is not None:
        _add(_first(found, "mean", "median", "value"), p_value(figures.p))
    if figures.test is not None:
        _first(found, "mean", "median", "value").setdefault("note", []).append(
            note(test_text(figures.test))
        )
    sample = _sample(figures, setting)
    for statistic in found.values():
        statistic["sampleSize"] = sample
    effect = outcome.effect if outcome is not None else None
    return [*found.values(), *_units(figures), *_effects(effect, setting)]


def of_follow_up(follow_up: FollowUp) -> list[Statistic]:
    """Return the statistics of how long a study's people were followed."""
    found = _centres(follow_up, None, follow_up.unit)
    if not found:
        found["value"] = {"statisticType": concept(STATISTIC["value"])}
    _add_spread(found, follow_up, follow_up.unit)
    for statistic in found.values():
        statistic["sampleSize"] = {"numberOfStudies": 1, "knownDataCount": follow_up.followed}
    return list(found.values())


def _centres(
    figures: Outcome | FollowUp, hedge: str | None, unit: str | None
) -> dict[str, Statistic]:
    values = {
        "mean": figures.mean,
        "median": figures.median,
        "value": figures.value if isinstance(figures, Outcome) else None,
    }
    return {
        name: {"statisticType": concept(STATISTIC[name]), "quantity": quantity(value, unit, hedge)}
        for name, value in values.items()
        if value is not None
    }


def _proportion(figures: Outcome | AdverseEvent) -> Statistic:
    """Return k of n; the percentage only where it is printed or was derived and says so."""
    number = "numberAffected" if _of_people(figures) else "numberOfEvents"
    percent = figures.percent
    said: str | None = None
    if percent is None:
        said = "The source prints no percentage; none was computed."
    elif "percent" in figures.derived:
        said = "The source does not print this percentage; it follows from figures that it prints."
    elif figures.count is None:
        said = "The source prints the percentage without the count; none was computed."
    # The count has no comparator, so a hedge is said beside it too.
    hedge = figures.hedge and f"The source says: {figures.hedge.replace('-', ' ')}."
    return {
        "note": [note(said), note(hedge)],
        "statisticType": concept(STATISTIC["proportion"]),
        "quantity": None if percent is None else quantity(percent, "%", figures.hedge),
        number: figures.count,
    }


def _add_spread(found: dict[str, Statistic], figures: Outcome | FollowUp, unit: str | None) -> None:
    """Put each measure of spread at the figure that it is of."""
    deviations = {"sd": figures.sd, "se": figures.se if isinstance(figures, Outcome) else None}
    for name, value in deviations.items():
        if value is not None:
            estimate = {"type": concept(ESTIMATE[name]), "quantity": quantity(value, unit)}
            _add(_first(found, "mean"), estimate)
    if figures.q1 is not None or figures.q3 is not None:
        _add(_first(found, "median"), _bounds("iqr", figures.q1, figures.q3, unit))
    if figures.min is not None or figures.max is not None:
        _add(_first(found, "mean"), _bounds("range", figures.min, figures.max, unit))


def _add_interval(found: dict[str, Statistic], ci: Interval, unit: str | None) -> None:
    """Put the interval at the mean, the median or the percentage, whichever there is."""
    of = next((name for name in ("mean", "median", "proportion") if name in found), "value")
    _add(_first(found, of), interval(ci, "%" if of == "proportion" else unit))


def _first(found: dict[str, Statistic], *names: str) -> Statistic:
    """Return the statistic of the first of these names that there is, else the first one."""
    return next((found[name] for name in names if name in found), next(iter(found.values())))


def _add(statistic: Statistic, estimate: dict[str, Any]) -> None:
    statistic.setdefault("attributeEstimate", []).append(estimate)


def _bounds(
    type_: str, low: Number | None, high: Number | None, unit: str | None
) -> dict[str, Any]:
    """Return two bounds as a range; as text where they are printed the wrong way round."""
    found = {"type": concept(ESTIMATE[type_])}
    if low is not None and high is not None and low > high:
        return found | {"description": f"As printed: {number_text(low)} to {number_text(high)}"}
    return found | {"range": range_(low, high, unit)}


def interval(ci: Interval, unit: str | None) -> dict[str, Any]:
    """Return a confidence interval; FHIR gives its level as a fraction."""
    found = _bounds("ci", ci.low, ci.high, unit)
    method = f"Computed by {ci.method}." if ci.method else None
    return found | {"level": Decimal(ci.level).scaleb(-2), "note": [note(method)]}


def p_value(p: Number | str) -> dict[str, Any]:
    """Return a p-value."""
    return {"type": concept(ESTIMATE["p"]), "quantity": probability(p)}


def test_text(test: SignificanceTest) -> str:
    """Return a test for readers; R5 has no element for a test statistic."""
    degrees = ", ".join(number_text(df) for df in (test.df, test.df2) if df is not None)
    second = "" if test.df2 is None or test.df is not None else " (second)"
    parts = [
        f"Test: {test.name.replace('-', ' ')}",
        "" if test.statistic is None else f"statistic {number_text(test.statistic)}",
        f"degrees of freedom{second} {degrees}" if degrees else "",
        "" if test.sides is None else f"{test.sides}-sided",
        "" if test.corrected is None else f"{'' if test.corrected else 'not '}corrected",
    ]
    return "; ".join(part for part in parts if part) + "."


def _of_people(figures: Outcome | AdverseEvent) -> bool:
    return figures.counted in {None, "participants"}


def _sample(figures: Outcome | AdverseEvent, setting: Setting) -> dict[str, Any]:
    """Return the denominator: absent with its reason where it is not known, never filled in."""
    analysed = figures.analysed
    sample: dict[str, Any] = {
        "numberOfStudies": 1,
        "numberOfParticipants": setting.participants,
        "knownDataCount": analysed if _of_people(figures) else None,
    }
    if analysed is not None and not _of_people(figures):
        sample["description"] = f"{analysed} {figures.counted} were analysed."
    notes: list[dict[str, Any] | None] = []
    if figures.available is not None:
        notes.append(note(f"{figures.available} could be assessed at this time."))
    if analysed is None and setting.without_denominator is not None:
        sample["_knownDataCount"] = ABSENT
        notes.append(waiver_note(setting.without_denominator))
    return sample | {"note": notes}


def _units(figures: Outcome | AdverseEvent) -> Iterator[Statistic]:
    """Yield a denominator that is no number of people as a count of its own."""
    if figures.analysed is not None and not _of_people(figures):
        yield {
            "description": f"Number of {figures.counted} analysed",
            "statisticType": concept(STATISTIC["count"]),
            "quantity": quantity(figures.analysed, f"{{{figures.counted}}}"),
        }


def _effects(effect: Effect | None, setting: Setting) -> Iterator[Statistic]:
    if effect is None:
        return
    unit = setting.unit if effect.type in _WITH_UNIT else None
    estimates = [
        None if effect.ci is None else interval(effect.ci, unit),
        None if effect.p is None else p_value(effect.p),
    ]
    yield {
        "description": f"Compared with {setting.against}",
        "note": [note(None if effect.test is None else test_text(effect.test))],
        "statisticType": concept(STATISTIC[effect.type]),
        "quantity": quantity(effect.value, unit),
        "attributeEstimate": estimates,
    }
