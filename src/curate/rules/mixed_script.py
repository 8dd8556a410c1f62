"""Y05."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.finding import Severity
from curate.rule import Problem, from_faults, rule


@rule("Y05", severity=Severity.WARNING, needs=("fault",))
def mixed_script(entry: Entry) -> Iterator[Problem]:
    """Doubt a word that mixes letters of several alphabets.

    A Cyrillic letter may look like a Latin one and is another: no search finds the word. Greek
    letters at the edge of a word, as in TNFα, are how medicine writes and pass.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dyst⟨U+043E⟩nia
    #                 ^ mixed-script
    status: in_review
    ```

    Good:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia treated with an α-blocker
    status: in_review
    ```
    """
    yield from from_faults(entry, "mixed-script")
