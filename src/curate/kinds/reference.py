"""A reference: what PubMed says of one paper, as of a date."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from curate.record import Date, Doi, Many, Part, PartialDate, Pmcid, Pmid, Prose, Record, Title


class Notice(Part):
    """A later notice about the paper: a correction, a concern, a retraction."""

    type: Literal[
        "erratum",
        "expression-of-concern",
        "retraction",
        "retracted-and-republished",
        "corrected-and-republished",
        "update",
    ]
    """What kind of notice it is."""
    pmid: Pmid | None = None
    """The PubMed id of the notice, where it has one."""
    doi: Doi | None = None
    """The DOI of the notice."""
    citation: Title | None = None
    """Where it was published, such as JAMA 2017;318(12):1188."""
    note: Prose | None = None
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
    authors: Many[Title] = ()
    """Family name and initials of each author, in order, such as Horisawa S."""
    authors_complete: bool | None = None
    """true where the list above is the whole list, false where authors are missing from it."""
    journal: Title | None = None
    """The journal's name or its abbreviation in PubMed."""
    year: Annotated[int, Field(ge=1800, le=2200, examples=[2019])] | None = None
    """The year of publication: four digits."""
    published: PartialDate | None = None
    """The date of publication as far as it is known, in quotes, such as "2019-01-22"."""
    volume: Title | None = None
    """The volume, in quotes, such as "92"."""
    issue: Title | None = None
    """The issue, in quotes, such as "4"."""
    pages: Title | None = None
    """The pages or the article number, in quotes, such as "e371-e377"."""
    publication_status: Literal["published", "retracted", "concern", "corrected"] | None = None
    """What became of the paper: published, corrected, under an expression of concern, retracted."""
    notices: Many[Notice] = ()
    """Notices about the paper, each with its type and PMID."""
    entered: Literal["by-hand"]
    """How this record came to be; by-hand means that nobody compared it with PubMed by machine."""
    retrieved: Date | None = None
    """The day on which the data were taken, in quotes."""
