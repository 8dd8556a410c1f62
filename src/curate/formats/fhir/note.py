"""What is said beside the figures: notes, and the waivers that accept what is missing."""

from collections.abc import Iterator
from typing import Any

from curate.finding import Where
from curate.formats.fhir.exported import Origin
from curate.formats.fhir.narrative import markdown
from curate.record import Record, Waiver
from curate.waived import waived

ABSENT = {
    "extension": [
        {
            "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
            "valueCode": "unknown",
        }
    ]
}
"""Stands for a value that is not known."""

# Waivers of these fields' parts are told where the parts are.
_OF_PARTS = ("groups", "outcomes", "adverse_events", "claims")


def note(text: str | None) -> dict[str, Any] | None:
    """Return text as an Annotation."""
    return None if text is None else {"text": markdown(text)}


def waiver_note(waiver: Waiver) -> dict[str, Any]:
    """Return a waiver as an Annotation with its person and date."""
    return {
        "authorString": waiver.by,
        "time": waiver.date,
        "text": markdown(waiver_text(waiver)),
    }


def waiver_text(waiver: Waiver) -> str:
    """Return what a waiver accepts, where and why."""
    until = "" if waiver.until is None else f" until {waiver.until}"
    return f"Accepted{until} ({waiver.rule} at {waiver.at}): {waiver.reason}"


def signed_waiver_text(waiver: Waiver) -> str:
    """Return a waiver with its person and date, for places that take no Annotation."""
    return f"{waiver_text(waiver)} ({waiver.by}, {waiver.date})"


def waivers_of_part(origin: Origin) -> Iterator[Waiver]:
    """Yield the waivers that speak of a part of a record, such as one outcome."""
    for waiver, where in _waivers(origin):
        if where is not None and where[: len(origin.where)] == origin.where:
            yield waiver


def waivers_of_record(origin: Origin) -> Iterator[Waiver]:
    """Yield the waivers that speak of no outcome, adverse event, group or claim."""
    for waiver, where in _waivers(origin):
        if where is None or len(where) == 1 or where[0] not in _OF_PARTS:
            yield waiver


def waiver_for(origin: Origin, missing: str) -> Waiver | None:
    """Return the waiver that accepts that a part is without something: a `…-without-<missing>`."""
    for waiver, where in _waivers(origin):
        if waiver.rule.endswith(f"-without-{missing}") and where is not None:
            shared = min(len(where), len(origin.where))
            if where[:shared] == origin.where[:shared]:
                return waiver
    return None


def record_notes(origin: Origin) -> list[dict[str, Any] | None]:
    """Return what a record says beside its content: its note, its retirement, its waivers."""
    record = _record(origin)
    retired = record.retired_because
    return [
        note(record.note),
        note(retired and f"Retired: {retired}"),
        *(waiver_note(waiver) for waiver in waivers_of_record(origin)),
    ]


def _waivers(origin: Origin) -> Iterator[tuple[Waiver, Where | None]]:
    return waived(_record(origin), origin.entry.document.value)


def _record(origin: Origin) -> Record:
    record = origin.entry.record
    assert record is not None  # noqa: S101 - only readable records are published
    return record
