"""Y07."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y07", needs=("fault",))
def alias_or_anchor(entry: Entry) -> Iterator[Problem]:
    """Refuse YAML's anchors, aliases and merge keys.

    A part of the file that stands for another part hides what a record says from whoever reads one
    line of it, and a few lines of them can unfold to gigabytes.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: &name Focal hand dystonia
    #      ^ alias-or-anchor
    status: in_review
    note: *name
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
    status: in_review
    ```
    """
    yield from from_faults(entry, "alias-or-anchor")
