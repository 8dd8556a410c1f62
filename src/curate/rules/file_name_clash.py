"""Y19."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from curate.corpus import Corpus, Entry
from curate.finding import Span
from curate.printable import printable
from curate.rule import InFile, Problem, rule


@rule("Y19")
def file_name_clash(corpus: Corpus) -> Iterator[InFile]:
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
    same: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in corpus.entries:
        same[_folded(entry.path)].append(entry)
    for folded, entries in same.items():
        entries.sort(key=lambda entry: (entry.path != folded, entry.path))
        for entry in entries[1:]:
            yield InFile(
                entry,
                Problem(
                    Span(1, 1, 1, 1),
                    f"`{printable(entries[0].path)}` is the same file name on other systems.",
                    "Rename this file, in lower case, or move its content there and delete it.",
                ),
            )


def _folded(path: str) -> str:
    """Return what file systems that ignore case and forms of a letter take a path for."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
