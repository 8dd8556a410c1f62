"""Words of a source that a claim leans on, and whether they were found there."""

from typing import Annotated, Literal

from curate.marks import meanings, such_as
from curate.part import Part
from curate.values import Date, Digest, Pmid, Prose

Found = Annotated[
    Literal["found", "not-found"],
    meanings(
        {
            "found": "The words stand in the text that was looked at.",
            "not-found": "They do not, or say something else where they stand.",
        }
    ),
]


class QuoteCheck(Part):
    """What came of looking for a quotation; written by `curate refs check --quotes --write`."""

    result: Found
    """Whether the words stand in the text that was looked at."""
    date: Date
    """The day of the check, in quotes."""
    text_digest: Digest
    """The digest of the text that was looked at: PubMed's title and abstract."""
    claim_digest: Digest
    """The digest of the claim and the quotation; editing either asks for a new check."""


class Quote(Part):
    """A few words of a source, exactly as it prints them."""

    text: Annotated[Prose, such_as("improved in 7 of 9 patients")]
    """The words, exactly as the abstract has them; as few as carry the claim."""
    pmid: Pmid
    """The PubMed id of the paper that they stand in; one of the claim's `pmids`."""
    checked: QuoteCheck | None = None
    """What came of looking for the words; written by machine, never by hand."""
