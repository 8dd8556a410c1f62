"""N35."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from curate.document import number_text
from curate.finding import Where
from curate.kinds.study import Study
from curate.parts.follow_up import FollowUp
from curate.parts.result import Outcome
from curate.rounding import printed
from curate.rule import Problem, rule
from curate.statistics.means import greatest_mean, least_mean
from curate.statistics.roots import share_text

Number = int | Decimal


@rule("N35", needs=("follow_up, outcomes: mean, min, max, median or followed or analysed",))
def mean_beyond_its_values(study: Study) -> Iterator[Problem]:
    """Refuse a mean that its minimum, median and maximum leave no room for.

    Somebody is at the maximum and half of all are at the median or above, which alone holds the
    mean up; and so from the other side. A digit of one of the four is mistyped.

    Formula: n · mean ≥ (n - 1) min + max; with the median, of 2 k + 1 values, n · mean ≥ k min + k
    median + max, and of 2 k values, n · mean ≥ (k - 1) min + k median + max; without n, mean ≥ (min
    + median) / 2. The same with minimum and maximum exchanged, and ≤ for ≥.

    Applies to outcomes and to the study's follow-up where mean, `min` and `max` are given, and the
    median or how many there are (`analysed`, `followed`); every rounding is tried. Silent on means
    that are adjusted, hedged or derived. Danger: a range or median of other people than the mean.
    Source: arithmetic of means.

    Bad:

    ```yaml
    # records/studies/gallay-2020.yaml
    id: gallay-2020
    title: Focused ultrasound for trigeminal pain
    status: in_review
    pmid: 30587520
    design: case-series
    adverse_events_reported: not-reported
    follow_up:
      mean: 53
      #     ^ mean-beyond-its-values
      median: 20
      min: 12
      max: 72
      unit: mo
    ```

    Good:

    ```yaml
    # records/studies/gallay-2020.yaml
    id: gallay-2020
    title: Focused ultrasound for trigeminal pain
    status: in_review
    pmid: 30587520
    design: case-series
    adverse_events_reported: not-reported
    follow_up:
      mean: 53
      median: 60
      min: 12
      max: 92
      unit: mo
    ```
    """
    if study.follow_up is not None:
        yield from _checked(("follow_up",), _of(study.follow_up, study.follow_up.followed))
    for index, outcome in enumerate(study.outcomes):
        if outcome.mean is None:
            continue
        hedged = outcome.adjusted or outcome.hedge is not None
        if not hedged and _FIELDS.isdisjoint(outcome.derived):
            yield from _checked(("outcomes", index), _of(outcome, outcome.analysed))


_FIELDS = {"mean", "median", "min", "max"}


class _Values(NamedTuple):
    """A mean, and what is known of the values that it is of."""

    mean: Number
    low: Number
    median: Number | None
    high: Number
    n: int | None


def _of(figures: FollowUp | Outcome, n: int | None) -> _Values | None:
    """Return what there is, unless it stands out of order: that is quartiles-out-of-order's.

    Between the ends alone, any number of values can have any mean.
    """
    mean, low, median, high = figures.mean, figures.min, figures.median, figures.max
    if mean is None or low is None or high is None or not low <= mean <= high:
        return None
    if median is None and n is None:
        return None
    if median is not None and not low <= median <= high:
        return None
    return _Values(mean, low, median, high, n)


def _checked(where: Where, values: _Values | None) -> Iterator[Problem]:
    if values is None:
        return
    low, high = printed(values.low), printed(values.high)
    median = None if values.median is None else printed(values.median)
    least = least_mean(low.low, None if median is None else median.low, high.low, values.n)
    most = greatest_mean(low.high, None if median is None else median.high, high.high, values.n)
    mean = printed(values.mean)
    if least <= mean.high and mean.low <= most:
        return
    bound = f"at least {_shown(least)}" if mean.high < least else f"at most {_shown(most)}"
    half = "" if values.median is None else f" and a median of {number_text(values.median)}"
    many = "" if values.n is None else f" of {values.n}"
    yield Problem(
        (*where, "mean"),
        f"Values{many} from {number_text(values.low)} to {number_text(values.high)}{half} have a "
        f"mean of {bound}, not {number_text(values.mean)}.",
        "Check the figures, and that they are of the same people. If the ends are quartiles, write "
        "`q1:` and `q3:`.",
    )


def _shown(value: Fraction) -> str:
    return share_text(value, 2)
