"""C10."""

from collections.abc import Iterator

from curate.corpus import Corpus
from curate.evidence.linked import linked
from curate.record import Record
from curate.rule import Problem, rule


@rule(
    "C10",
    needs=("conditions or evidence or measure or overlaps or parent or procedures or replaced_by",),
)
def leans_on_unpublished(record: Record, corpus: Corpus) -> Iterator[Problem]:
    """Refuse that a record which is published leans on one which is not.

    The export would hold a mention of something that it does not hold. `publish` in `curate.toml`
    says which statuses are published; a draft never is.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: draft
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    conditions:
      - focal-hand-dystonia
    #   ^ leans-on-unpublished
    ```

    Good:

    ```yaml
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
    publish = corpus.config.publish
    if record.status not in publish:
        return
    for link, file in linked(record, corpus):
        if file is None or not file.readable or file.status in publish:
            continue
        if file.status == "retired" and link.where[0] != "replaced_by":
            continue
        yield Problem(
            link.where,
            f"The {link.kind} `{link.id}` is {_SAID[file.status or '']} and is not published; "
            f"this record is.",
            f"Bring `{link.id}` to the status of this record, or make this one a draft.",
        )


_SAID = {
    "draft": "a draft",
    "in_review": "in review",
    "approved": "approved",
    "retired": "retired",
}
