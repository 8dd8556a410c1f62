"""Y12."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.finding import Severity
from curate.rule import Problem, from_faults, rule


@rule("Y12", severity=Severity.WARNING, needs=("fault",))
def ambiguous_scalar(entry: Entry) -> Iterator[Problem]:
    """Doubt a text without quotes that other programs read as something else.

    YAML has two versions, and programs read either: `no` is a text or false, `0171` is 171 or 121,
    `2:51` is a text or 171, `2026-11-21` a text or a date. In quotes it is a text to all of them.
    Here only a plain number, `true`, `false` and `null` are read as anything else than text.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    synonyms:
      - no
      # ^ ambiguous-scalar
      - 2:51
      # ^ ambiguous-scalar
    ```

    Fixed:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    synonyms:
      - "no"
      - "2:51"
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    synonyms:
      - "no"
      - "2:51"
    ```
    """
    yield from from_faults(entry, "ambiguous-scalar")
