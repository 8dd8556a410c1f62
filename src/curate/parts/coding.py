"""A term of a published vocabulary."""

from typing import Annotated, Literal, TypeAlias

from curate.marks import CheckDigit, Shape, form, such_as
from curate.part import Part
from curate.values import Title


class Mesh(Part):
    """A Medical Subject Heading."""

    system: Literal["mesh"]
    """The vocabulary: MeSH."""
    code: Annotated[
        str,
        Shape(pattern=r"^[DQC]([0-9]{6}|[0-9]{9})$"),
        form("A MeSH id is D, Q or C and six or nine digits, such as D013812.", "D013812"),
    ]
    """The unique id of the heading, such as D013812."""
    display: Annotated[Title | None, such_as("Thalamus")] = None
    """The heading's own words."""


class SnomedCt(Part):
    """A SNOMED CT concept."""

    system: Literal["snomed-ct"]
    """The vocabulary: SNOMED CT."""
    code: Annotated[
        str,
        Shape(pattern=r"^[1-9][0-9]{5,17}$"),
        form('A SNOMED CT id is 6 to 18 digits in quotes, such as "22298006".', "22298006"),
        CheckDigit("snomed-ct"),
    ]
    """The concept id, in quotes; its last digit is a check digit."""
    display: Annotated[Title | None, such_as("Myocardial infarction")] = None
    """The concept's preferred term."""


class Icd10Cm(Part):
    """An ICD-10-CM code."""

    system: Literal["icd-10-cm"]
    """The classification: ICD-10-CM."""
    code: Annotated[
        str,
        Shape(pattern=r"^[A-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?$"),
        form("An ICD-10-CM code is a letter, two characters, a dot and the rest.", "G50.0"),
    ]
    """The code with its dot, such as G50.0."""
    display: Annotated[Title | None, such_as("Trigeminal neuralgia")] = None
    """The code's title."""


class Icd11(Part):
    """An ICD-11 code for mortality and morbidity statistics."""

    system: Literal["icd-11"]
    """The classification: ICD-11 MMS."""
    code: Annotated[
        str,
        Shape(pattern=r"^[1-9A-HJ-NP-Z][A-HJ-NP-Z][0-9][0-9A-HJ-NP-Z](\.[0-9A-HJ-NP-Z]{1,2})?$"),
        form("An ICD-11 code is four characters, the second a letter, such as 8A00.0.", "8A00.0"),
    ]
    """The stem code, such as 8A00.0."""
    display: Annotated[Title | None, such_as("Parkinson disease")] = None
    """The code's title."""


class Loinc(Part):
    """A LOINC term."""

    system: Literal["loinc"]
    """The vocabulary: LOINC."""
    code: Annotated[
        str,
        Shape(pattern=r"^[1-9][0-9]{0,5}-[0-9]$"),
        form("A LOINC code is a number, a hyphen and a check digit, such as 2160-0.", "2160-0"),
        CheckDigit("loinc"),
    ]
    """The code with its check digit, such as 2160-0."""
    display: Annotated[Title | None, such_as("Creatinine [Mass/volume] in Serum or Plasma")] = None
    """The term's long common name."""


Coding: TypeAlias = Mesh | SnomedCt | Icd10Cm | Icd11 | Loinc
