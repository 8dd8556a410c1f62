"""Y15."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y15", needs=("fault",))
def key_is_not_text(entry: Entry) -> Iterator[Problem]:
    """Require field names that every program reads as the same word.

    `on`, `yes`, `null` and `12` are words to some programs and true, nothing or a number to others,
    and a letter of another alphabet makes a field nobody knows. No field of a record is named so.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    on: 12 mo
    #< key-is-not-text
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    note: Usually seen after 12 months.
    ```
    """
    yield from from_faults(entry, "key-is-not-text")
