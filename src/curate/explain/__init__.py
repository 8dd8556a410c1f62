"""Say what a record's schema refuses, one fault for one mistake, to somebody who writes records."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final

from curate.document import Fault
from curate.explain import fields, values
from curate.explain.alternatives import alternatives
from curate.explain.choices import not_a_choice
from curate.explain.verdict import Refused, refused
from curate.explain.words import shown
from curate.finding import Where

MOST = 100
"""How many faults of one file are explained: whoever mends these will see the next."""


def explain(kind: str, value: Any) -> list[Fault]:
    """Return what the published schema of this kind refuses in a value, one fault for a place."""
    misplaced = fields.wrong_folder(kind, value)
    if misplaced is not None:
        return [misplaced]
    found: dict[Where, Fault] = {}
    for fault in islice(_faults(refused(kind, value)), MOST):
        assert isinstance(fault.where, tuple)  # noqa: S101 - a schema speaks of places, not spans
        first = found.setdefault(fault.where, fault)
        if _RANK[fault.name] < _RANK[first.name]:
            found[fault.where] = fault
    return list(found.values())


def _faults(all_refused: Iterable[Refused]) -> Iterator[Fault]:
    for one in all_refused:
        explainer = _EXPLAINERS.get(one.keyword) or _anything
        for found in explainer(one):
            if isinstance(found, Refused):
                yield from _faults([found])
            else:
                yield found


def _anything(one: Refused) -> Iterator[Fault]:
    """Explain a keyword that has no words of its own."""
    yield Fault("wrong-form", one.where, f"{shown(one.value)} does not fit here.", values.said(one))


# Of several faults at one place the first of these is the one to mend: an empty text has no form.
_RANK: Final = {
    name: rank
    for rank, name in enumerate(
        (
            "unknown-field",
            "missing-field",
            "empty-field",
            "wrong-type",
            "not-a-choice",
            "wrong-form",
            "out-of-range",
        )
    )
}
_EXPLAINERS: Final[dict[str, Callable[[Refused], Iterator[Any]]]] = {
    "additionalProperties": fields.unknown,
    "required": fields.missing,
    "type": values.wrong_type,
    "enum": not_a_choice,
    "const": not_a_choice,
    "pattern": values.wrong_form,
    "minLength": values.length,
    "minItems": values.length,
    "maxLength": values.length,
    "minimum": values.out_of_range,
    "maximum": values.out_of_range,
    "exclusiveMinimum": values.out_of_range,
    "exclusiveMaximum": values.out_of_range,
    "anyOf": alternatives,
    "oneOf": alternatives,
}
