"""Y16."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y16", needs=("fault",))
def number_too_long(entry: Entry) -> Iterator[Problem]:
    """Refuse a number with more digits than programs keep.

    Most programs round a number past 2^53 or past 17 digits without a word, so that an id becomes
    another one. An id is a text, in quotes.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    synonyms:
      - 900000000000004103119
      # ^ number-too-long
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    synonyms:
      - "900000000000004103119"
    ```
    """
    yield from from_faults(entry, "number-too-long")
