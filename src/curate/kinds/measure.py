"""A measure: an instrument or scale that outcomes are measured with."""

from typing import Annotated, ClassVar, Literal

from curate.marks import meanings, such_as
from curate.part import Part
from curate.parts.coding import Coding
from curate.record import Record
from curate.values import Many, NonNegative, Number, Pmid, Prose, Title, Unit

Data = Annotated[
    Literal["integer-score", "score", "categories", "continuous"],
    meanings(
        {
            "integer-score": "Whole points only, as a sum of items: checks on means rely on it.",
            "score": "Points with fractions, such as an average of items.",
            "categories": "One of several named classes.",
            "continuous": "Any value within the bounds, such as a length, a time or a percentage.",
        }
    ),
]

Direction = Annotated[
    Literal["higher-is-better", "higher-is-worse"],
    meanings(
        {
            "higher-is-better": "A higher value means that the patient is better.",
            "higher-is-worse": "A higher value means that the patient is worse.",
        }
    ),
]


class SmallestImportantChange(Part):
    """The smallest change that matters to a patient."""

    value: Annotated[NonNegative, such_as(3)]
    """The change, in the measure's unit, as printed."""
    pmids: Many[Pmid] = ()
    """The papers that it is taken from."""
    note: Annotated[
        Prose | None, such_as("The threshold that the trial fixed before it began.")
    ] = None
    """For whom and how it was set, such as the threshold that a trial fixed beforehand."""


class Measure(Record):
    """An instrument or scale: its bounds, step and direction."""

    kind: ClassVar[str] = "measure"
    folder: ClassVar[str] = "measures"

    abbreviation: Annotated[Title | None, such_as("PDQ-39")] = None
    """The short name, such as PDQ-39."""
    synonyms: Many[Annotated[Title, such_as("Parkinson's Disease Questionnaire")]] = ()
    """Other names of the same instrument."""
    description: Annotated[
        Prose | None, such_as("A questionnaire that patients fill in about their own health.")
    ] = None
    """What it measures and how, in your own words."""
    data: Data | None = None
    """What a single value is: an integer score, a score with fractions, a category, continuous."""
    minimum: Annotated[Number | None, such_as(0)] = None
    """The lowest possible value, in `unit`, where the evidence gives it."""
    maximum: Annotated[Number | None, such_as(100)] = None
    """The highest possible value, in `unit`, where the evidence gives it."""
    step: Annotated[NonNegative | None, such_as(1)] = None
    """The smallest difference between two possible values, in `unit`, such as 1."""
    direction: Direction | None = None
    """Whether a higher value is better or worse for the patient."""
    unit: Unit | None = None
    """The unit, in UCUM: {score} for a scale's points, % for a percentage."""
    smallest_important_change: SmallestImportantChange | None = None
    """The smallest change that matters, with its source."""
    categories: Many[Annotated[Title, such_as("excellent")]] = ()
    """For a measure of categories: their names, best first."""
    codes: Many[Coding] = ()
    """Its terms in published vocabularies."""
