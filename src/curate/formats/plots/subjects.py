"""Which pictures there are: of each study, and of each procedure and condition between studies."""

from collections.abc import Iterable, Iterator

from curate.corpus import Corpus
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study
from curate.plots import Picture, across, of_study, timeline


def pictures(corpus: Corpus) -> Iterator[tuple[str, Picture]]:
    """Yield the pictures of what is published, each with its folder, such as studies/liu-2020."""
    records = [entry.record for entry in corpus.published()]
    studies = [record for record in records if isinstance(record, Study)]
    for study in studies:
        folder = f"{study.folder}/{study.id}"
        yield from ((folder, picture) for picture in of_study(corpus, study))
        yield from _timeline(corpus, folder, [study])
    for subject in records:
        if isinstance(subject, Procedure | Condition):
            of_it = [study for study in studies if _is_of(study, subject)]
            folder = f"{subject.folder}/{subject.id}"
            yield from ((folder, picture) for picture in across(corpus, of_it))
            if len(of_it) > 1:
                yield from _timeline(corpus, folder, of_it)


def _timeline(
    corpus: Corpus, folder: str, studies: Iterable[Study]
) -> Iterator[tuple[str, Picture]]:
    picture = timeline(corpus, studies)
    if picture is not None:
        yield folder, picture


def _is_of(study: Study, subject: Procedure | Condition) -> bool:
    ids = study.procedures if isinstance(subject, Procedure) else study.conditions
    return subject.id in ids
