"""Y02."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y02", needs=("fault",))
def not_utf_8(entry: Entry) -> Iterator[Problem]:
    """Require the encoding UTF-8.

    In any other encoding the same bytes are other letters to other programs: a name, a unit or a
    sign such as ± changes on the way. The encoding is never guessed.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia, after B⟨0xE9⟩zard
    #                                  ^ not-utf-8
    status: in_review
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    ```
    """
    yield from from_faults(entry, "not-utf-8")
