"""The references of what a record cites."""

from collections.abc import Iterator
from typing import NamedTuple

from curate.cited import Citing, cited
from curate.corpus import Corpus
from curate.evidence.last import last_kept
from curate.finding import Where
from curate.kinds.reference import Reference


class Cited(NamedTuple):
    """A mention of a PMID, and the reference that is there of it."""

    where: Where
    pmid: int
    reference: Reference


@last_kept
def references(record: Citing, corpus: Corpus) -> Iterator[Cited]:
    """Yield what a record cites and a reference is there of."""
    for where, pmid in cited(record):
        reference = corpus.reference_of(pmid)
        if reference is not None:
            yield Cited(where, pmid, reference)
