"""What fields of all kinds of record may hold: ids, references, titles, dates, numbers.

Shape only, never validators: what is said here is generated into `schemas/`, and the published
schema judges. Meaning is for `rules/`.
"""

from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from curate.marks import (
    CheckDigit,
    Day,
    GroupOf,
    OutcomeOf,
    PaperId,
    RefTo,
    SameKind,
    Shape,
    UcumUnit,
    form,
    meanings,
)

T = TypeVar("T")
Many: TypeAlias = tuple[T, ...]
"""A list in YAML; frozen as a tuple once read."""

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
ID_LENGTH = 48

BASELINE = "baseline"
"""The time before treatment; no group has it for an id."""


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
