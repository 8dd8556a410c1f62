"""Y18."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.finding import Severity
from curate.rule import Problem, from_faults, rule


@rule("Y18", severity=Severity.WARNING, needs=("fault",))
def line_ending(entry: Entry) -> Iterator[Problem]:
    """Doubt line ends of Windows and a last line without one.

    They change every line in a comparison of versions. `curate format` mends them.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia⟨U+000D⟩
    #                         ^ line-ending
    status: in_review
    ```

    Fixed:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
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
    yield from from_faults(entry, "line-ending")
