"""The claims of procedures and conditions, and the resources that they lean on."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from curate.corpus import Entry
from curate.formats.fhir.evidence import evidence_id
from curate.formats.fhir.exported import Exported, Origin
from curate.formats.fhir.measured import results
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study
from curate.parts.claim import Claim
from curate.parts.result import AdverseEvent, Outcome


class Claimed(NamedTuple):
    """A claim with its record and its place."""

    origin: Origin
    record: Procedure | Condition
    claim: Claim


def claims(exported: Exported) -> Iterator[Claimed]:
    """Yield every published claim."""
    for entry, procedure in exported.records(Procedure):
        yield from claims_of(entry, procedure)
    for entry, condition in exported.records(Condition):
        yield from claims_of(entry, condition)


def claims_of(entry: Entry, record: Procedure | Condition) -> Iterator[Claimed]:
    """Yield the claims of one record."""
    for index, claim in enumerate(record.claims):
        yield Claimed(Origin(entry, ("claims", index)), record, claim)


def conditions_of(claimed: Claimed) -> tuple[str, ...]:
    """Return the conditions that a claim holds for: its own, or all that its record names."""
    record = claimed.record
    if claimed.claim.conditions:
        return claimed.claim.conditions
    return record.conditions if isinstance(record, Procedure) else ()


def supports(exported: Exported, claim: Claim) -> Iterator[dict[str, Any]]:
    """Yield the links to the Evidence that carries a claim."""
    for link in claim.evidence:
        study, result, figures = _leaned_on(exported, link)
        if figures is not None:
            reference = exported.refer("Evidence", evidence_id(study, result), figures.title)
            yield {"type": "supported-with", "resourceReference": reference}


def adverse_events(exported: Exported, claim: Claim) -> list[AdverseEvent]:
    """Return the adverse events that a claim leans on."""
    found = (_leaned_on(exported, link)[2] for link in claim.evidence)
    return [figures for figures in found if isinstance(figures, AdverseEvent)]


def _leaned_on(exported: Exported, link: str) -> tuple[str, str, Outcome | AdverseEvent | None]:
    id_, result = link.split("#")
    study = exported.get(Study, id_)
    for found in results(study) if study is not None else ():
        if found.id == result:
            return id_, result, found.figures
    return id_, result, None
