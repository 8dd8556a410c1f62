"""A reference: what PubMed says of one paper, as of a date."""

from typing import Annotated, ClassVar, Literal

from curate.marks import Shape, form, meanings, such_as
from curate.part import Part
from curate.record import Record
from curate.values import Date, Digest, Doi, Many, PartialDate, Pmcid, Pmid, Prose, Title

PaperTitle = Annotated[
    str,
    Shape(minLength=1, maxLength=2000, pattern=r"^[^\n]+$"),
    such_as("Ventro-oral thalamotomy for focal hand dystonia"),
]
TrialNumber = Annotated[
    str,
    Shape(pattern=r"^([A-Z][A-Za-z0-9/.:-]*|[0-9]{4}-[0-9/-]+)$", maxLength=60),
    form(
        "A registration is the number that the registry gives, such as NCT00196911.",
        "NCT00196911",
    ),
]

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

NoticeKind = Annotated[
    Literal["erratum", "expression-of-concern", "retraction"],
    meanings(
        {
            "erratum": "It corrects a paper.",
            "expression-of-concern": "It doubts a paper.",
            "retraction": "It withdraws a paper.",
        }
    ),
]

Origin = Annotated[
    Literal["fetched", "imported", "by-hand"],
    meanings(
        {
            "fetched": "Taken from PubMed by `curate refs fetch`.",
            "imported": "Taken by `curate refs import` from a file of PubMed or others.",
            "by-hand": "Typed; nobody compared it with PubMed by machine.",
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
    """What it corrects or says, in your own words; this acknowledges an erratum. It stays when the
    reference is fetched again."""


class Noticed(Part):
    """A paper that this entry is a notice of, being no evidence itself."""

    type: NoticeKind
    """What kind of notice this entry is."""
    pmid: Pmid | None = None
    """The PubMed id of the paper that it speaks of."""
    citation: Annotated[Title | None, such_as("JAMA 2017;318(7):632-643")] = None
    """Where that paper was published."""


class Reference(Record):
    """One paper's bibliographic data."""

    kind: ClassVar[str] = "reference"
    folder: ClassVar[str] = "references"

    title: PaperTitle
    """The paper's title as PubMed has it, on one line, without a full stop at its end; in square
    brackets where it is a translation."""
    title_in_original: PaperTitle | None = None
    """The title in the paper's own language, where PubMed gives it."""
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
    """The journal's abbreviation in PubMed or its name; for a chapter, the book's title."""
    year: Annotated[int, Shape(minimum=1800, maximum=2200, examples=[2019])] | None = None
    """The year of publication: four digits."""
    published: PartialDate | None = None
    """The date of publication as far as it is known, in quotes, such as "2019-01-22"."""
    volume: Annotated[Title | None, such_as("92")] = None
    """The volume, in quotes, such as "92"."""
    issue: Annotated[Title | None, such_as("4")] = None
    """The issue, in quotes, such as "4"."""
    pages: Annotated[Title | None, such_as("e371-e377")] = None
    """The pages or the article number, in quotes, such as "e371-e377"."""
    publication_types: Many[Annotated[Title, such_as("Randomized Controlled Trial")]] = ()
    """PubMed's words for what the paper is, such as Randomized Controlled Trial."""
    publication_status: PublicationStatus | None = None
    """What became of the paper: published, corrected, under an expression of concern, retracted.
    Left out where nothing is known of it."""
    notices: Many[Notice] = ()
    """Notices about the paper, each with its type and PMID."""
    notice_of: Many[Noticed] = ()
    """Where this entry is itself a notice, such as a retraction: the papers that it speaks of."""
    registrations: Many[TrialNumber] = ()
    """The trial registrations that PubMed lists, such as NCT00196911."""
    revised: Date | None = None
    """The day on which PubMed last revised its entry, in quotes."""
    origin: Origin
    """How this record came to be: fetched, imported, or by-hand."""
    retrieved: Date | None = None
    """The day on which the data were taken, in quotes."""
    digest: Digest | None = None
    """The digest of the data as they were fetched or imported; it betrays an edit by hand."""
