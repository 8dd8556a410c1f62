"""W05."""

from collections.abc import Iterator

from curate.record import Record
from curate.rule import Problem, rule


@rule("W05", needs=("replaced_by or retired_because",))
def replaced_but_not_retired(record: Record) -> Iterator[Problem]:
    """Refuse a successor, or a reason for retiring, on a record that is not retired.

    The record would be published beside the one that replaces it.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    # records/conditions/occupational-cramp.yaml
    id: occupational-cramp
    title: Occupational cramp
    status: in_review
    replaced_by: focal-hand-dystonia
    #            ^ replaced-but-not-retired
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    # records/conditions/occupational-cramp.yaml
    id: occupational-cramp
    title: Occupational cramp
    status: retired
    replaced_by: focal-hand-dystonia
    ```
    """
    if record.status == "retired":
        return
    for field in ("replaced_by", "retired_because"):
        if getattr(record, field) is not None:
            yield Problem(
                (field,),
                f"The record has `{field}` and its status is {record.status}.",
                f"Write `status: retired`, or delete `{field}:`.",
            )
