"""N12."""

from collections.abc import Iterator
from decimal import Decimal

from curate.document import number_text
from curate.finding import Where
from curate.kinds.measure import Measure
from curate.kinds.study import Study
from curate.rule import Problem, rule


@rule("N12", needs=("outcomes: ci | maximum",))
def bounds_out_of_order(record: Study | Measure) -> Iterator[Problem]:
    """Refuse a lower bound above its upper one.

    Where the lower bound is above the upper one, the two have changed places or a sign was lost,
    and no other check can use them.

    Formula: low ≤ high for an interval, minimum < maximum for a scale.

    Applies to every confidence interval and to the ends of a scale. Danger: a scale on which less
    is worse still begins at its lowest value; `direction` says what is better. Source: the
    definition of an interval.

    Bad:

    ```yaml
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    minimum: 5
    maximum: 1
    #        ^ bounds-out-of-order
    ```

    Good:

    ```yaml
    # records/measures/tsfd-scale.yaml
    id: tsfd-scale
    title: Scale of task-specific focal dystonia
    status: in_review
    minimum: 1
    maximum: 5
    direction: higher-is-better
    ```
    """
    if isinstance(record, Measure):
        low, high = record.minimum, record.maximum
        if low is not None and high is not None and low >= high:
            yield _problem(("maximum",), low, high)
        return
    for index, outcome in enumerate(record.outcomes):
        effect = outcome.effect.ci if outcome.effect is not None else None
        if effect is None and outcome.ci is None:
            continue
        where: Where = ("outcomes", index)
        for ci, at in ((outcome.ci, (*where, "ci")), (effect, (*where, "effect", "ci"))):
            if ci is not None and ci.low > ci.high:
                yield _problem((*at, "high"), ci.low, ci.high)


def _problem(where: Where, low: int | Decimal, high: int | Decimal) -> Problem:
    return Problem(
        where,
        f"The upper bound, {number_text(high)}, is not above the lower one, {number_text(low)}.",
        "Check both numbers and their signs; they may have changed places.",
    )
