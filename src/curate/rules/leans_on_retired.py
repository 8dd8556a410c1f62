"""C09."""

from collections.abc import Iterator

from curate.corpus import Corpus, Entry
from curate.evidence.linked import linked
from curate.record import Record
from curate.rule import Problem, rule


@rule(
    "C09",
    needs=("conditions or evidence or measure or overlaps or parent or procedures or replaced_by",),
)
def leans_on_retired(record: Record, corpus: Corpus) -> Iterator[Problem]:
    """Refuse to lean on a record that was retired.

    It was retired for a reason, and what rests on it has to be looked at again.

    Bad:

    ```yaml
    # records/conditions/occupational-cramp.yaml
    id: occupational-cramp
    title: Occupational cramp
    status: retired
    replaced_by: focal-hand-dystonia
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    conditions:
      - occupational-cramp
    #   ^ leans-on-retired
    ```

    Good:

    ```yaml
    # records/conditions/occupational-cramp.yaml
    id: occupational-cramp
    title: Occupational cramp
    status: retired
    replaced_by: focal-hand-dystonia
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    conditions:
      - focal-hand-dystonia
    ```
    """
    if record.status == "retired":
        return
    for link, file in linked(record, corpus):
        # A successor of a record that is not retired is replaced-but-not-retired's.
        if file is None or file.status != "retired" or link.where[0] == "replaced_by":
            continue
        heir = _heir(corpus.entry(link.kind, link.id))
        yield Problem(
            link.where,
            f"The {link.kind} `{link.id}` is retired.",
            f"It was replaced by `{heir}`; check that this still holds for it, and write that."
            if heir is not None
            else "Nothing replaces it; take it out, and check what rests on it.",
        )


def _heir(entry: Entry | None) -> str | None:
    return entry.record.replaced_by if entry is not None and entry.record is not None else None
