"""Y06."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y06", needs=("fault",))
def duplicate_key(entry: Entry) -> Iterator[Problem]:
    """Refuse a field that is written twice.

    Most programs keep the last of the two and drop the first without a word, so that a number which
    somebody entered is lost.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    title: Hand dystonia
    #< duplicate-key
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
    yield from from_faults(entry, "duplicate-key")
