"""Y11."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y11", needs=("fault",))
def too_large(entry: Entry) -> Iterator[Problem]:
    """Refuse a file of more than a megabyte (1024 KiB) or 50,000 values.

    No record is so large; what is has probably been saved under the wrong name. The size is looked
    at before anything is read.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    #< too-large
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    note: "-⟨*1048576⟩"
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    ```
    """
    yield from from_faults(entry, "too-large")
