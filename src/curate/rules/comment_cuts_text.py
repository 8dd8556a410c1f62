"""Y13."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.finding import Severity
from curate.rule import Problem, from_faults, rule


@rule("Y13", severity=Severity.WARNING, needs=("fault",))
def comment_cuts_text(entry: Entry) -> Iterator[Problem]:
    """Doubt a # after a space that cuts a text short.

    What follows ` #` is a comment, so the end of the sentence is lost and nobody is told.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia, type #2 of three
    #                                ^ comment-cuts-text
    status: in_review
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: "Focal hand dystonia, type #2 of three"
    status: in_review
    ```
    """
    yield from from_faults(entry, "comment-cuts-text")
