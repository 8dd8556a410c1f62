"""C11."""

from collections.abc import Iterator
from typing import Any

from curate.corpus import Entry
from curate.finding import Where
from curate.rule import Problem, rule


@rule(
    "C11",
    needs=(
        (
            "at or authors or categories or conditions or derived or evidence or features or "
            "overlaps or pmids or procedures or publication_types or registrations or synonyms"
        ),
    ),
)
def listed_twice(entry: Entry) -> Iterator[Problem]:
    """Refuse the same entry twice in one list.

    A paper that is cited twice looks like two papers, and a table cannot hold one line two times.
    Two authors may well have the same name.

    Bad:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    note: What was read says nothing of harms.
    claims:
      - id: relief
        about: benefit
        text: Scores were better at one week than before the operation.
        pmids:
          - 30587520
          - 30587520
    #       ^ listed-twice
    ```

    Good:

    ```yaml
    # records/procedures/ventro-oral-thalamotomy.yaml
    id: ventro-oral-thalamotomy
    title: Ventro-oral thalamotomy
    status: in_review
    note: What was read says nothing of harms.
    claims:
      - id: relief
        about: benefit
        text: Scores were better at one week than before the operation.
        pmids:
          - 30587520
    ```
    """
    if entry.record is not None and _any_repeated(entry.document.value):
        yield from _repeated(entry.document.value, ())


def _any_repeated(value: Any) -> bool:
    """Tell whether there is anything to look for: most records have nothing, and are many."""
    left = [value]
    while left:
        item = left.pop()
        for below in item.values() if item.__class__ is dict else item:
            if below.__class__ is dict:
                left.append(below)
            elif below.__class__ is list and below:
                if below[0].__class__ is dict or below[0].__class__ is list:
                    left.append(below)
                elif len(below) > 1 and len(set(below)) < len(below):
                    return True
    return False


def _repeated(value: Any, where: Where) -> Iterator[Problem]:
    if isinstance(value, dict):
        for key, below in value.items():
            if isinstance(below, dict | list) and key != "authors":
                yield from _repeated(below, (*where, key))
    elif isinstance(value, list):
        seen: set[Any] = set()
        for index, item in enumerate(value):
            if isinstance(item, dict | list):
                yield from _repeated(item, (*where, index))
                continue
            if item in seen:
                yield Problem(
                    (*where, index), f"`{item}` is in this list already.", "Delete one of the two."
                )
            seen.add(item)
