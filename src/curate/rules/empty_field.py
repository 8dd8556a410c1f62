"""S03."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("S03", needs=("fault",))
def empty_field(entry: Entry) -> Iterator[Problem]:
    """Refuse a field that is written without a value.

    Nobody can tell whether its value was forgotten, is unknown, or does not exist. What is not
    known is left out.

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    target:
    #< empty-field
    ```

    Good:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    target: Ventro-oral nucleus of the thalamus
    ```
    """
    yield from from_faults(entry, "empty-field")
