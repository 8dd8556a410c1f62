"""Y19."""

from collections.abc import Iterator

from curate.corpus import Corpus, Entry
from curate.facts import folded
from curate.finding import Span
from curate.printable import printable
from curate.rule import Problem, rule


@rule("Y19")
def file_name_clash(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """Refuse file names that differ only in case or in how a letter is stored.

    On Windows and macOS such names are one file: whoever clones the corpus there loses one of the
    two records without a word.

    Bad:

    ```yaml
    # records/conditions/Focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    #   ^ duplicate-id
    #< file-name-clash
    title: Focal hand dystonia
    status: in_review
    # records/conditions/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    title: Focal hand dystonia
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
    same = corpus.namesakes(entry.path)
    if len(same) == 1:
        return
    first = min((file.path for file in same), key=lambda path: (path != folded(path), path))
    if entry.path != first:
        yield Problem(
            Span(1, 1, 1, 1),
            f"`{printable(first)}` is the same file name on other systems.",
            "Rename this file, in lower case, or move its content there and delete it.",
        )
