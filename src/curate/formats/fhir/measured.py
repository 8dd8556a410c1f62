"""What was measured, as an EvidenceVariable: one for each outcome or adverse event and time."""

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from curate.finding import Where
from curate.formats.fhir.codes import EVENT, concept, term
from curate.formats.fhir.exported import Exported, Item, Origin, Resource
from curate.formats.fhir.ids import resource_id
from curate.formats.fhir.measure import measure_id
from curate.formats.fhir.note import ABSENT, waiver_for, waiver_note
from curate.formats.fhir.paper import derived_from
from curate.formats.fhir.quantity import time, time_text, unit_name
from curate.formats.fhir.resource import Head, Page, resource
from curate.kinds.measure import Measure
from curate.kinds.study import Study
from curate.parts.result import AdverseEvent, Outcome

TYPE = "EvidenceVariable"

_QUANTITIES = {
    "value": "The figures are values.",
    "change": "The figures are changes from baseline.",
    "percent-change": "The figures are changes from baseline in per cent.",
    "improvement": "The figures are improvements: positive is better.",
    "percent-improvement": "The figures are improvements in per cent: positive is better.",
}


class Result(NamedTuple):
    """An outcome or adverse event with its place in its study."""

    where: Where
    figures: Outcome | AdverseEvent

    @property
    def id(self) -> str:
        """The result's id."""
        return self.figures.id


def results(study: Study) -> Iterator[Result]:
    """Yield a study's outcomes, then its adverse events."""
    for index, outcome in enumerate(study.outcomes):
        yield Result(("outcomes", index), outcome)
    for index, event in enumerate(study.adverse_events):
        yield Result(("adverse_events", index), event)


def variables(exported: Exported) -> Iterator[Item]:
    """Yield the variables of each study's results; groups that were compared share theirs."""
    for entry, study in exported.records(Study):
        shared = shared_variables(study)
        for result in results(study):
            if shared[result.id] == result.id:
                make = partial(_variable, exported, Origin(entry, result.where), study, result)
                yield Item(TYPE, variable_id(study, result.id), make)


def variable_id(study: Study, result: str) -> str:
    """Return the id of the variable that was first measured for a result."""
    return resource_id(study.id, result)


def shared_variables(study: Study) -> dict[str, str]:
    """Return, for each result, the first one that measured the same at the same time."""
    first: dict[Any, str] = {}
    return {
        result.id: first.setdefault(_measured(result.figures), result.id)
        for result in results(study)
    }


def _measured(figures: Outcome | AdverseEvent) -> Any:
    """Return what makes two results one variable: all that is said of what was measured, when."""
    # Why a time is not known is the waiver of one result, so none shares it.
    times = (figures.follow_up, figures.follow_up_from, figures.time_frame)
    when = times if figures.follow_up else figures.id
    what = (type(figures), figures.title, figures.threshold, _handling(figures), when)
    if isinstance(figures, Outcome):
        return (
            *what,
            figures.measure,
            figures.quantity,
            figures.unit,
            figures.values,
            figures.adjusted,
        )
    return (*what, figures.serious, figures.course)


def _variable(exported: Exported, origin: Origin, study: Study, result: Result) -> Resource:
    figures = result.figures
    measure = figures.measure if isinstance(figures, Outcome) else None
    instrument = None if measure is None else exported.get(Measure, measure)
    said = [
        *_said(figures),
        f"Counts as having it: {figures.threshold}." if figures.threshold else None,
    ]
    definition = (
        term(figures.title)
        if measure is None
        else term(
            measure if instrument is None else instrument.title,
            instrument.codes if instrument else (),
        )
    )
    return resource(
        exported,
        Head(TYPE, variable_id(study, result.id), origin),
        Page(
            figures.title,
            [
                ("Study", study.title),
                ("Measured with", None if measure is None else definition["text"]),
                ("When", when_text(figures)),
                *(("Note", text) for text in said),
            ],
        ),
        title=figures.title,
        description=" ".join(text for text in said if text),
        relatedArtifact=[
            *derived_from(exported, study),
            {
                "type": "depends-on",
                "resourceReference": exported.refer(
                    TYPE, measure_id(instrument.id), instrument.title
                ),
            }
            if instrument is not None
            else None,
        ],
        characteristic=[
            {
                "description": figures.threshold,
                "definitionCodeableConcept": definition,
                "timeFromEvent": [_time(origin, study, figures)],
            }
        ],
        handling=_handling(figures),
    )


def when_text(figures: Outcome | AdverseEvent) -> str | None:
    """Return for readers when something was seen."""
    said = (_time_point(figures.follow_up, figures.follow_up_from), figures.time_frame)
    return ", ".join(text for text in said if text) or None


def _time_point(follow_up: str | None, start: str | None) -> str | None:
    if follow_up is None:
        return None
    if follow_up == "study":
        return "over the study's own follow-up"
    if follow_up == "baseline":
        return "at baseline"
    if start is not None:
        return f"{time_text(start)} to {time_text(follow_up)}"
    return time_text(follow_up)


def _said(figures: Outcome | AdverseEvent) -> Iterator[str]:
    if isinstance(figures, AdverseEvent):
        if figures.serious is not None:
            yield f"The source {'calls' if figures.serious else 'does not call'} it serious."
        if figures.course is not None:
            yield f"Course: {figures.course}."
        return
    if figures.quantity is not None:
        yield _QUANTITIES[figures.quantity]
    if figures.values is not None:
        yield f"One person's value: {figures.values.replace('-', ' ')}."
    if figures.adjusted is not None:
        yield f"The mean is {'' if figures.adjusted else 'not '}adjusted."
    if figures.unit is not None:
        yield f"Unit: {unit_name(figures.unit)}."


def _handling(figures: Outcome | AdverseEvent) -> str | None:
    if isinstance(figures, Outcome):
        numbers = (figures.value, figures.mean, figures.median, figures.min, figures.max)
        if any(number is not None for number in numbers):
            return "continuous"
    counted = figures.count is not None or figures.percent is not None
    return "dichotomous" if counted or isinstance(figures, AdverseEvent) else None


def _time(origin: Origin, study: Study, figures: Outcome | AdverseEvent) -> dict[str, Any] | None:
    """Return when it was measured, counted from the operation or the start of treatment."""
    event = concept(EVENT["operation" if study.procedures else "treatment"])
    follow_up = figures.follow_up
    if follow_up is None:
        waiver = waiver_for(origin, "follow-up")
        if waiver is None:
            return {"description": figures.time_frame}
        unknown = {"note": [waiver_note(waiver)], "eventCodeableConcept": event, "quantity": ABSENT}
        return {"description": figures.time_frame, **unknown}
    described = {"description": when_text(figures)}
    if follow_up in {"study", "baseline"}:
        return described | {"eventCodeableConcept": event}
    if figures.follow_up_from is None:
        return described | {"eventCodeableConcept": event, "quantity": time(follow_up)}
    window = {"low": time(figures.follow_up_from), "high": time(follow_up)}
    if window["low"]["code"] == window["high"]["code"] and (
        window["low"]["value"] > window["high"]["value"]
    ):
        return described | {"eventCodeableConcept": event}  # no range, but told as it is written
    return described | {"eventCodeableConcept": event, "range": window}
