"""What all kinds of record have: an id, a title, a status, a review, waivers."""

from typing import Annotated, ClassVar

from curate.marks import Shape, form, such_as
from curate.part import Part
from curate.values import AnyRef, Date, Id, Many, Orcid, Prose, Status, Title, WaivedPlace

UNWRITTEN = "To be written"
"""The title of a new record, until somebody writes one."""


class Waiver(Part):
    """Accept what a rule finds and nobody can mend, as the source does not print the figure."""

    rule: Annotated[
        str,
        Shape(pattern=r"^[a-z]+(-[a-z]+)*$", maxLength=60),
        form("Write the rule's name as the finding gives it.", "outcome-without-denominator"),
    ]
    """The name of the rule whose finding is accepted, as printed in the finding."""
    at: Annotated[
        WaivedPlace | Annotated[Many[WaivedPlace], Shape(minItems=1)],
        such_as("outcomes.score-12-mo"),
    ]
    """The place it is accepted at, or a list of places: field names and ids joined by dots. Each
    covers all below it."""
    reason: Annotated[
        Prose,
        such_as(
            "The abstract prints no number analysed at this time point; the full text was not read."
        ),
    ]
    """Why the finding stands: what the source does not print, and what was read of it."""
    by: Annotated[Title, such_as("editors")]
    """Who decided this: a name, or the group that did."""
    date: Date
    """The day it was decided, in quotes."""
    until: Annotated[Date | None, such_as("2027-06-30")] = None
    """The last day it holds, in quotes; from the next day on it is an error. Set it where somebody
    is to look again, such as once the full text has come."""

    @property
    def places(self) -> tuple[str, ...]:
        """The places, also where there is only one."""
        return (self.at,) if isinstance(self.at, str) else self.at


class Review(Part):
    """Name who reviewed the record, and when."""

    by: Annotated[Title, such_as("Jane Doe")]
    """The reviewer's name."""
    date: Date
    """The day of the review, in quotes."""
    orcid: Orcid | None = None
    """The reviewer's ORCID iD."""
    next: Date | None = None
    """The day by which the record is to be looked at again, in quotes."""


class Record(Part):
    """What every kind of record has."""

    kind: ClassVar[str]
    folder: ClassVar[str]

    id: Id
    """The record's id, the same as its file name without `.yaml`; it never changes."""
    title: Annotated[Title, such_as("Unilateral ventro-oral thalamotomy for focal hand dystonia")]
    """What the record is about, on one line, in your own words unless it is a paper's title."""
    status: Status
    """How far the record is: draft (never exported), in_review, approved or retired."""
    review: Review | None = None
    """Who approved the record, and when; needed once the status is approved."""
    replaced_by: AnyRef | None = None
    """For a retired record: the id of the record of the same kind that takes its place."""
    retired_because: Annotated[
        Prose | None, such_as("The paper was retracted, and nothing else reports these people.")
    ] = None
    """For a retired record that nothing replaces: why it was retired."""
    note: Annotated[Prose | None, such_as("Only the abstract was read.")] = None
    """Anything a later editor or reader should know, in your own words."""
    waivers: Many[Waiver] = ()
    """Findings that are accepted, each with its place, reason, person and date."""
