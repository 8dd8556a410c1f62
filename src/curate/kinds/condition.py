"""A condition: what is treated, and what is claimed to help."""

from typing import ClassVar

from curate.parts.claim import Claim
from curate.parts.coding import Coding
from curate.record import ConditionRef, Many, Prose, Record, Title


class Condition(Record):
    """A condition and the claims about its treatment."""

    kind: ClassVar[str] = "condition"
    folder: ClassVar[str] = "conditions"

    synonyms: Many[Title] = ()
    """Other names of the same condition, abbreviations included."""
    description: Prose | None = None
    """What it is, in one or two sentences of your own."""
    parent: ConditionRef | None = None
    """The id of the broader condition that this one is a form of."""
    codes: Many[Coding] = ()
    """Its terms in published vocabularies."""
    claims: Many[Claim] = ()
    """What is claimed of its treatment, drugs and physiotherapy included, each with its PMIDs."""
