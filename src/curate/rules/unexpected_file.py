"""Y21."""

from collections.abc import Iterator

from curate.corpus import FOLDERS, Entry
from curate.finding import Span
from curate.printable import short
from curate.rule import Problem, from_faults, rule
from curate.source import RECORDS
from curate.suggest import nearest


@rule("Y21")
def unexpected_file(entry: Entry) -> Iterator[Problem]:
    """Require every file below records/ to lie where records of its kind lie.

    A record with another suffix or in another folder would be read by nobody, and its author would
    think it published.

    Bad:

    ```yaml
    # records/condition/focal-hand-dystonia.yaml
    id: focal-hand-dystonia
    #< unexpected-file
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
    if entry.kind is not None and not entry.faults:
        return
    yield from from_faults(entry, "unexpected-file")
    refused = any(True for name in _SAID for _ in entry.named(name))
    if entry.kind is None and not refused:
        yield Problem(Span(1, 1, 1, 1), *_misplaced(entry.path))


_SAID = ("unexpected-file", "not-a-regular-file")


def _misplaced(path: str) -> tuple[str, str]:
    """Say what is wrong with where a file lies, and where it belongs."""
    folders = path.split("/")[1:-1]
    listed = ", ".join(f"`{RECORDS}/{folder}/`" for folder in FOLDERS)
    if not folders:
        return "The file lies in none of the folders for records.", f"Move it to one of {listed}."
    if folders[0] in FOLDERS:
        return (
            f"The file lies in a folder of its own below `{RECORDS}/{folders[0]}/`.",
            f"Move it up to `{RECORDS}/{folders[0]}/`.",
        )
    folder_of = {**{kind: folder for folder, kind in FOLDERS.items()}, **{f: f for f in FOLDERS}}
    guess = nearest(folders[0], folder_of)
    help_ = f"Move it to one of {listed}."
    if guess is not None:
        help_ = f"Did you mean `{RECORDS}/{folder_of[guess]}/`?"
    return f"There are no records of the kind `{short(folders[0])}`.", help_
