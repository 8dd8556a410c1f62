"""Y08."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y08", needs=("fault",))
def tag_or_directive(entry: Entry) -> Iterator[Problem]:
    """Refuse YAML's tags and directives.

    A tag such as `!!binary` or `!include` makes some programs build an object, run code or read
    another file. A record is data only.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: !!str Focal hand dystonia
    #      ^ tag-or-directive
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
    yield from from_faults(entry, "tag-or-directive")
