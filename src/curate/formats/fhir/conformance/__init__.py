"""Hold what we write against the official definitions of FHIR R5, before it is written.

An export that does not conform is a fault of this program, never of a record.
"""

from curate.formats.fhir.conformance.problem import NotConformant, Problem
from curate.formats.fhir.conformance.stream import LARGEST_TRANSACTION, conforming, problems

__all__ = ["LARGEST_TRANSACTION", "NotConformant", "Problem", "conforming", "problems"]
