"""What an editor wrote down of a paper, to be held against the reference with its PMID."""

from typing import Annotated

from curate.marks import Shape, such_as
from curate.part import Part
from curate.values import Title


class Citation(Part):
    """What the paper itself prints; it must be that of the reference with the study's PMID."""

    first_author: Annotated[Title | None, such_as("Horisawa S")] = None
    """The first author's family name, with or without initials, such as Horisawa S."""
    journal: Annotated[Title | None, such_as("Neurology")] = None
    """The journal, by its name or its abbreviation."""
    year: Annotated[int, Shape(minimum=1800, maximum=2200, examples=[2019])] | None = None
    """The year of publication: four digits."""
    title: Annotated[Title | None, such_as("Ventro-oral thalamotomy for focal hand dystonia")] = (
        None
    )
    """The paper's title."""
