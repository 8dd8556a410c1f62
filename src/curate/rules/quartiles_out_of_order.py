"""N06."""

from collections.abc import Iterator
from itertools import pairwise

from curate.document import number_text
from curate.finding import Where
from curate.kinds.study import Study
from curate.parts.follow_up import FollowUp
from curate.parts.result import Outcome
from curate.rounding import surely_above
from curate.rule import Problem, rule


@rule("N06", needs=("min or q1 or median or q3 or max",))
def quartiles_out_of_order(study: Study) -> Iterator[Problem]:
    """Refuse a minimum, quartile, median or maximum above the next.

    A median lies between its quartiles, and a mean between the extremes, whatever was measured. A
    lost minus sign or a number from the neighbouring line shows here.

    Formula: min ≤ q1 ≤ median ≤ q3 ≤ max, and min ≤ mean ≤ max, each within half a unit of its last
    digit.

    Applies to outcomes and to a study's follow-up, for as many of the figures as are given. Danger:
    a range of other people than the median. Source: the definition of quantiles.

    Bad:

    ```yaml
    # records/studies/bond-2017.yaml
    id: bond-2017
    title: Focused ultrasound thalamotomy against sham
    status: in_review
    pmid: 29084313
    design: randomized-trial
    adverse_events_reported: not-reported
    groups:
      - id: sham
        label: Sham procedure
        enrolled: 7
    outcomes:
      - id: sham-improvement
        title: Improvement of tremor at 3 months, sham
        group: sham
        follow_up: 3 mo
        analysed: 7
        unit: "{score}"
        median: 2
    #           ^ quartiles-out-of-order
        q1: 3.0
        q3: 6.0
    ```

    Good:

    ```yaml
    # records/studies/bond-2017.yaml
    id: bond-2017
    title: Focused ultrasound thalamotomy against sham
    status: in_review
    pmid: 29084313
    design: randomized-trial
    adverse_events_reported: not-reported
    groups:
      - id: fus
        label: Focused ultrasound thalamotomy
        enrolled: 20
    outcomes:
      - id: fus-improvement
        title: Improvement of tremor at 3 months, ultrasound
        group: fus
        follow_up: 3 mo
        analysed: 20
        unit: "{score}"
        median: 7
        q1: 3.5
        q3: 14.0
    ```
    """
    if study.follow_up is not None and not _is_in_order(study.follow_up):
        yield from _disorder(study.follow_up, ("follow_up",))
    for index, outcome in enumerate(study.outcomes):
        if not _ENDS.isdisjoint(vars(outcome)) and not _is_in_order(outcome):
            yield from _disorder(outcome, ("outcomes", index))


def _is_in_order(one: FollowUp | Outcome) -> bool:
    """Tell quickly that nothing has changed places, as in nearly every record."""
    least, mean = one.min, one.mean
    last = least
    for figure in (one.q1, one.median, one.q3, one.max):
        if figure is not None:
            if last is not None and figure < last:
                return False
            last = figure
    if mean is None:
        return True
    return (least is None or least <= mean) and (one.max is None or mean <= one.max)


_ENDS = frozenset({"min", "q1", "median", "q3", "max"})


def _disorder(figures: FollowUp | Outcome, where: Where) -> Iterator[Problem]:
    """Yield the first pair of neighbours that have changed places."""
    for chain in (("min", "q1", "median", "q3", "max"), ("min", "mean", "max")):
        given = [(field, getattr(figures, field)) for field in chain]
        given = [(field, figure) for field, figure in given if figure is not None]
        for (lower, low), (upper, high) in pairwise(given):
            if surely_above(low, high):
                # Between a quartile and the median it is the median that readers look at.
                at = lower if lower in {"median", "mean"} else upper
                yield Problem(
                    (*where, at),
                    f"{_WORDS[lower]}, {number_text(low)}, is above "
                    f"{_WORDS[upper].lower()}, {number_text(high)}.",
                    "Check the numbers and their signs against the source. If it prints them so, "
                    "add a waiver that says it.",
                )
                return


_WORDS = {
    "min": "The minimum",
    "q1": "The lower quartile",
    "median": "The median",
    "q3": "The upper quartile",
    "max": "The maximum",
    "mean": "The mean",
}
