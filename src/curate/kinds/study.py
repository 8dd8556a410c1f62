"""A study: who was treated, how long they were followed, and what came of it."""

from typing import Annotated, ClassVar, Literal

from curate.marks import meanings, such_as
from curate.parts.citation import Citation
from curate.parts.follow_up import Conduct, FollowUp
from curate.parts.group import Group
from curate.parts.result import AdverseEvent, Outcome
from curate.record import Record
from curate.values import (
    ConditionRef,
    Count,
    Doi,
    Many,
    Pmcid,
    Pmid,
    ProcedureRef,
    Prose,
    Registration,
    StudyRef,
)

Design = Annotated[
    Literal[
        "randomized-trial",
        "randomized-crossover",
        "non-randomized-trial",
        "cohort",
        "prospective-cohort",
        "retrospective-cohort",
        "case-control",
        "case-series",
        "case-report",
        "registry",
        "survey",
        "not-stated",
    ],
    meanings(
        {
            "randomized-trial": "Chance decided who got which treatment, in parallel groups.",
            "randomized-crossover": "Everybody got all treatments, in an order decided by chance.",
            "non-randomized-trial": "Treatments were assigned by a plan, but not by chance.",
            "cohort": "People were followed; the source does not say if it was planned beforehand.",
            "prospective-cohort": "People were chosen and followed by a plan made beforehand.",
            "retrospective-cohort": "People treated earlier were looked up in records.",
            "case-control": "People with an outcome were compared with people without it.",
            "case-series": "Several patients are described, without a comparison.",
            "case-report": "One patient, or very few, each described alone.",
            "registry": "Data were collected in a register that was kept for many purposes.",
            "survey": "People or clinics were asked by questionnaire.",
            "not-stated": "What was read of the source does not say.",
        }
    ),
]

Feature = Annotated[
    Literal[
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
    ],
    meanings(
        {
            "sham-controlled": "A control group got a sham procedure.",
            "placebo-controlled": "A control group got a placebo.",
            "active-controlled": "A control group got another treatment.",
            "uncontrolled": "There was no control group.",
            "open-label": "Everybody knew who got what.",
            "single-blind": "Either patients or assessors did not know who got what.",
            "double-blind": "Neither patients nor their doctors and assessors knew.",
            "assessor-blind": "Those who assessed the outcome did not know who got what.",
            "single-centre": "It was done at one centre.",
            "multicentre": "It was done at several centres.",
            "consecutive": "All patients of a period were counted, one after the other.",
            "prospective": "It was planned before the first patient was treated.",
            "retrospective": "It was planned after the patients had been treated.",
            "pilot": "It was meant to prepare a larger study.",
            "pragmatic": "It was done under the conditions of ordinary care.",
        }
    ),
]

Read = Annotated[
    Literal[
        "full-text",
        "abstract",
        "title",
    ],
    meanings(
        {
            "full-text": "The whole paper was read.",
            "abstract": "Only the abstract was read.",
            "title": "Only the title was read.",
        }
    ),
]

HarmsReported = Annotated[
    Literal[
        "with-counts",
        "named-only",
        "none-observed",
        "not-reported",
    ],
    meanings(
        {
            "with-counts": "The source counts harms; they are listed under `adverse_events`.",
            "named-only": "The source names harms, but prints no numbers.",
            "none-observed": "The source says that there were none.",
            "not-reported": "What was read of the source does not speak of harms.",
        }
    ),
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
    citation: Citation | None = None
    """First author, journal, year and title as the paper prints them: a PMID of another paper is
    then found out."""
    registrations: Many[Registration] = ()
    """Trial registrations: NCT or ISRCTN numbers."""
    read: Read | None = None
    """How much of the paper was read for this record."""
    design: Design
    """The design, in the nearest of these words."""
    features: Many[Feature] = ()
    """What else the source says of the design: its control, masking, centres."""
    design_note: Annotated[
        Prose | None,
        such_as(
            "The authors call it a case series; all patients treated in the period were counted."
        ),
    ] = None
    """Where the source's own words for its design matter."""
    conditions: Many[ConditionRef] = ()
    """The conditions that were treated, by id."""
    procedures: Many[ProcedureRef] = ()
    """The procedures that were studied, by id."""
    population: Annotated[
        Prose | None, such_as("Adults with focal hand dystonia whom injections had not helped.")
    ] = None
    """Who was treated, in your own words."""
    screened: Annotated[Count | None, such_as(202)] = None
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
    adverse_events_reported: HarmsReported
    """Whether the source reports harms: with-counts, named-only (no counts), none-observed (it
    says there were none), or not-reported (what was read does not speak of them)."""
    overlaps: Many[StudyRef] = ()
    """Ids of studies that report some of the same people."""
