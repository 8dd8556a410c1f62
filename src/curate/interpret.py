"""Document → Record or faults: the published schema judges, and a record is made of what passed."""

from contextlib import suppress
from functools import cache
from typing import Any, TypeVar

import jsonschema_rs

from curate.construct import NotTheModelsError, construct
from curate.document import Document, Fault
from curate.kinds import KINDS, AnyRecord
from curate.published import schema
from curate.record import Record

RecordT = TypeVar("RecordT", bound=Record)


def interpret(kind: str, document: Document) -> tuple[AnyRecord | None, tuple[Fault, ...]]:
    """Return the record that a document holds, or None and the faults that stand in the way.

    A value that two YAML readers take differently is said once: by the schema where it does not
    fit there, by the document where it does. What could not be read right is said by the document.
    """
    if document.value is None:
        return None, document.faults
    if _judge(kind).is_valid(document.value):
        # To a JSON Schema 7.0 is a whole number; a count is printed without a point.
        with suppress(NotTheModelsError):
            return construct(KINDS[kind], document.value), document.faults
    # Only a record that fails pays for the slow validator that can explain.
    from curate.explain import explain  # noqa: PLC0415

    shape = explain(kind, document.value) or [_unexplained(kind)]
    shape = [fault for fault in shape if fault.where not in document.refused]
    places = {fault.where for fault in shape}
    return None, (
        *(fault for fault in document.faults if fault.where not in places),
        *shape,
    )


def typed(model: type[RecordT], value: Any) -> RecordT:
    """Return the record that a value is, or raise ValueError with what its schema refuses."""
    try:
        _judge(model.kind).validate(value)
    except jsonschema_rs.ValidationError as error:
        raise ValueError(error.message) from error
    return construct(model, value)


@cache
def _judge(kind: str) -> Any:
    return jsonschema_rs.Draft202012Validator(schema(kind), retriever=_refuse)


def _refuse(uri: str) -> Any:
    """Fetch nothing: a schema of ours refers to nothing outside itself."""
    raise ValueError(f"a schema refers to {uri}")


def _unexplained(kind: str) -> Fault:
    return Fault(
        "wrong-form",
        (),
        f"The record does not fit the schema of a {kind}.",
        "This should have been explained; please report it with the record.",
    )
