"""A study's design as coded concepts; what R5 has no code for is said in a note."""

from collections.abc import Iterator
from typing import Any

from curate.formats.fhir.codes import DESIGN, FEATURE, Code, concept
from curate.formats.fhir.note import note
from curate.kinds.study import Study


def study_design(study: Study) -> list[dict[str, Any]]:
    """Return the concepts of a study's design and features, each once."""
    found: list[dict[str, Any]] = []
    for word in _words(study):
        for code in _codes(word):
            one = concept(code, _text(word))
            if one not in found:
                found.append(one)
    return found


def design_note(study: Study) -> dict[str, Any] | None:
    """Return what R5 has no code for: a concept of its design must have one."""
    words = [_text(word) for word in _words(study) if not _codes(word)]
    return (
        note(f"Study design, as far as R5 has no code for it: {'; '.join(words)}.")
        if words
        else None
    )


def _words(study: Study) -> Iterator[str]:
    yield study.design
    yield from study.features


def _codes(word: str) -> tuple[Code, ...]:
    return DESIGN.get(word) or FEATURE.get(word) or ()


def _text(word: str) -> str:
    return word.replace("-", " ").capitalize()
