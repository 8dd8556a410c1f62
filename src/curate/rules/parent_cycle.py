"""C05."""

from collections.abc import Iterator

from curate.corpus import Corpus, Entry
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.rule import Problem, rule


@rule("C05", needs=("parent",))
def parent_cycle(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """Refuse parents that lead back to where they started.

    A procedure cannot be a form of one of its own forms; a program that walks up the parents would
    never arrive. It is said once, at the first record of the circle.

    Bad:

    ```yaml
    # records/procedures/thalamotomy.yaml
    id: thalamotomy
    title: Thalamotomy
    status: in_review
    parent: ventro-oral-thalamotomy
    #       ^ parent-cycle
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    parent: thalamotomy
    ```

    Good:

    ```yaml
    # records/procedures/thalamotomy.yaml
    id: thalamotomy
    title: Thalamotomy
    status: in_review
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    parent: thalamotomy
    ```
    """
    record = entry.record
    if not isinstance(record, Procedure | Condition) or record.parent is None:
        return
    circle = corpus.circle(record.kind, entry.id)
    if circle is not None:
        chain = " → ".join(f"`{id_}`" for id_ in (*circle, circle[0]))
        yield Problem(
            ("parent",),
            f"The parents lead back to this record: {chain}.",
            "Take the parent out of the broadest of them.",
        )
