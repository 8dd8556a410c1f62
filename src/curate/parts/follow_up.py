"""How long a study followed its people, and when it was conducted."""

from typing import Literal

from curate.record import Count, NonNegative, Part, PartialDate, Prose, Time


class FollowUp(Part):
    """The study's own follow-up: a distribution, a planned time, or both; in one unit."""

    mean: NonNegative | None = None
    """The mean, as printed."""
    sd: NonNegative | None = None
    """The standard deviation, as printed."""
    median: NonNegative | None = None
    """The median, as printed."""
    q1: NonNegative | None = None
    """The lower quartile, as printed."""
    q3: NonNegative | None = None
    """The upper quartile, as printed."""
    min: NonNegative | None = None
    """The shortest follow-up, as printed."""
    max: NonNegative | None = None
    """The longest follow-up, as printed."""
    unit: Literal["d", "wk", "mo", "a"] | None = None
    """The unit of all figures here, in UCUM: d, wk, mo or a (years)."""
    planned: Time | None = None
    """How long everybody was to be followed, such as `12 mo`."""
    followed: Count | None = None
    """How many people these figures are of, as printed."""
    note: Prose | None = None
    """What the source says of it that has no field, in your own words."""


class Conduct(Part):
    """When the study was carried out."""

    start: PartialDate | None = None
    """The first month or day, such as 2003-10."""
    end: PartialDate | None = None
    """The last month or day, such as 2017-02."""
