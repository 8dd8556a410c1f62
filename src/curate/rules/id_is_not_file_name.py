"""C03."""

import re
from collections.abc import Iterator

from curate.corpus import Corpus, Entry
from curate.rule import Problem, rule
from curate.values import ID_PATTERN


@rule("C03")
def id_is_not_file_name(entry: Entry, corpus: Corpus) -> Iterator[Problem]:
    """Require the record's id to be the name of its file.

    Who reads the id somewhere finds the file, and no two records can have the same one. It is off
    most often after a file was copied to start a new record.

    Bad:

    ```yaml
    # records/conditions/writers-cramp.yaml
    id: focal-hand-dystonia
    #   ^ id-is-not-file-name
    title: Writer's cramp
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
    id_ = entry.inside
    if entry.kind is None or id_ is None or id_ == entry.id:
        return
    if re.fullmatch(ID_PATTERN, id_) is None:
        return
    owner = corpus.owner(entry.kind, id_)
    if owner is None or owner == entry.path:
        yield Problem(
            ("id",),
            f"The record's id is `{id_}`, its file is called `{entry.id}.yaml`.",
            f"Write `id: {entry.id}`, or rename the file to `{id_}.yaml`."
            if re.fullmatch(ID_PATTERN, entry.id)
            else f"Rename the file to `{id_}.yaml`.",
        )
