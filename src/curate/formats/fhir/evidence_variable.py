"""EvidenceVariable: what was measured, given, treated or counted, defined once each."""

from collections.abc import Iterator

from curate.formats.fhir import condition, exposure_variable, follow_up, measure, measured
from curate.formats.fhir.exported import Exported, Item


def items(exported: Exported) -> Iterator[Item]:
    """Yield the variables of conditions, measures, exposures, results and follow-up."""
    yield from condition.variables(exported)
    yield from measure.variables(exported)
    yield from exposure_variable.variables(exported)
    yield from measured.variables(exported)
    yield from follow_up.variables(exported)
