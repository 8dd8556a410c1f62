"""Hold what we write against the official definitions of FHIR R5, before it is written.

An export that does not conform is a fault of this program, never of a record.
"""

from curate.formats.fhir.conformance.problem import NotConformant, Problem
from curate.formats.fhir.conformance.stream import (
    LARGEST_TRANSACTION,
    Judge,
    judge_entry,
    judge_targets,
    problems,
    references_of,
)
from curate.formats.fhir.conformance.walk import Asked

__all__ = [
    "LARGEST_TRANSACTION",
    "Asked",
    "Judge",
    "NotConformant",
    "Problem",
    "judge_entry",
    "judge_targets",
    "problems",
    "references_of",
]
