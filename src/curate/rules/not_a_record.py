"""Y20."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y20", needs=("fault",))
def not_a_record(entry: Entry) -> Iterator[Problem]:
    """Require a record to be a set of fields.

    A list or a single text has no id, no title and no status: nothing in it can be referred to.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    - focal-hand-dystonia
    #< not-a-record
    - Focal hand dystonia
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    ```
    """
    yield from from_faults(entry, "not-a-record")
