"""A reference: what PubMed says of one paper, as of a date."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curate.record import (
    Date,
    Doi,
    Many,
    Part,
    PartialDate,
    Pmcid,
    Pmid,
    Prose,
    Record,
    Title,
    meanings,
    such_as,
)

NoticeType = Annotated[
    Literal[
        "erratum",
        "expression-of-concern",
        "retraction",
        "retracted-and-republished",
        "corrected-and-republished",
        "update",
    ],
    meanings(
        {
            "erratum": "A correction of the paper.",
            "expression-of-concern": "The journal doubts the paper and says so.",
            "retraction": "The paper was withdrawn.",
            "retracted-and-republished": "The paper was withdrawn, and a new version published.",
            "corrected-and-republished": "A corrected version was published in full.",
            "update": "A later version with further data.",
        }
    ),
]

PublicationStatus = Annotated[
    Literal[
        "published",
        "retracted",
        "concern",
        "corrected",
    ],
    meanings(
        {
            "published": "No notice about it is known; there may be one all the same.",
            "retracted": "It was withdrawn.",
            "concern": "The journal has expressed concern about it.",
            "corrected": "A correction of it was published.",
        }
    ),
]


class Notice(Part):
    """A later notice about the paper: a correction, a concern, a retraction."""

    type: NoticeType
    """What kind of notice it is."""
    pmid: Pmid | None = None
    """The PubMed id of the notice, where it has one."""
    doi: Doi | None = None
    """The DOI of the notice."""
    citation: Annotated[Title | None, such_as("JAMA 2017;318(12):1188")] = None
    """Where it was published, such as JAMA 2017;318(12):1188."""
    note: Annotated[Prose | None, such_as("Corrects a figure in a table.")] = None
    """What it corrects or says, in your own words."""


class Reference(Record):
    """One paper's bibliographic data."""

    kind: ClassVar[str] = "reference"
    folder: ClassVar[str] = "references"

    pmid: Pmid
    """The PubMed id: digits only. The record's id is `pmid-` and this number."""
    doi: Doi | None = None
    """The DOI, without https://doi.org/."""
    pmcid: Pmcid | None = None
    """The PubMed Central id, such as PMC6345121."""
    authors: Many[Annotated[Title, such_as("Horisawa S")]] = ()
    """Family name and initials of each author, in order, such as Horisawa S."""
    authors_complete: bool | None = None
    """true where the list above is the whole list, false where authors are missing from it."""
    journal: Annotated[Title | None, such_as("Neurology")] = None
    """The journal's name or its abbreviation in PubMed."""
    year: Annotated[int, Field(ge=1800, le=2200, examples=[2019])] | None = None
    """The year of publication: four digits."""
    published: PartialDate | None = None
    """The date of publication as far as it is known, in quotes, such as "2019-01-22"."""
    volume: Annotated[Title | None, such_as("92")] = None
    """The volume, in quotes, such as "92"."""
    issue: Annotated[Title | None, such_as("4")] = None
    """The issue, in quotes, such as "4"."""
    pages: Annotated[Title | None, such_as("e371-e377")] = None
    """The pages or the article number, in quotes, such as "e371-e377"."""
    publication_status: PublicationStatus | None = None
    """What became of the paper: published, corrected, under an expression of concern, retracted."""
    notices: Many[Notice] = ()
    """Notices about the paper, each with its type and PMID."""
    entered: Literal["by-hand"]
    """How this record came to be; by-hand means that nobody compared it with PubMed by machine."""
    retrieved: Date | None = None
    """The day on which the data were taken, in quotes."""
