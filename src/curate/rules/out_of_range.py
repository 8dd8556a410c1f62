"""S07."""

from collections.abc import Iterator

from curate.corpus import Entry
from curate.rule import Problem, from_faults, rule


@rule("S07", needs=("fault",))
def out_of_range(entry: Entry) -> Iterator[Problem]:
    """Refuse a number that cannot be, such as a percentage above 100.

    No source means it: it is a slip of the pen, or a figure in the wrong field.

    Bad:

    ```yaml
    # records/measures/pain-vas.yaml
    id: pain-vas
    title: Pain on a visual analogue scale
    status: in_review
    step: -1
    #     ^ out-of-range
    ```

    Good:

    ```yaml
    # records/measures/pain-vas.yaml
    id: pain-vas
    title: Pain on a visual analogue scale
    status: in_review
    step: 1
    ```
    """
    yield from from_faults(entry, "out-of-range")
