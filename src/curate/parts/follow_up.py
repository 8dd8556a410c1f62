"""How long a study followed its people, and when it was conducted."""

from typing import Annotated, Literal

from curate.marks import meanings, such_as
from curate.part import Part
from curate.values import Count, NonNegative, PartialDate, Prose, Time

FollowUpUnit = Annotated[
    Literal[
        "d",
        "wk",
        "mo",
        "a",
    ],
    meanings(
        {
            "d": "Days.",
            "wk": "Weeks.",
            "mo": "Months.",
            "a": "Years.",
        }
    ),
]


class FollowUp(Part):
    """The study's own follow-up: a distribution, a planned time, or both; in one unit."""

    mean: Annotated[NonNegative | None, such_as(25.4)] = None
    """The mean, as printed, in `unit`."""
    sd: Annotated[NonNegative | None, such_as(32.1)] = None
    """The standard deviation, as printed, in `unit`."""
    median: Annotated[NonNegative | None, such_as(24.8)] = None
    """The median, as printed, in `unit`."""
    q1: Annotated[NonNegative | None, such_as(12)] = None
    """The lower quartile, as printed, in `unit`."""
    q3: Annotated[NonNegative | None, such_as(37)] = None
    """The upper quartile, as printed, in `unit`."""
    min: Annotated[NonNegative | None, such_as(3)] = None
    """The shortest follow-up, as printed, in `unit`."""
    max: Annotated[NonNegative | None, such_as(165)] = None
    """The longest follow-up, as printed, in `unit`."""
    unit: FollowUpUnit | None = None
    """The unit of all figures here, in UCUM: d, wk, mo or a (years)."""
    planned: Time | None = None
    """How long everybody was to be followed, or in a retrospective study was looked back on, where
    one time holds for all, such as `12 mo`."""
    followed: Annotated[Count | None, such_as(171)] = None
    """How many people these figures are of, as printed."""
    note: Annotated[Prose | None, such_as("Given for those who were operated on only.")] = None
    """What the source says of it that has no field, in your own words."""


class Conduct(Part):
    """When the study was carried out."""

    start: PartialDate | None = None
    """The first month or day, such as 2003-10."""
    end: PartialDate | None = None
    """The last month or day, such as 2017-02."""
