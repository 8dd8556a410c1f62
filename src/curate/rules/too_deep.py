"""Y10."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y10", needs=("fault",))
def too_deep(entry: Entry) -> Iterator[Problem]:
    """Refuse values that are nested more than 40 deep.

    No record is; a file that is so was damaged, or made to bring a program down.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    synonyms: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
    #                                                ^ too-deep
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    synonyms:
      - Hand dystonia
    ```
    """
    yield from from_faults(entry, "too-deep")
