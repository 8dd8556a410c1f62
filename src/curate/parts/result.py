"""What outcomes and adverse events share: who was counted, when, and the figures."""

from typing import Annotated, ClassVar, Literal

from curate.marks import meanings, such_as
from curate.part import Part
from curate.parts.interval import Effect, Interval, PValue
from curate.parts.significance_test import SignificanceTest
from curate.values import (
    Count,
    GroupRef,
    Id,
    Many,
    MeasureRef,
    NonNegative,
    Number,
    Percent,
    Prose,
    Time,
    TimePoint,
    Title,
    Unit,
)

Counted = Annotated[
    Literal[
        "participants",
        "procedures",
        "pairs",
        "sides",
        "levels",
        "events",
    ],
    meanings(
        {
            "participants": "People; this is what is meant where nothing is said.",
            "procedures": "Operations: somebody operated on twice counts twice.",
            "pairs": "Pairs of people who were compared.",
            "sides": "Sides of the body: somebody treated on both counts twice.",
            "levels": "Levels of the spine.",
            "events": "Events: somebody may have several.",
        }
    ),
]

Figure = Annotated[
    Literal[
        "analysed",
        "available",
        "count",
        "percent",
        "value",
        "mean",
        "sd",
        "se",
        "median",
        "q1",
        "q3",
        "min",
        "max",
        "ci",
        "effect",
    ],
    meanings(
        {
            "analysed": "The denominator.",
            "available": "The number who could be assessed.",
            "count": "The count.",
            "percent": "The percentage.",
            "value": "The single value.",
            "mean": "The mean.",
            "sd": "The standard deviation.",
            "se": "The standard error.",
            "median": "The median.",
            "q1": "The lower quartile.",
            "q3": "The upper quartile.",
            "min": "The smallest value.",
            "max": "The largest value.",
            "ci": "The confidence interval.",
            "effect": "The value of the comparison, not its interval or p-value.",
        }
    ),
]

Hedge = Annotated[
    Literal[
        "up-to",
        "at-least",
        "about",
    ],
    meanings(
        {
            "up-to": "The true figure is this or less.",
            "at-least": "The true figure is this or more.",
            "about": "The figure was rounded or guessed by the source.",
        }
    ),
]

Quantity = Annotated[
    Literal[
        "value",
        "change",
        "percent-change",
        "improvement",
        "percent-improvement",
    ],
    meanings(
        {
            "value": "Values on the scale.",
            "change": "Changes from baseline: minus where the value fell.",
            "percent-change": "Changes in per cent of baseline: minus where it fell.",
            "improvement": "Changes from baseline: positive means better.",
            "percent-improvement": "Changes in per cent: positive means better.",
        }
    ),
]

Values = Annotated[
    Literal["whole-numbers", "yes-no", "continuous"],
    meanings(
        {
            "whole-numbers": "Counts: each person has 0, 1, 2 … of them, such as attacks a week.",
            "yes-no": "Each person has 0 or 1, so that the mean is a share.",
            "continuous": "Any value, such as a length or a time.",
        }
    ),
]

Course = Annotated[
    Literal[
        "transient",
        "permanent",
        "persisting",
    ],
    meanings(
        {
            "transient": "It went away.",
            "permanent": "It stayed, as the source says.",
            "persisting": "It was still there when last seen.",
        }
    ),
]


class Result(Part):
    """Figures for one group at one time. Every number is written as the source prints it."""

    offered: ClassVar[tuple[str, ...]] = ("follow_up", "analysed", "count")

    id: Id
    """The id, unique in this study; claims link to it as `study#id`."""
    title: Annotated[Title, such_as("Improved after a second operation")]
    """What was observed, on one line, in your own words."""
    group: GroupRef
    """The id of the group it was observed in."""
    follow_up: TimePoint | None = None
    """When: a time such as `12 mo`, `baseline`, or `study` for the study's own follow-up."""
    follow_up_from: Time | None = None
    """Where the source reports a window such as 4 to 8 weeks: its start, `4 wk`; follow_up is then
    its end, `8 wk`."""
    time_frame: Annotated[Title | None, such_as("after test stimulation")] = None
    """When, in words, where the source names an event and no length of time, such as after test
    stimulation; it does not take the place of follow_up."""
    analysed: Annotated[Count | None, such_as(9)] = None
    """The denominator: how many were analysed, as printed; never copied from those enrolled."""
    available: Annotated[Count | None, such_as(143)] = None
    """How many could be assessed at this time, where that differs from those analysed."""
    counted: Counted | None = None
    """What count and denominator are numbers of, where they are not participants."""
    count: Annotated[Count | None, such_as(7)] = None
    """How many had it, such as 7 of 9."""
    percent: Annotated[Percent | None, such_as(16.4)] = None
    """The percentage as printed, such as 16.4; leave it out where the source prints none."""
    threshold: Annotated[Title | None, such_as("at least 50 % less pain")] = None
    """What counts as having it, such as at least 50 % less pain."""
    hedge: Hedge | None = None
    """Where the source hedges its figure: up-to, at-least or about."""
    p: PValue | None = None
    """The p-value as printed: a number, or "<0.001" in quotes."""
    test: SignificanceTest | None = None
    """The test that this p-value is from, where the source names it."""
    derived: Many[Figure] = ()
    """Which of the figures here the source does not print, but follow from those it prints."""
    note: Annotated[Prose | None, such_as("Measured by telephone.")] = None
    """What a reader of these figures must know, in your own words."""


class Outcome(Result):
    """One result for one group at one time."""

    measure: MeasureRef | None = None
    """The id of the instrument or scale, for a score."""
    quantity: Quantity | None = None
    """What the figures are: values, changes from baseline (minus where the value fell), or changes
    in per cent of it; improvement and percent-improvement where positive figures mean better."""
    values: Values | None = None
    """What one person's value is, where no measure says it; means of counts are checked by it."""
    unit: Unit | None = None
    """The unit of mean, median and their spread, in UCUM, where the measure does not give it."""
    value: Annotated[Number | None, such_as(3.5)] = None
    """A single value, as printed, in the unit of the measure or in `unit`: of one patient, or
    where the source names no statistic."""
    mean: Annotated[Number | None, such_as(25.4)] = None
    """The mean, as printed, in the unit of the measure or in `unit`."""
    adjusted: bool | None = None
    """true where the source adjusted the mean (least squares, a model, imputed values): it is then
    no plain average, and is not held against one."""
    sd: Annotated[NonNegative | None, such_as(32.1)] = None
    """The standard deviation, as printed, in the unit of the measure or in `unit`."""
    se: Annotated[NonNegative | None, such_as(1.2)] = None
    """The standard error, as printed, in the unit of the measure or in `unit`."""
    median: Annotated[Number | None, such_as(58)] = None
    """The median, as printed, in the unit of the measure or in `unit`."""
    q1: Annotated[Number | None, such_as(3)] = None
    """The lower quartile (the lower bound of the IQR), as printed, in the unit of the measure or
    in `unit`."""
    q3: Annotated[Number | None, such_as(6)] = None
    """The upper quartile (the upper bound of the IQR), as printed, in the unit of the measure or
    in `unit`."""
    min: Annotated[Number | None, such_as(0)] = None
    """The smallest value, as printed, in the unit of the measure or in `unit`."""
    max: Annotated[Number | None, such_as(90)] = None
    """The largest value, as printed, in the unit of the measure or in `unit`."""
    ci: Interval | None = None
    """The confidence interval of the mean, median or percentage."""
    effect: Effect | None = None
    """The comparison with another group or with baseline."""


class AdverseEvent(Result):
    """One kind of harm in one group over one period."""

    serious: bool | None = None
    """Whether the source calls it serious: true or false."""
    course: Course | None = None
    """transient (it went away), permanent, or persisting (still there when last seen)."""
