"""The test that a p-value is from, so that the one can be held against the other."""

from typing import Annotated, Literal

from curate.marks import meanings, such_as
from curate.part import Part
from curate.values import NonNegative, Number

TestName = Annotated[
    Literal[
        "t",
        "paired-t",
        "z",
        "chi-square",
        "f",
        "correlation",
        "other",
    ],
    meanings(
        {
            "t": "Student's or Welch's t-test of two groups, or of one against a number.",
            "paired-t": "The t-test of two values of the same people, such as before and after.",
            "z": "A z-test, or the Wald test of an estimate.",
            "chi-square": "A chi-square test.",
            "f": "An F-test, as in an analysis of variance.",
            "correlation": "The test of a correlation r against no correlation.",
            "other": "Another test, such as Fisher's exact or a rank test; it is not recomputed.",
        }
    ),
]

Sides = Annotated[
    Literal["one", "two"],
    meanings(
        {
            "one": "The source says that the test is one-sided (one-tailed).",
            "two": "The source says that the test is two-sided, or that all its tests are.",
        }
    ),
]


class SignificanceTest(Part):
    """The test that a p-value is from, as the source describes it."""

    name: TestName
    """Which test it is."""
    statistic: Annotated[Number | None, such_as(2.31)] = None
    """The value of t, z, F, chi-square or r, as printed; it has no unit."""
    df: Annotated[NonNegative | None, such_as(28)] = None
    """The degrees of freedom, such as 28 in t(28), which have no unit; for F the first of two."""
    df2: Annotated[NonNegative | None, such_as(56)] = None
    """For F: the second of its degrees of freedom, such as 56 in F(2, 56); without a unit."""
    sides: Sides | None = None
    """Whether the test is one-sided or two-sided, where the source says so."""
    corrected: bool | None = None
    """true where the p-value was corrected for several comparisons; it is then not recomputed."""
