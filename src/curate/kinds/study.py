"""A study: who was treated, how long they were followed, and what came of it."""

from typing import ClassVar, Literal

from curate.parts.follow_up import Conduct, FollowUp
from curate.parts.group import Group
from curate.parts.result import AdverseEvent, Outcome
from curate.record import (
    ConditionRef,
    Count,
    Doi,
    Many,
    Pmcid,
    Pmid,
    ProcedureRef,
    Prose,
    Record,
    Registration,
    StudyRef,
)

Design = Literal[
    "randomized-trial",
    "randomized-crossover",
    "non-randomized-trial",
    "prospective-cohort",
    "retrospective-cohort",
    "case-control",
    "case-series",
    "case-report",
    "registry",
    "survey",
    "not-stated",
]
Feature = Literal[
    "sham-controlled",
    "placebo-controlled",
    "active-controlled",
    "uncontrolled",
    "open-label",
    "single-blind",
    "double-blind",
    "assessor-blind",
    "single-centre",
    "multicentre",
    "consecutive",
    "prospective",
    "retrospective",
    "pilot",
    "pragmatic",
]


class Study(Record):
    """One study as one paper reports it."""

    kind: ClassVar[str] = "study"
    folder: ClassVar[str] = "studies"

    pmid: Pmid | None = None
    """The PubMed id of the paper: digits only, such as 30587520."""
    doi: Doi | None = None
    """The DOI, without https://doi.org/."""
    pmcid: Pmcid | None = None
    """The PubMed Central id, such as PMC6345121."""
    registrations: Many[Registration] = ()
    """Trial registrations: NCT or ISRCTN numbers."""
    read: Literal["full-text", "abstract", "title"] | None = None
    """How much of the paper was read for this record."""
    design: Design
    """The design, in the nearest of these words."""
    features: Many[Feature] = ()
    """What else the source says of the design: its control, masking, centres."""
    design_note: Prose | None = None
    """Where the source's own words for its design matter."""
    conditions: Many[ConditionRef] = ()
    """The conditions that were treated, by id."""
    procedures: Many[ProcedureRef] = ()
    """The procedures that were studied, by id."""
    population: Prose | None = None
    """Who was treated, in your own words."""
    screened: Count | None = None
    """How many were screened, as printed."""
    conduct: Conduct | None = None
    """When the study was carried out."""
    follow_up: FollowUp | None = None
    """How long people were followed: mean, SD, median, range, unit."""
    groups: Many[Group] = ()
    """The arms, cohorts and subgroups, each with its own number enrolled."""
    outcomes: Many[Outcome] = ()
    """The results: one entry for one group at one time."""
    adverse_events: Many[AdverseEvent] = ()
    """The harms, each with its denominator; zero counts too."""
    adverse_events_reported: Literal["with-counts", "named-only", "none-observed", "not-reported"]
    """Whether the source reports harms: with-counts, named-only (no counts), none-observed (it
    says there were none), or not-reported (what was read does not speak of them)."""
    overlaps: Many[StudyRef] = ()
    """Ids of studies that report some of the same people."""
