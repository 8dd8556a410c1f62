"""A procedure: what is done, where, for what, and what is claimed of it."""

from typing import Annotated, ClassVar

from curate.marks import such_as
from curate.parts.claim import Claim
from curate.parts.coding import Coding
from curate.record import Record
from curate.values import ConditionRef, Many, ProcedureRef, Prose, Title


class Procedure(Record):
    """A procedure and the claims about it."""

    kind: ClassVar[str] = "procedure"
    folder: ClassVar[str] = "procedures"

    synonyms: Many[Annotated[Title, such_as("Vo thalamotomy")]] = ()
    """Other names of the same procedure, abbreviations included."""
    description: Annotated[
        Prose | None, such_as("A small lesion is made in the ventro-oral nucleus of the thalamus.")
    ] = None
    """What it is, in one or two sentences of your own; no figures, those belong into claims."""
    parent: ProcedureRef | None = None
    """The id of the broader procedure that this one is a form of."""
    target: Annotated[Title | None, such_as("ventro-oral nucleus of the thalamus")] = None
    """The structure it acts on, such as the ventro-oral nucleus of the thalamus."""
    technique: Annotated[Title | None, such_as("radiofrequency thermocoagulation")] = None
    """How it acts, such as radiofrequency thermocoagulation."""
    conditions: Many[ConditionRef] = ()
    """The conditions that it is used for, by id."""
    codes: Many[Coding] = ()
    """Its terms in published vocabularies."""
    claims: Many[Claim] = ()
    """What is claimed of it, each with its PMIDs and the outcomes that carry it."""
