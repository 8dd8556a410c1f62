"""Y17."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y17", needs=("fault",))
def not_a_regular_file(entry: Entry) -> Iterator[Problem]:
    """Require every record to be a plain file.

    A symbolic link, a pipe, a device or a folder with a record's name would be read differently on
    every machine, from outside the corpus, or never to an end. None of them is opened or followed.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    # records/conditions/hand-dystonia.yaml -> focal-hand-dystonia.yaml
    #< not-a-regular-file
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    ```
    """
    yield from from_faults(entry, "not-a-regular-file")
