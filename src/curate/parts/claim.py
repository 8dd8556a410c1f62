"""A statement that a reader may act on, with what it rests on."""

from typing import Annotated, ClassVar, Literal

from curate.marks import meanings, such_as
from curate.part import Part
from curate.parts.quote import Quote
from curate.values import ConditionRef, Id, Many, OutcomeRef, Pmid, Prose

About = Annotated[
    Literal[
        "benefit",
        "harm",
        "indication",
        "contraindication",
        "technique",
        "mechanism",
        "comparison",
    ],
    meanings(
        {
            "benefit": "What it helps, and how much or how often.",
            "harm": "What it damages, and how often.",
            "indication": "For whom it is meant.",
            "contraindication": "For whom it must not be used.",
            "technique": "How it is done.",
            "mechanism": "How it is thought to work.",
            "comparison": "How it does beside another treatment.",
        }
    ),
]

Rating = Annotated[
    Literal[
        "high",
        "moderate",
        "low",
        "very-low",
    ],
    meanings(
        {
            "high": "We are very sure that the true effect is close to the estimate.",
            "moderate": "The true effect is likely to be close to the estimate.",
            "low": "The true effect may differ substantially from the estimate.",
            "very-low": "The true effect is likely to differ substantially from the estimate.",
        }
    ),
]

Domain = Annotated[
    Literal[
        "risk-of-bias",
        "inconsistency",
        "indirectness",
        "imprecision",
        "publication-bias",
        "large-effect",
        "dose-response",
        "plausible-confounding",
    ],
    meanings(
        {
            "risk-of-bias": "Lowers: flaws in how the studies were done.",
            "inconsistency": "Lowers: the studies disagree.",
            "indirectness": "Lowers: other people or treatments than the claim speaks of.",
            "imprecision": "Lowers: few people or events, wide intervals.",
            "publication-bias": "Lowers: studies with other results are likely to be missing.",
            "large-effect": "Raises: the effect is too large to be explained away.",
            "dose-response": "Raises: more of the treatment does more.",
            "plausible-confounding": "Raises: what could distort it would have made it smaller.",
        }
    ),
]


class CertaintyReason(Part):
    """One reason that lowers or raises the certainty."""

    domain: Domain
    """The GRADE domain: five that lower the certainty, three that raise it."""
    note: Annotated[Prose, such_as("No study had a control group.")]
    """What in the studies gives this reason."""


class Certainty(Part):
    """How sure the evidence makes us, by GRADE."""

    rating: Rating
    """high, moderate, low or very-low, by GRADE."""
    reasons: Many[CertaintyReason] = ()
    """Why the rating is what it is, domain by domain."""


class Claim(Part):
    """One statement in our own words, with its citations and the outcomes that carry it."""

    offered: ClassVar[tuple[str, ...]] = ("pmids",)

    id: Id
    """The claim's id, unique in this record; links to it never break while it stays."""
    about: About
    """What it speaks of, in one of these words."""
    text: Annotated[
        Prose, such_as("Seven of nine patients improved after a second operation for recurrence.")
    ]
    """The statement, one or two sentences in your own words; no sentence of a source is copied."""
    pmids: Many[Pmid] = ()
    """The PubMed ids (PMIDs) of the papers that it rests on."""
    evidence: Many[OutcomeRef] = ()
    """The outcomes and adverse events that carry it, each as `study#outcome`."""
    conditions: Many[ConditionRef] = ()
    """The conditions that it holds for, where it does not hold for all that the record names."""
    quote: Quote | None = None
    """Words of one of its papers that carry it, where a few words are worth keeping."""
    certainty: Certainty | None = None
    """How sure the evidence makes us (GRADE), with reasons."""
