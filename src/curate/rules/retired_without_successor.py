"""W01."""

from collections.abc import Iterator

from curate.record import Record
from curate.rule import Problem, rule


@rule("W01")
def retired_without_successor(record: Record) -> Iterator[Problem]:
    """Require of a retired record what takes its place, or why nothing does.

    Somebody still has a link to it, and needs to know where to go or why to stop.

    Bad:

    ```yaml
    # records/conditions/occupational-cramp.yaml
    id: occupational-cramp
    title: Occupational cramp
    status: retired
    #       ^ retired-without-successor
    ```

    Good:

    ```yaml
    # records/conditions/occupational-cramp.yaml
    id: occupational-cramp
    title: Occupational cramp
    status: retired
    retired_because: The word covers several conditions that are recorded one by one.
    ```
    """
    if record.status == "retired" and not (record.replaced_by or record.retired_because):
        yield Problem(
            ("status",),
            "The record is retired and says neither what replaces it nor why.",
            f"Add `replaced_by:` with the id of a {record.kind}, or `retired_because:`.",
        )
