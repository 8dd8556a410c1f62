"""Y03."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("Y03", needs=("fault",))
def forbidden_character(entry: Entry) -> Iterator[Problem]:
    """Refuse characters that nobody can see or that turn the direction of the text.

    Control characters, zero-width spaces, soft hyphens, direction marks and the sign for a lost
    letter come along when text is copied from a PDF or a web page. They make two ids that look the
    same differ, break searches, and can show a reader another order of words than a program reads.
    They are never stripped in silence: whether something else was meant there is for you to say.

    Bad:

    ```yaml
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal⟨U+200B⟩ hand dystonia
    #           ^ forbidden-character
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
    yield from from_faults(entry, "forbidden-character")
