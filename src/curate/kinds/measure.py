"""A measure: an instrument or scale that outcomes are measured with."""

from typing import ClassVar, Literal

from curate.parts.coding import Coding
from curate.record import Many, NonNegative, Number, Part, Pmid, Prose, Record, Title, Unit


class SmallestImportantChange(Part):
    """The smallest change that matters to a patient."""

    value: NonNegative
    """The change, in the measure's unit, as printed."""
    pmids: Many[Pmid] = ()
    """The papers that it is taken from."""
    note: Prose | None = None
    """For whom and how it was set, such as the threshold that a trial fixed beforehand."""


class Measure(Record):
    """An instrument or scale: its bounds, step and direction."""

    kind: ClassVar[str] = "measure"
    folder: ClassVar[str] = "measures"

    abbreviation: Title | None = None
    """The short name, such as PDQ-39."""
    synonyms: Many[Title] = ()
    """Other names of the same instrument."""
    description: Prose | None = None
    """What it measures and how, in your own words."""
    data: Literal["integer-score", "score", "categories", "continuous"] | None = None
    """What a single value is: an integer score, a score with fractions, a category, continuous."""
    minimum: Number | None = None
    """The lowest possible value, where the evidence gives it."""
    maximum: Number | None = None
    """The highest possible value, where the evidence gives it."""
    step: NonNegative | None = None
    """The smallest difference between two possible values, such as 1."""
    direction: Literal["higher-is-better", "higher-is-worse"] | None = None
    """Whether a higher value is better or worse for the patient."""
    unit: Unit | None = None
    """The unit, in UCUM: {score} for a scale's points, % for a percentage."""
    smallest_important_change: SmallestImportantChange | None = None
    """The smallest change that matters, with its source."""
    categories: Many[Title] = ()
    """For a measure of categories: their names, best first."""
    codes: Many[Coding] = ()
    """Its terms in published vocabularies."""
