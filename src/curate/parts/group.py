"""Who was studied: arms, cohorts, subgroups, and people followed further."""

from typing import Annotated, ClassVar, Literal

from curate.marks import meanings, such_as
from curate.part import Part
from curate.parts.coding import Coding
from curate.parts.result import Counted
from curate.values import ConditionRef, Count, GroupRef, Id, Many, ProcedureRef, Prose, Title

Role = Annotated[
    Literal[
        "experimental",
        "active-comparator",
        "sham-comparator",
        "placebo-comparator",
        "no-intervention",
        "cohort",
        "subgroup",
    ],
    meanings(
        {
            "experimental": "The arm that got the treatment under study.",
            "active-comparator": "The arm that got another treatment, known to work.",
            "sham-comparator": "The arm that got a sham procedure.",
            "placebo-comparator": "The arm that got a placebo.",
            "no-intervention": "The arm that got nothing.",
            "cohort": "People who were followed, without arms.",
            "subgroup": "Some of the people of another group; `within` names it.",
        }
    ),
]

PartsAre = Annotated[
    Literal["exhaustive", "overlapping", "incomplete"],
    meanings(
        {
            "exhaustive": "Everybody of the group is in exactly one part: the parts add up.",
            "overlapping": "Somebody may be in several parts.",
            "incomplete": "Some people of the group are in no part.",
        }
    ),
]


class Treatment(Part):
    """A treatment that is no procedure of this corpus: a drug, physiotherapy, sham."""

    name: Annotated[Title, such_as("gabapentin 300 mg twice daily")]
    """What was given, such as gabapentin 300 mg twice daily."""
    codes: Many[Coding] = ()
    """Its terms in published vocabularies."""


class GroupPart(Part):
    """A share of a group, such as one of its diagnoses. Outcomes may name it as their group."""

    id: Id
    """The id, unique among the groups and parts of this study."""
    label: Annotated[Title | None, such_as("Writer's cramp")] = None
    """What these people have in common, where the id does not say it."""
    enrolled: Annotated[Count | None, such_as(92)] = None
    """How many they are, as printed."""
    conditions: Many[ConditionRef] = ()
    """The conditions of this share, by id."""


class Group(Part):
    """People who are reported together."""

    offered: ClassVar[tuple[str, ...]] = ("enrolled",)

    id: Id
    """The id, unique among the groups and parts of this study, such as all or sham."""
    label: Annotated[Title, such_as("All treated patients")]
    """Who they are, such as all treated patients."""
    role: Role | None = None
    """The arm's role in the trial (ClinicalTrials.gov arm types), or cohort or subgroup."""
    within: GroupRef | None = None
    """For a subgroup, or for people followed further: the group that they come from."""
    procedures: Many[ProcedureRef] = ()
    """What was done to them, by procedure id, where it is not what the study names."""
    treatments: Many[Treatment] = ()
    """Treatments that are no procedures, named and coded in place."""
    counted: Counted | None = None
    """What `enrolled` is a number of, where it is not participants."""
    enrolled: Annotated[Count | None, such_as(171)] = None
    """How many entered the group, as printed."""
    derived: Many[Literal["enrolled"]] = ()
    """Write `- enrolled` where that number is not printed but follows from printed ones."""
    parts: Many[GroupPart] = ()
    """The shares it is made of, such as diagnoses, each with its number."""
    parts_are: PartsAre | None = None
    """exhaustive: the parts add up to the group; overlapping or incomplete: they do not."""
    note: Annotated[Prose | None, such_as("Nine of them were operated on again.")] = None
    """What a reader of these numbers must know."""
