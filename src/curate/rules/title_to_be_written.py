"""W07."""

from collections.abc import Iterator

from curate.record import UNWRITTEN, Record
from curate.rule import Problem, rule


@rule("W07", completeness=True)
def title_to_be_written(record: Record) -> Iterator[Problem]:
    """Require another title than the one that a new record starts with.

    `curate new` cannot know it, and readers of an export would see it as it stands.

    Bad:

    ```yaml
    # records/conditions/writers-cramp.yaml
    id: writers-cramp
    title: To be written
    #      ^ title-to-be-written
    status: in_review
    ```

    Good:

    ```yaml
    # records/conditions/writers-cramp.yaml
    id: writers-cramp
    title: Writer's cramp
    status: in_review
    ```
    """
    if record.title == UNWRITTEN:
        yield Problem(
            ("title",),
            "The title is still the one that a new record starts with.",
            "Write what the record is about, on one line.",
        )
