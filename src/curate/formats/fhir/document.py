"""Document bundles: a procedure's page, and all that it leads to, in a file of its own."""

import hashlib
from collections.abc import Iterator
from uuid import uuid5

from curate.artifact import Artifact
from curate.formats.fhir import composition
from curate.formats.fhir.bundle import MEDIA_TYPE, Bundles, bundle, judge_head
from curate.formats.fhir.shelf import Found, Shelf

_NO_DAY = "1970-01-01"


def documents(bundles: Bundles) -> Iterator[Artifact]:
    """Yield a document for every procedure."""
    for name in bundles.shelf.names(composition.TYPE):
        id_ = name.partition("/")[2]
        chunks = _document(bundles, name)
        yield Artifact(f"fhir/documents/{id_}.json", MEDIA_TYPE, chunks)


def _document(bundles: Bundles, first: str) -> Iterator[bytes]:
    """Write a document: its first resource, and the others in the order of the collection."""
    found = _reached(bundles.shelf, first)
    latest = max((one.kept.day for one in found), default="") or _NO_DAY
    # It changes with what the document holds, and only then: no document has that of another.
    digest = hashlib.sha256()
    written = [bundles.laid_out(one) for one in found]
    for text in written:
        digest.update(text)
    identifier = uuid5(bundles.addresses.namespace, digest.hexdigest())
    head = {
        "resourceType": "Bundle",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{identifier}"},
        "type": "document",
        "timestamp": f"{latest}T00:00:00Z",
    }
    judge_head(head, bundles.around(found[0]))
    yield from bundle(head, written)


def _reached(shelf: Shelf, first: str) -> list[Found]:
    """Return a resource, and behind it all that it leads to, however far, in order."""
    reached: dict[str, Found] = {}
    to_see = [first]
    while to_see:
        name = to_see.pop()
        if name not in reached and (found := shelf.get(name)) is not None:
            reached[name] = found
            to_see += found.kept.references
    page = reached.pop(first)
    return [page, *sorted(reached.values(), key=lambda one: one.place)]
