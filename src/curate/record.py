"""What all kinds of record share: ids, references, dates, numbers, waivers.

Parts carry shape only, never validators: what they say here is generated into `schemas/`,
and the published schema judges. Meaning is for `rules/`.
"""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeAlias, TypeVar

from curate.part import Part

T = TypeVar("T")
Many: TypeAlias = tuple[T, ...]
"""A list in YAML; frozen as a tuple once read."""

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
ID_LENGTH = 48

UNWRITTEN = "To be written"
"""The title of a new record, until somebody writes one."""


class RefTo(NamedTuple):
    """Mark a field as the id of another record of this kind."""

    kind: str


BASELINE = "baseline"
"""The time before treatment; no group has it for an id."""


class OutcomeOf(NamedTuple):
    """Mark a field as `record#part`: an outcome or adverse event of a record of this kind."""

    kind: str


class GroupOf(NamedTuple):
    """Mark a field as the id of a group of the same record, or `baseline` where that may stand."""


class SameKind(NamedTuple):
    """Mark a field as the id of another record of the record's own kind."""


class PaperId(NamedTuple):
    """Mark a field as the PubMed id of a paper."""


class Day(NamedTuple):
    """Mark a field as a day of the calendar, or as much of one as is known."""


class UcumUnit(NamedTuple):
    """Mark a field as a unit of UCUM."""


class CheckDigit(NamedTuple):
    """Mark a field as an identifier whose last character checks the others."""

    scheme: Literal["orcid", "snomed-ct", "loinc"]


class Shape:
    """Mark what a value may be, and what an editor is told of it, in the words of JSON Schema."""

    def __init__(self, **keywords: Any) -> None:
        self.keywords = keywords


def form(message: str, *examples: Any) -> Shape:
    """Describe a string's form: what to say when its pattern fails, and examples that fit it."""
    return Shape(examples=list(examples), patternErrorMessage=message)


def such_as(*examples: Any) -> Shape:
    """Give a field examples: what an editor sees beside its description."""
    return Shape(examples=list(examples))


def meanings(words: dict[str, str]) -> Shape:
    """Say what each word of a `Literal` means, in its order: shown where one is chosen."""
    return Shape(enumDescriptions=words)


def _id(*examples: str) -> Any:
    return form(
        "An id is lower-case words of a-z and 0-9 joined by hyphens, starting with a letter, "
        f"at most {ID_LENGTH} characters.",
        *examples,
    )


_id_text = Shape(pattern=ID_PATTERN, maxLength=ID_LENGTH)

Id = Annotated[str, _id_text, _id("horisawa-2019", "writers-cramp")]
ProcedureRef = Annotated[str, _id_text, _id("ventro-oral-thalamotomy"), RefTo("procedure")]
ConditionRef = Annotated[str, _id_text, _id("focal-hand-dystonia"), RefTo("condition")]
StudyRef = Annotated[str, _id_text, _id("horisawa-2019"), RefTo("study")]
MeasureRef = Annotated[str, _id_text, _id("tsfd-scale"), RefTo("measure")]
GroupRef = Annotated[str, _id_text, _id("all"), GroupOf()]
AnyRef = Annotated[str, _id_text, _id("ventro-oral-thalamotomy"), SameKind()]
OutcomeRef = Annotated[
    str,
    Shape(
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*#[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        maxLength=2 * ID_LENGTH + 1,
    ),
    form(
        "Write the study's id, a hash sign and the id of its outcome or adverse event.",
        "horisawa-2019#reoperation-improved",
    ),
    OutcomeOf("study"),
]

WaivedPlace = Annotated[
    str,
    Shape(pattern=r"^[a-z0-9_]+(\.[a-z0-9_-]+)*$", maxLength=200),
    form(
        "Write the place with dots and ids, such as `outcomes.score-12-mo`.",
        "outcomes.score-12-mo",
    ),
]

Title = Annotated[str, Shape(minLength=1, maxLength=400, pattern=r"^[^\n]+$")]
Prose = Annotated[str, Shape(minLength=1, maxLength=5000)]

Date = Annotated[
    str,
    Shape(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    form('A day is written year-month-day in quotes, such as "2026-11-21".', "2026-11-21"),
    Day(),
]
PartialDate = Annotated[
    str,
    Shape(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
    form(
        'A date is a year, a month or a day: "2003", "2003-10" or "2003-10-31", in quotes.',
        "2003-10",
    ),
    Day(),
]
# Five digits are 69 days in minutes; what is longer is a slip, or meant to do harm.
_TIME = r"(0|[1-9][0-9]{0,4})(\.[0-9]{1,4})? (min|h|d|wk|mo|a)"
Time = Annotated[
    str,
    Shape(pattern=rf"^{_TIME}$"),
    form(
        "A time is a number of at most five digits, a space and a unit: min, h, d, wk, mo or a "
        "(years), such as `12 mo`.",
        "12 mo",
        "2 wk",
    ),
]
TimePoint = Annotated[
    str,
    Shape(pattern=rf"^(study|baseline|{_TIME})$"),
    form(
        "Write a time such as `12 mo` (units: min, h, d, wk, mo, a), `baseline`, or `study` for "
        "the study's own follow-up.",
        "12 mo",
        "study",
        "baseline",
    ),
]

Pmid = Annotated[
    int,
    Shape(minimum=1, maximum=99_999_999, examples=[30587520]),
    PaperId(),
]
Doi = Annotated[
    str,
    Shape(pattern=r"^10\.[0-9]{4,9}(\.[0-9]+)*/[!-~]+$", maxLength=300),
    form(
        "A DOI starts with 10. and a registrant number, then a slash and a suffix, without "
        "`https://doi.org/`, such as 10.1212/WNL.0000000000006818.",
        "10.1212/WNL.0000000000006818",
    ),
]
Pmcid = Annotated[
    str,
    Shape(pattern=r"^PMC[1-9][0-9]*$", maxLength=12),
    form("A PMCID is PMC and a number, such as PMC6345121.", "PMC6345121"),
]
Registration = Annotated[
    str,
    Shape(pattern=r"^(NCT[0-9]{8}|ISRCTN[0-9]{8})$"),
    form(
        "A registration is NCT or ISRCTN and eight digits (the digit 0, not the letter O), such "
        "as NCT00196911.",
        "NCT00196911",
        "ISRCTN34111222",
    ),
]
Orcid = Annotated[
    str,
    Shape(pattern=r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$"),
    form(
        "An ORCID iD is four groups of four digits, the last of which may be a capital X, such "
        "as 0000-0002-1694-233X.",
        "0000-0002-1694-233X",
    ),
    CheckDigit("orcid"),
]
Digest = Annotated[
    str,
    Shape(pattern=r"^[0-9a-f]{64}$"),
    form("A digest is 64 characters of 0-9 and a-f; `curate refs` writes it.", "0" * 64),
]
Unit = Annotated[
    str,
    Shape(minLength=1, maxLength=30, pattern=r"^[!-~]+$"),
    form("A unit is written in UCUM, without spaces, such as mo, %, mm[Hg] or {score}.", "mo", "%"),
    UcumUnit(),
]

# A number keeps its printed text: an integer is an int, any other a Decimal, never a float.
Number: TypeAlias = int | Decimal
NonNegative = Annotated[Number, Shape(minimum=0)]
Percent = Annotated[Number, Shape(minimum=0, maximum=100)]
Count = Annotated[int, Shape(minimum=0, maximum=100_000_000)]

Status = Annotated[
    Literal[
        "draft",
        "in_review",
        "approved",
        "retired",
    ],
    meanings(
        {
            "draft": "Being written; what is still missing is a warning, and it is never exported.",
            "in_review": "Complete as far as its author knows; no reviewer has approved it yet.",
            "approved": "Approved by the reviewer who is named under `review`.",
            "retired": "No longer held to be right; kept so that links still lead somewhere.",
        }
    ),
]


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
