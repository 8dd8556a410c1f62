"""C05."""

from collections.abc import Iterator, Mapping

from curate.corpus import Corpus
from curate.kinds.condition import Condition
from curate.kinds.procedure import Procedure
from curate.rule import InFile, Problem, rule


@rule("C05")
def parent_cycle(corpus: Corpus) -> Iterator[InFile]:
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
    for kind in (Procedure, Condition):
        parents = {
            entry.id: entry.record.parent
            for entry in corpus.entries
            if isinstance(entry.record, kind) and entry.record.parent is not None
        }
        for circle in _circles(parents):
            first = corpus.entry(kind.kind, circle[0])
            if first is not None:
                chain = " → ".join(f"`{id_}`" for id_ in (*circle, circle[0]))
                yield InFile(
                    first,
                    Problem(
                        ("parent",),
                        f"The parents lead back to this record: {chain}.",
                        "Take the parent out of the broadest of them.",
                    ),
                )


def _circles(parents: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield each circle once, beginning with the smallest of its ids; every id is walked once."""
    done: set[str] = set()
    for start in sorted(parents):
        path: list[str] = []
        steps: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in done and at not in steps:
            steps[at] = len(path)
            path.append(at)
            at = parents.get(at)
        if at is not None and at in steps:
            circle = path[steps[at] :]
            smallest = circle.index(min(circle))
            yield circle[smallest:] + circle[:smallest]
        done.update(path)
