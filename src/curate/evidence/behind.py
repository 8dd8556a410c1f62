"""What stands behind each claim of a record: the results that it links to, and their studies."""

from collections.abc import Iterator
from typing import NamedTuple

from curate.corpus import Corpus
from curate.evidence.last import last_kept
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study
from curate.parts.result import AdverseEvent, Outcome
from curate.results import result_of


class Behind(NamedTuple):
    """What a link leads to; None where that is not there, or cannot be read."""

    study: Study | None
    result: Outcome | AdverseEvent | None


@last_kept
def behind(record: Procedure | Condition, corpus: Corpus) -> Iterator[tuple[Behind, ...]]:
    """Yield for each claim what its links lead to, in their order."""
    for claim in record.claims:
        yield tuple([_behind(link, corpus) for link in claim.evidence])


def _behind(link: str, corpus: Corpus) -> Behind:
    study_id, _, result_id = link.partition("#")
    study = corpus.get(Study, study_id)
    return Behind(study, None if study is None else result_of(study, result_id))
