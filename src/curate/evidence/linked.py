"""The records that a record links to, as far as others may know of them without reading them."""

from collections.abc import Iterator
from typing import NamedTuple

from curate.corpus import Corpus, Link
from curate.evidence.last import last_kept
from curate.facts import Holder
from curate.record import Record


class Linked(NamedTuple):
    """A mention of another record, and its file; None where there is no such record."""

    link: Link
    file: Holder | None


@last_kept
def linked(record: Record, corpus: Corpus) -> Iterator[Linked]:
    """Yield every mention of another record, whatever field it stands in."""
    for link in corpus.links(record):
        yield Linked(link, corpus.state(link.kind, link.id))
