"""S02."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("S02", needs=("fault",))
def missing_field(entry: Entry) -> Iterator[Problem]:
    """Require the fields that every record of its kind has.

    What uses a record relies on them: a result without its group, or a study without its design,
    cannot be weighed.

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    #< missing-field
    title: Ventro-oral thalamotomy
    ```

    Good:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    ```
    """
    yield from from_faults(entry, "missing-field")
