"""N33."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from curate.document import number_text
from curate.kinds.study import Study
from curate.parts.interval import Interval
from curate.rounding import Band, printed
from curate.rule import Problem, rule
from curate.statistics.intervals import clopper_pearson, is_clopper_pearson, is_wilson, wilson


@rule(
    "N33",
    needs=("outcomes: ci, percent, count, method, analysed",),
)
def interval_not_of_count(study: Study) -> Iterator[Problem]:
    """Refuse an interval of a percentage that its own method does not give.

    Count, denominator, level and method fix the interval, so one of the five is mistyped.

    Formula: Wilson's is (p + z²/2n ± z √(p (1 - p)/n + z²/4n²)) / (1 + z²/n); that of Clopper and
    Pearson ends where the tail of the binomial distribution is half of what is left out, and is
    held to exactly.

    Applies to an outcome's `ci` where count, analysed and percentage are given, no mean or median,
    and the `method` names Wilson or Clopper. Danger: a continuity correction; say so in `method`.
    Source: Wilson 1927; Clopper and Pearson 1934.

    Bad:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    outcomes:
      - id: improved
        title: Improved
        group: all
        follow_up: 1 wk
        analysed: 9
        count: 7
        percent: 77.8
        ci:
          level: 95
          low: 45.3
          #    ^ interval-not-of-count
          high: 97.3
          method: Wilson
    ```

    Good:

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    outcomes:
      - id: improved
        title: Improved
        group: all
        follow_up: 1 wk
        analysed: 9
        count: 7
        percent: 77.8
        ci:
          level: 95
          low: 45.3
          high: 93.7
          method: Wilson
    ```

    ```yaml
    # records/studies/horisawa-2019.yaml
    id: horisawa-2019
    title: Thalamotomy for hand dystonia in 171 people
    status: in_review
    pmid: 30587520
    design: retrospective-cohort
    adverse_events_reported: not-reported
    groups:
      - id: all
        label: All treated patients
        enrolled: 171
    outcomes:
      - id: improved
        title: Improved
        group: all
        follow_up: 1 wk
        analysed: 9
        count: 7
        percent: 77.8
        ci:
          level: 95
          low: 40.0
          high: 97.2
          method: Clopper-Pearson
    ```
    """
    for index, outcome in enumerate(study.outcomes):
        ci, count, n = outcome.ci, outcome.count, outcome.analysed
        if ci is None or count is None or not n or count > n or outcome.percent is None:
            continue
        if outcome.mean is not None or outcome.median is not None or n > _MOST:
            continue
        if outcome.hedge is None and not _fits(ci, count, n):
            yield Problem(
                ("outcomes", index, "ci", "low"),
                f"{count} of {n} do not have the interval {number_text(ci.low)} to "
                f"{number_text(ci.high)} by this method{_right(ci, count, n)}.",
                "Check count, denominator, both bounds, the level and the method.",
            )


_MOST = 2000
"""The exact method adds up as many terms."""


def _fits(ci: Interval, count: int, n: int) -> bool:
    method = (ci.method or "").lower()
    low, high = (_share(number) for number in (ci.low, ci.high))
    if "correct" in method or "modified" in method:
        return True
    if "wilson" in method:
        return is_wilson(count, n, ci.level, low, high)
    if "clopper" in method:
        return is_clopper_pearson(count, n, ci.level, low, high)
    return True


def _share(percent: int | Decimal) -> Band:
    return printed(percent).times(Fraction(1, 100))


def _right(ci: Interval, count: int, n: int) -> str:
    by = wilson if "wilson" in (ci.method or "").lower() else clopper_pearson
    low, high = by(count, n, ci.level)
    return f", which gives {100 * low:.1f} to {100 * high:.1f}"
