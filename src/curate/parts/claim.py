"""A statement that a reader may act on, with what it rests on."""

from typing import Literal

from curate.record import ConditionRef, Id, Many, OutcomeRef, Part, Pmid, Prose

About = Literal[
    "benefit",
    "harm",
    "indication",
    "contraindication",
    "technique",
    "mechanism",
    "comparison",
]
Rating = Literal["high", "moderate", "low", "very-low"]
Domain = Literal[
    "risk-of-bias",
    "inconsistency",
    "indirectness",
    "imprecision",
    "publication-bias",
    "large-effect",
    "dose-response",
    "plausible-confounding",
]


class CertaintyReason(Part):
    """One reason that lowers or raises the certainty."""

    domain: Domain
    """The GRADE domain: five that lower the certainty, three that raise it."""
    note: Prose
    """What in the studies gives this reason."""


class Certainty(Part):
    """How sure the evidence makes us, by GRADE."""

    rating: Rating
    """high, moderate, low or very-low, by GRADE."""
    reasons: Many[CertaintyReason] = ()
    """Why the rating is what it is, domain by domain."""


class Claim(Part):
    """One statement in our own words, with its citations and the outcomes that carry it."""

    id: Id
    """The claim's id, unique in this record; links to it never break while it stays."""
    about: About
    """What it speaks of: benefit, harm, indication, contraindication, technique, mechanism or
    comparison."""
    text: Prose
    """The statement, one or two sentences in your own words; no sentence of a source is copied."""
    pmids: Many[Pmid] = ()
    """The PubMed ids (PMIDs) of the papers that it rests on."""
    evidence: Many[OutcomeRef] = ()
    """The outcomes and adverse events that carry it, each as `study#outcome`."""
    conditions: Many[ConditionRef] = ()
    """The conditions that it holds for, where it does not hold for all that the record names."""
    certainty: Certainty | None = None
    """How sure the evidence makes us (GRADE), with reasons."""
