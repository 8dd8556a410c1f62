"""S01."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("S01", needs=("fault",))
def unknown_field(entry: Entry) -> Iterator[Problem]:
    """Refuse a field that the kind of record does not have.

    A field that no program knows is read by nobody: what stands in it would be missing from every
    export, and nobody would notice.

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    titel: Ventro-oral thalamotomy
    #< unknown-field
    status: in_review
    ```

    Guessed:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    ```

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    Title: Ventro-oral thalamotomy
    #< unknown-field
    status: in_review
    ```

    Fixed:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    ```

    Good:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    ```
    """
    yield from from_faults(entry, "unknown-field")
