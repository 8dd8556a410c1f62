"""What is noted at a field beside its type: its form, examples, and what it refers to.

`schemas/` and the rules on links are made of it.
"""

from typing import Any, Literal, NamedTuple


class RefTo(NamedTuple):
    """Mark a field as the id of another record of this kind."""

    kind: str


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
