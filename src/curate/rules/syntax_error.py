"""Y01."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y01", needs=("fault",))
def syntax_error(entry: Entry) -> Iterator[Problem]:
    """Require text that YAML can read, and reads as it was meant.

    Past such a mistake nothing in the file is certain, so the rest of it is not judged. Where YAML
    reads on although a space, a quote or a dash was left out, a list of three becomes one text and
    nobody notices; that is refused as well. The record still counts as existing.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia: writer's and musician's cramp
    #                         ^ syntax-error
    status: in_review
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: "Focal hand dystonia: writer's and musician's cramp"
    status: in_review
    ```
    """
    yield from from_faults(entry, "syntax-error")
