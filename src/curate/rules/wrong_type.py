"""S04."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("S04")
def wrong_type(entry: Entry) -> Iterator[Problem]:
    """Require a number, a text, a list or a set of fields where one belongs.

    A program that expects a number cannot use a text with a unit in it, and one that expects a list
    cannot use a single value.

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    synonyms: Vo thalamotomy
    #         ^ wrong-type
    ```

    Good:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    synonyms:
      - Vo thalamotomy
    ```
    """
    yield from from_faults(entry, "wrong-type")
