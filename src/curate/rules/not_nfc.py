"""Y04."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y04", needs=("fault",))
def not_nfc(entry: Entry) -> Iterator[Problem]:
    """Require letters with accents to be stored as one character (Unicode NFC).

    The letter é can be stored as one character or as an e and an accent. Both look the same; a
    search, an id or a comparison finds one of them only. `curate format` mends it.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia, after Be⟨U+0301⟩zard
    #                                  ^ not-nfc
    status: in_review
    ```

    Fixed:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia, after Bézard
    status: in_review
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia, after Bézard
    status: in_review
    ```
    """
    yield from from_faults(entry, "not-nfc")
