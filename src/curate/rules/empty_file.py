"""Y14."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y14", needs=("fault",))
def empty_file(entry: Entry) -> Iterator[Problem]:
    """Refuse a file without a record.

    An empty file, or one of comments only, is most often a record that was never saved.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    # Writer's cramp belongs here.
    #< empty-file
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    ```
    """
    yield from from_faults(entry, "empty-file")
