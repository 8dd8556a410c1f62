"""T06."""

from collections.abc import Iterator
from typing import Any

from curate.corpus import Entry
from curate.fault import Write
from curate.finding import Where
from curate.rule import Problem, rule


@rule("T06", waivable=False)
def padded_text(entry: Entry) -> Iterator[Problem]:
    """Refuse a text that is blank, or that begins or ends with a space.

    A reason of one space is no reason, and `"Horisawa S "` is another author than `Horisawa S`.
    Line ends at the end of a text over several lines do not matter.

    Bad:

    ```yaml
    # records/conditions/writers-cramp.yaml
    id: writers-cramp
    title: Writer's cramp
    status: in_review
    note: " "
    #     ^ padded-text
    ```

    Bad:

    ```yaml
    # records/conditions/writers-cramp.yaml
    id: writers-cramp
    title: " Writer's cramp"
    #      ^ padded-text
    status: in_review
    ```

    Fixed:

    ```yaml
    # records/conditions/writers-cramp.yaml
    id: writers-cramp
    title: Writer's cramp
    status: in_review
    ```

    Good:

    ```yaml
    # records/conditions/writers-cramp.yaml
    id: writers-cramp
    title: Writer's cramp
    status: in_review
    note: >-
      A form of focal hand dystonia that comes
      with writing.
    ```
    """
    if entry.record is None or not _may_be_padded(entry.document.text):
        return
    if _any_padded(entry.document.value):
        yield from _padded(entry.document.value, ())


def _may_be_padded(text: str) -> bool:
    """Tell whether any text is in quotes or in a block, or may begin with an unusual space.

    Around a bare text YAML keeps no space.
    """
    return not text.isascii() or '"' in text or "'" in text or "|" in text or ">" in text


def _any_padded(value: Any) -> bool:
    """Tell whether there is anything to look for: most records have nothing, and are many."""
    left = [value]
    while left:
        item = left.pop()
        for below in item.values() if item.__class__ is dict else item:
            if below.__class__ is str:
                if below != below.strip():
                    return True
            elif below.__class__ is dict or below.__class__ is list:
                left.append(below)
    return False


def _padded(value: Any, where: Where) -> Iterator[Problem]:
    if isinstance(value, str):
        if not value.strip():
            yield Problem(where, "The text is blank.", "Write it, or delete the field.")
        elif value.rstrip("\n") != value.strip():
            yield Problem(
                where,
                "The text begins or ends with a space.",
                "Delete the space between the quotation marks and the text.",
                edit=None if "\n" in value else Write(value.strip()),
            )
        return
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for step, below in items:
        if isinstance(below, str | dict | list):
            yield from _padded(below, (*where, step))
