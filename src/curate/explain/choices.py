"""Explain a word that is none of the choices, and offer the one that was likely meant."""

import re
from collections.abc import Iterator
from typing import Any

from curate.document import Fault
from curate.explain.guess import only_write
from curate.explain.meant import readings
from curate.explain.sure import time_unit
from curate.explain.verdict import Refused
from curate.explain.words import one_of, sentences, shown
from curate.fault import Write
from curate.suggest import did_you_mean, only_one


def not_a_choice(refused: Refused) -> Iterator[Fault]:
    """Explain a value that is not among those listed."""
    choices = [refused.limit] if refused.keyword == "const" else list(refused.limit)
    yield a_choice(refused, choices, refused.value)


def a_choice(refused: Refused, choices: list[str], value: Any) -> Fault:
    """Say that a value is none of the choices, at the place of what was refused."""
    if value is None or value == "":
        return Fault(
            "empty-field", refused.where, "The field has no value.", f"Choose {one_of(choices)}."
        )
    alone = value[0] if isinstance(value, list) and len(value) == 1 else value
    sure = _meant(alone, choices) if isinstance(alone, str) else ""
    guess = "" if sure else _guess(str(value), choices)
    return Fault(
        "not-a-choice",
        refused.where,
        f"{shown(value)} is none of the words that can stand here.",
        f"Write `{sure}`." if sure else sentences(guess, f"Choose {one_of(choices)}."),
        edit := _respelt(value, choices),
        None if edit else _one_meant(value, choices),
    )


def _respelt(value: Any, choices: list[str]) -> Write | None:
    """Return the one choice that differs in capitals and joints only, or is the same unit."""
    if not isinstance(value, str):
        return None
    same = [choice for choice in choices if _folded(choice) == _folded(value)]
    unit = time_unit(value.strip())
    return only_write(same or [choice for choice in choices if choice == unit])


def _one_meant(value: Any, choices: list[str]) -> Write | None:
    """Return the one choice that a value was likely meant as."""
    if not isinstance(value, str):
        return None
    synonyms = _SAME_AS.get(_folded(value), "").split()
    meant = [choice for choice in (*readings(value), *synonyms) if choice in choices]
    near = only_one(value, choices)
    return only_write(meant or ([near] if near is not None else []))


def _meant(value: str, choices: list[str]) -> str:
    """Return the choice that a value is another spelling of, or the only one there is."""
    folded = _folded(value)
    same = [choice for choice in choices if _folded(choice) == folded or len(choices) == 1]
    fitting = [reading for reading in readings(value) if reading in choices]
    return next(iter(same + fitting), "")


def _guess(value: str, choices: list[str]) -> str:
    synonyms = [name for name in _SAME_AS.get(_folded(value), "").split() if name in choices]
    return f"Did you mean {one_of(synonyms)}?" if synonyms else did_you_mean(value, choices)


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]+", "-", word.strip().casefold())


# What people call a choice, in lower case with hyphens.
_SAME_AS = {
    "accepted": "approved",
    "active": "active-comparator",
    "case-reports": "case-report",
    "case-series-study": "case-series",
    "cohort-study": "cohort prospective-cohort retrospective-cohort",
    "control": "active-comparator sham-comparator placebo-comparator no-intervention",
    "controlled-trial": "randomized-trial non-randomized-trial",
    "cross-over": "randomized-crossover",
    "crossover": "randomized-crossover",
    "done": "in_review",
    "double-blinded": "double-blind",
    "efficacy": "benefit",
    "effect": "benefit",
    "final": "in_review approved",
    "finished": "in_review",
    "intervention": "experimental",
    "intervention-group": "experimental",
    "multi-center": "multicentre",
    "multi-centre": "multicentre",
    "multicenter": "multicentre",
    "none": "none-observed not-reported no-intervention",
    "obsolete": "retired",
    "open": "open-label",
    "patients": "participants",
    "people": "participants",
    "placebo": "placebo-comparator placebo-controlled",
    "prospective": "prospective-cohort",
    "published": "in_review approved",
    "randomised-controlled-trial": "randomized-trial",
    "randomized-controlled-trial": "randomized-trial",
    "rct": "randomized-trial",
    "ready": "in_review",
    "retrospective": "retrospective-cohort",
    "review": "in_review",
    "reviewed": "approved",
    "risk": "harm",
    "safety": "harm",
    "series": "case-series",
    "sham": "sham-comparator sham-controlled",
    "side-effect": "harm",
    "side-effects": "harm",
    "single-center": "single-centre",
    "treated": "experimental",
    "treatment": "experimental active-comparator",
    "trial": "randomized-trial non-randomized-trial",
    "verum": "experimental",
    "wip": "draft",
}
