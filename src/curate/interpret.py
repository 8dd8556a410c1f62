"""Document → Record or faults: the published schema judges, and a record is made of what passed."""

from curate.construct import NotWholeError, construct
from curate.document import Document, Fault
from curate.judge import judge
from curate.kinds import KINDS, AnyRecord


def interpret(kind: str, document: Document) -> tuple[AnyRecord | None, tuple[Fault, ...]]:
    """Return the record that a document holds, or None and the faults that stand in the way.

    A value that two YAML readers take differently is said once: by the schema where it does not
    fit there, by the document where it does. What could not be read right is said by the document.
    """
    if document.value is None:
        return None, document.faults
    if judge(kind).is_valid(document.value):
        try:
            return construct(KINDS[kind], document.value), document.faults
        except NotWholeError:
            # To a JSON Schema 7.0 is a whole number; a count is printed without a point.
            pass
    # Only a record that fails pays for the slow validator that can explain.
    from curate.explain import explain  # noqa: PLC0415

    shape = explain(kind, document.value) or [_unexplained(kind)]
    shape = [fault for fault in shape if fault.where not in document.refused]
    places = {fault.where for fault in shape}
    return None, (
        *(fault for fault in document.faults if fault.where not in places),
        *shape,
    )


def _unexplained(kind: str) -> Fault:
    return Fault(
        "wrong-form",
        (),
        f"The record does not fit the schema of a {kind}.",
        "This should have been explained; please report it with the record.",
    )
