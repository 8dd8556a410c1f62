"""What outcomes and adverse events share: who was counted, when, and the figures."""

from typing import Literal

from curate.parts.interval import Effect, Interval, PValue
from curate.record import (
    Count,
    GroupRef,
    Id,
    Many,
    MeasureRef,
    NonNegative,
    Number,
    Part,
    Percent,
    Prose,
    Time,
    TimePoint,
    Title,
    Unit,
)

Counted = Literal["participants", "procedures", "pairs", "sides", "levels", "events"]
Figure = Literal[
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
]


class Result(Part):
    """Figures for one group at one time. Every number is written as the source prints it."""

    id: Id
    """The id, unique in this study; claims link to it as `study#id`."""
    title: Title
    """What was observed, on one line, in your own words."""
    group: GroupRef
    """The id of the group it was observed in."""
    follow_up: TimePoint | None = None
    """When: a time such as `12 mo`, `baseline`, or `study` for the study's own follow-up."""
    follow_up_from: Time | None = None
    """Where the source reports a window such as 4 to 8 weeks: its start, `4 wk`; follow_up is then
    its end, `8 wk`."""
    analysed: Count | None = None
    """The denominator: how many were analysed, as printed; never copied from those enrolled."""
    available: Count | None = None
    """How many could be assessed at this time, where that differs from those analysed."""
    counted: Counted | None = None
    """What count and denominator are numbers of, where they are not participants."""
    count: Count | None = None
    """How many had it, such as 7 of 9."""
    percent: Percent | None = None
    """The percentage as printed, such as 16.4; leave it out where the source prints none."""
    threshold: Title | None = None
    """What counts as having it, such as at least 50 % less pain."""
    hedge: Literal["up-to", "at-least", "about"] | None = None
    """Where the source hedges its figure: up-to, at-least or about."""
    p: PValue | None = None
    """The p-value as printed: a number, or "<0.001" in quotes."""
    derived: Many[Figure] = ()
    """Which of the figures here the source does not print, but follow from those it prints."""
    note: Prose | None = None
    """What a reader of these figures must know, in your own words."""


class Outcome(Result):
    """One result for one group at one time."""

    measure: MeasureRef | None = None
    """The id of the instrument or scale, for a score."""
    quantity: (
        Literal["value", "change", "percent-change", "improvement", "percent-improvement"] | None
    ) = None
    """What the figures are: values, changes from baseline (minus where the value fell), or changes
    in per cent of it; improvement and percent-improvement where positive figures mean better."""
    unit: Unit | None = None
    """The unit of mean, median and their spread, in UCUM, where the measure does not give it."""
    value: Number | None = None
    """A single value, as printed: of one patient, or where the source names no statistic."""
    mean: Number | None = None
    """The mean, as printed."""
    sd: NonNegative | None = None
    """The standard deviation, as printed."""
    se: NonNegative | None = None
    """The standard error, as printed."""
    median: Number | None = None
    """The median, as printed."""
    q1: Number | None = None
    """The lower quartile (the lower bound of the IQR), as printed."""
    q3: Number | None = None
    """The upper quartile (the upper bound of the IQR), as printed."""
    min: Number | None = None
    """The smallest value, as printed."""
    max: Number | None = None
    """The largest value, as printed."""
    ci: Interval | None = None
    """The confidence interval of the mean, median or percentage."""
    effect: Effect | None = None
    """The comparison with another group or with baseline."""


class AdverseEvent(Result):
    """One kind of harm in one group over one period."""

    serious: bool | None = None
    """Whether the source calls it serious: true or false."""
    course: Literal["transient", "permanent", "persisting"] | None = None
    """transient (it went away), permanent, or persisting (still there when last seen)."""
