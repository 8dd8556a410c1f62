"""A confidence interval and a p-value, as printed."""

from typing import Annotated, Literal

from curate.marks import GroupOf, Shape, form, meanings, such_as
from curate.part import Part
from curate.parts.significance_test import SignificanceTest
from curate.values import Number, Title

Level = Annotated[Number, Shape(exclusiveMinimum=0, exclusiveMaximum=100)]

PValue = Annotated[
    Annotated[Number, Shape(minimum=0, maximum=1, examples=[0.036])]
    | Annotated[
        str,
        Shape(pattern=r"^(<|<=|>|>=)0\.[0-9]+$", maxLength=20),
        form(
            "A p-value is a number, or in quotes a comparator and a number without a space, such "
            'as "<0.001".',
            "<0.001",
        ),
    ],
    Shape(examples=[0.036, "<0.001"]),
]

EffectType = Annotated[
    Literal[
        "mean-difference",
        "median-difference",
        "standardized-mean-difference",
        "risk-difference",
        "risk-ratio",
        "odds-ratio",
        "hazard-ratio",
    ],
    meanings(
        {
            "mean-difference": "One mean minus the other.",
            "median-difference": "One median minus the other.",
            "standardized-mean-difference": "The difference of means in standard deviations.",
            "risk-difference": "One proportion minus the other.",
            "risk-ratio": "One proportion divided by the other.",
            "odds-ratio": "The odds of one divided by the odds of the other.",
            "hazard-ratio": "One rate over time divided by the other.",
        }
    ),
]


class Interval(Part):
    """A confidence interval with its level."""

    level: Annotated[Level, such_as(95)]
    """The confidence level in per cent, such as 95."""
    low: Annotated[Number, such_as(1.2)]
    """The lower bound, as printed, in the unit of the estimate."""
    high: Annotated[Number, such_as(3.4)]
    """The upper bound, as printed, in the unit of the estimate."""
    method: Annotated[Title | None, such_as("Wilson")] = None
    """How it was computed, where the source says so, such as Wald, Wilson or bootstrap."""


class Effect(Part):
    """A comparison of two groups, or of two times, as one number."""

    type: EffectType
    """Which measure of effect it is."""
    value: Annotated[Number, such_as(2.3)]
    """The estimate, as printed, in the unit of the outcome."""
    against: Annotated[
        str,
        Shape(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", maxLength=48),
        form("Write the id of a group of this study, or `baseline`.", "sham", "baseline"),
        GroupOf(),
    ]
    """The group it is compared with (its id), or `baseline` for a change over time."""
    ci: Interval | None = None
    """The confidence interval of the estimate."""
    p: PValue | None = None
    """The p-value of the comparison: a number, or "<0.001" in quotes."""
    test: SignificanceTest | None = None
    """The test that this p-value is from, where the source names it."""
