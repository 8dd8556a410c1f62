"""The records that a record links to, as far as others may know of them without reading them."""

from collections.abc import Iterator

from curate.corpus import Corpus, Link
from curate.evidence.last import last_kept
from curate.facts import Holder
from curate.record import Record


@last_kept
def linked(record: Record, corpus: Corpus) -> Iterator[tuple[Link, Holder | None]]:
    """Yield every mention of another record, with its file, or None where there is none."""
    for link in corpus.links(record):
        yield link, corpus.state(link.kind, link.id)
