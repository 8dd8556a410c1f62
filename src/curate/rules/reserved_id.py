"""C07."""

from collections.abc import Iterator

from curate.kinds.study import Study
from curate.record import Record
from curate.results import group_ids
from curate.rule import Problem, rule


@rule("C07")
def reserved_id(record: Record) -> Iterator[Problem]:
    """Refuse an id that has a meaning of its own elsewhere.

    Windows cannot keep a file called `con.yaml` or `com1.yaml`, so nobody there could clone the
    corpus. A group called `baseline` could not be told from the time before treatment.

    Bad:

    ```yaml
    # records/measures/con.yaml
    id: con
    #   ^ reserved-id
    title: Contraction score
    status: in_review
    ```

    Good:

    ```yaml
    # records/measures/contraction-score.yaml
    id: contraction-score
    title: Contraction score
    status: in_review
    ```
    """
    if record.id in _WINDOWS_DEVICES:
        yield Problem(
            ("id",),
            f"Windows cannot have a file called `{record.id}.yaml`.",
            "Give the record, and its file, a longer name.",
        )
    for where, id_ in group_ids(record) if isinstance(record, Study) else ():
        if id_ == "baseline":
            yield Problem(
                (*where, "id"),
                "`baseline` is the time before treatment; no group can have it for an id.",
                "Name the group after who is in it.",
            )


_WINDOWS_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
)
