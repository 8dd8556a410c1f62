"""C02."""

from collections.abc import Iterable, Iterator

from curate.corpus import Corpus, Entry
from curate.evidence.look import look
from curate.finding import Where
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.kinds.study import Study
from curate.results import group_ids, results
from curate.rule import Problem, rule


@rule("C02")
def duplicate_id(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """Refuse an id that is given twice.

    Whoever leans on it would not know which of the two is meant. Ids are given once among the
    records of a kind, and once within a record: outcomes and adverse events share theirs, and so
    do groups and their parts, because each is a name by which others speak of them.

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    note: What was read says nothing of harms.
    claims:
      - id: relief
        about: benefit
        text: Scores were better at one week than before the operation.
        pmids:
          - 30587520
      - id: relief
    #       ^ duplicate-id
        about: benefit
        text: Scores were still better when last measured.
        pmids:
          - 30587520
    ```

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    # records/conditions/writers-cramp.yaml
    id: focal-hand-dystonia
    #   ^ duplicate-id
    title: Writer's cramp
    status: in_review
    ```

    Good:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    note: What was read says nothing of harms.
    claims:
      - id: relief-1-wk
        about: benefit
        text: Scores were better at one week than before the operation.
        pmids:
          - 30587520
      - id: relief-last
        about: benefit
        text: Scores were still better when last measured.
        pmids:
          - 30587520
    ```
    """
    yield from _taken(entry, corpus)
    record = entry.record
    if isinstance(record, Study):
        if len(record.groups) > 1 or (record.groups and record.groups[0].parts):
            yield from _repeated(group_ids(record))
        if look(record).repeats:
            yield from _repeated((where, result.id) for where, result in results(record))
    elif isinstance(record, Procedure | Condition):
        yield from _repeated((("claims", i), claim.id) for i, claim in enumerate(record.claims))


def _taken(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    id_ = entry.inside
    # A file that is called as its record is holds the id, whatever others say.
    if entry.kind is None or id_ is None or id_ == entry.id:
        return
    owner = corpus.owner(entry.kind, id_)
    if owner is not None and owner != entry.path:
        yield Problem(
            ("id",),
            f"The id `{id_}` is that of {owner} already.",
            f"Write `id: {entry.id}`, after the name of this file.",
        )


def _repeated(found: Iterable[tuple[Where, str]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for where, id_ in found:
        if id_ in seen:
            yield Problem(
                (*where, "id"),
                f"The id `{id_}` is given to something else in this record already.",
                "Give it an id that says what sets it apart, such as its time or its group.",
            )
        seen.add(id_)
