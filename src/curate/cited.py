"""Which papers a record cites, and where."""

from collections.abc import Iterator
from typing import NamedTuple

from curate.finding import Where
from curate.kinds.condition import Condition
from curate.kinds.measure import Measure
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study
from curate.record import Record


class Cited(NamedTuple):
    """A PMID that is cited, and where it stands."""

    where: Where
    pmid: int


Citing = Study | Procedure | Condition | Measure
"""The kinds of record that cite papers."""


def cited(record: Record) -> Iterator[Cited]:
    """Yield every PMID that a record leans on; a reference leans on none."""
    if isinstance(record, Study):
        if record.pmid is not None:
            yield Cited(("pmid",), record.pmid)
    elif isinstance(record, Measure):
        if record.smallest_important_change is not None:
            for index, pmid in enumerate(record.smallest_important_change.pmids):
                yield Cited(("smallest_important_change", "pmids", index), pmid)
    elif isinstance(record, Procedure | Condition):
        for index, claim in enumerate(record.claims):
            for number, pmid in enumerate(claim.pmids):
                yield Cited(("claims", index, "pmids", number), pmid)
