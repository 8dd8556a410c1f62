"""A study's design as coded concepts; what R5 has no code for is a text."""

from collections.abc import Iterator
from typing import Any

from curate.formats.fhir.codes import DESIGN, FEATURE, concept, term
from curate.kinds.study import Study


def study_design(study: Study) -> list[dict[str, Any]]:
    """Return the concepts of a study's design and features, each once."""
    found: list[dict[str, Any]] = []
    for one in _concepts(study):
        if one not in found:
            found.append(one)
    return found


def _concepts(study: Study) -> Iterator[dict[str, Any]]:
    for word in (study.design, *study.features):
        text = word.replace("-", " ").capitalize()
        codes = DESIGN.get(word) or FEATURE.get(word) or ()
        if not codes:
            yield term(text)
        for code in codes:
            yield concept(code, text)
