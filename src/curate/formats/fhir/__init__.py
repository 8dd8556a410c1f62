"""FHIR R5: Citation, Evidence and all that belongs to them, in bundles.

The base resources of R5 (5.0.0), without profiles and without extensions of our own.
"""

from collections.abc import Iterator, Mapping

from curate.artifact import Artifact
from curate.corpus import Corpus
from curate.formats.fhir.bundle import collection, transactions
from curate.formats.fhir.exported import Exported

LEFT_OUT: Mapping[str, str] = {}


def render(corpus: Corpus) -> Iterator[Artifact]:
    """Yield the collection of all resources, and the transactions that send them to a server."""
    yield collection(Exported(corpus))
    yield from transactions(Exported(corpus, by_id=True))
