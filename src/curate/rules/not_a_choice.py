"""S05."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("S05", needs=("fault",))
def not_a_choice(entry: Entry) -> Iterator[Problem]:
    """Require one of the listed words in a field that takes only these.

    The words have agreed meanings, so that records can be searched and compared. Two spellings of
    one meaning would be two meanings.

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: reviewing
    #       ^ not-a-choice
    ```

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    # since Monday
    status: In-Review
    #       ^ not-a-choice
    ```

    Fixed:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    # since Monday
    status: in_review
    ```

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_revue
    #       ^ not-a-choice
    ```

    Guessed:

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
    yield from from_faults(entry, "not-a-choice")
