"""W04."""

from collections.abc import Iterator

from curate.record import Record
from curate.rule import Problem, rule


@rule("W04")
def approved_without_reviewer(record: Record) -> Iterator[Problem]:
    """Require of an approved record who approved it, and when.

    An approval is somebody's word; without a name it is nobody's.

    Bad:

    ```yaml
    # records/conditions/writers-cramp.yaml
    id: writers-cramp
    title: Writer's cramp
    status: approved
    #       ^ approved-without-reviewer
    ```

    Good:

    ```yaml
    # records/conditions/writers-cramp.yaml
    id: writers-cramp
    title: Writer's cramp
    status: approved
    review:
      by: Josiah Carberry
      date: "2026-11-22"
      orcid: 0000-0002-1825-0097
    ```
    """
    if record.status == "approved" and record.review is None:
        yield Problem(
            ("status",),
            "The record is approved, and nobody is named who did it.",
            "Add `review:` with `by:` and `date:`, or write `status: in_review`.",
        )
