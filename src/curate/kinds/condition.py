"""A condition: what is treated, and what is claimed to help."""

from typing import Annotated, ClassVar

from curate.marks import such_as
from curate.parts.claim import Claim
from curate.parts.coding import Coding
from curate.record import Record
from curate.values import ConditionRef, Many, Prose, Title


class Condition(Record):
    """A condition and the claims about its treatment."""

    kind: ClassVar[str] = "condition"
    folder: ClassVar[str] = "conditions"

    synonyms: Many[Annotated[Title, such_as("task-specific focal hand dystonia")]] = ()
    """Other names of the same condition, abbreviations included."""
    description: Annotated[
        Prose | None,
        such_as("Cramps and abnormal postures of the hand, often in one skilled task only."),
    ] = None
    """What it is, in one or two sentences of your own."""
    parent: ConditionRef | None = None
    """The id of the broader condition that this one is a form of."""
    codes: Many[Coding] = ()
    """Its terms in published vocabularies."""
    claims: Many[Claim] = ()
    """What is claimed of its treatment, drugs and physiotherapy included, each with its PMIDs."""
