"""Y09."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y09", needs=("fault",))
def several_documents(entry: Entry) -> Iterator[Problem]:
    """Refuse a second document in one file.

    A file holds one record, named after it; of a second one most programs never hear.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    ---
    #< several-documents
    id: cervical-dystonia
    title: Cervical dystonia
    status: in_review
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    # records/conditions/cervical-dystonia.yaml
    id: cervical-dystonia
    title: Cervical dystonia
    status: in_review
    ```
    """
    yield from from_faults(entry, "several-documents")
