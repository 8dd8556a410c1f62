"""Document bundles: a procedure's page, and all that it leads to, in a file of its own."""

import hashlib
from collections.abc import Iterator
from uuid import uuid5

from curate.artifact import Artifact
from curate.formats.fhir import composition
from curate.formats.fhir.bundle import (
    MEDIA_TYPE,
    addressed,
    around,
    bundle,
    fill,
    laid_out,
    plain,
)
from curate.formats.fhir.conformance import Judge
from curate.formats.fhir.exported import Exported
from curate.formats.fhir.shelf import Kept, Shelf

_NO_DAY = "1970-01-01"


def documents(exported: Exported, shelf: Shelf) -> Iterator[Artifact]:
    """Yield a document for every procedure."""
    fill(exported, shelf)
    for name in shelf.names(composition.TYPE):
        id_ = name.partition("/")[2]
        chunks = _document(exported, shelf, name)
        yield Artifact(f"fhir/documents/{id_}.json", MEDIA_TYPE, chunks)


def _document(exported: Exported, shelf: Shelf, first: str) -> Iterator[bytes]:
    """Write a document: its first resource, and the others in the order of the collection."""
    kept = _reached(shelf, first)
    latest = max((one.day for one in kept), default="") or _NO_DAY
    # It changes with what the document holds, and only then: no document has that of another.
    digest = hashlib.sha256()
    written = [laid_out(exported, one) for one in kept]
    for text in written:
        digest.update(text)
    head = {
        "resourceType": "Bundle",
        "identifier": {
            "system": "urn:ietf:rfc:3986",
            "value": f"urn:uuid:{uuid5(exported.addresses.namespace, digest.hexdigest())}",
        },
        "type": "document",
        "timestamp": f"{latest}T00:00:00Z",
    }
    judge = Judge(head)
    for one in kept:
        judge.around(around(exported, one), addressed(exported, map(plain, one.references)))
    judge.end()
    judge.require()
    yield from bundle(head, written)


def _reached(shelf: Shelf, first: str) -> list[Kept]:
    """Return a resource, and behind it all that it leads to, however far, in order."""
    found: dict[str, Kept] = {}
    to_see = [first]
    while to_see:
        name = to_see.pop()
        if name not in found and (kept := shelf.get(name)) is not None:
            found[name] = kept
            to_see += kept.references
    page = found.pop(first)
    return [page, *sorted(found.values(), key=lambda one: shelf.place(one.name) or 0)]
