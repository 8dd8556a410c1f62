"""The bounds of a standard deviation: no data set is refused, and nothing that none can be passes.

All data sets of a few values on a fine grid are the oracle. The bounds are of values of any size,
so they are tried where the extreme data sets lie on the grid, at which they must be met exactly.
"""

from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curate.construct import construct
from curate.kinds.study import Study
from curate.rounding import Band, printed
from curate.rule import Problem
from curate.rules.mean_beyond_its_values import mean_beyond_its_values
from curate.rules.median_far_from_mean import median_far_from_mean
from curate.rules.sd_above_range import sd_above_range
from curate.rules.sd_below_range import sd_below_range
from curate.rules.se_above_range import se_above_range
from curate.statistics import grimmer
from curate.statistics.intervals import clopper_pearson, is_clopper_pearson
from curate.statistics.means import greatest_mean, least_mean
from curate.statistics.sd_bounds import largest_variance, smallest_variance
from curate.statistics.shares import counts, denominators
from full_corpus import CONFIG, corpus_of
from test_statistics import prints, prints_root, written

THOUSANDS = settings(max_examples=1500)
WAYS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN, ROUND_DOWN)
CORPUS = corpus_of({}, CONFIG)


def fractions(low: int, high: int) -> st.SearchStrategy[Fraction]:
    """Draw fractions between two numbers, twenty times as fast as Hypothesis's own."""

    def fraction(at: int, parts: int) -> Fraction:
        return low + Fraction(at % ((high - low) * parts + 1), parts)

    return st.builds(fraction, st.integers(0, 5000), st.integers(1, 50))


def variance(n: int, total: Fraction, squares: Fraction) -> Fraction:
    return (squares - total * total / n) / (n - 1)


@cache
def sums(n: int, top: int) -> frozenset[tuple[int, int]]:
    """Return total and sum of squares of all `n` values from 0 to `top`."""
    return frozenset(
        (sum(values), sum(value * value for value in values))
        for values in combinations_with_replacement(range(top + 1), n)
    )


@cache
def attained(n: int, top: int) -> frozenset[tuple[int, int]]:
    """Return the same of those in which somebody is at 0 and somebody at `top`."""
    return frozenset((total + top, squares + top * top) for total, squares in sums(n - 2, top))


@THOUSANDS
@given(st.integers(2, 5), st.integers(1, 4), st.integers(1, 3), st.integers(0, 99), st.data())
def test_the_largest_variance_is_exactly_that_of_the_most_spread_data(
    n: int, top: int, fine: int, first: int, data: st.DataObject
) -> None:
    """Values are multiples of 1/fine from 0 to `top`, the mean anywhere between two of theirs."""
    steps = n * top * fine
    low = first % (steps + 1)
    high = data.draw(st.integers(low, steps))
    band = Band(Fraction(low, n * fine), Fraction(high, n * fine))
    all_ = [
        variance(n, Fraction(total, fine), Fraction(squares, fine * fine))
        for total, squares in sums(n, top * fine)
        if low <= total <= high
    ]
    assert largest_variance(band, n, Fraction(0), Fraction(top)) == max(all_)
    unknown = largest_variance(band, None, Fraction(0), Fraction(top))
    assert unknown is not None
    assert unknown >= max(all_)


@THOUSANDS
@given(st.integers(2, 6), st.integers(1, 3), st.integers(0, 99), st.data())
def test_the_smallest_variance_is_exactly_that_of_the_most_equal_data(
    n: int, half: int, first: int, data: st.DataObject
) -> None:
    """Somebody is at 0 and somebody at `top`; the band begins and ends where the rest are equal."""
    top = 2 * half
    low = first % (top + 1)
    high = data.draw(st.integers(low, top))
    ends = [Fraction(top + (n - 2) * value, n) for value in (low, high)]
    found = smallest_variance(Band(*ends), n, Fraction(0), Fraction(top))
    all_ = [
        variance(n, Fraction(total), Fraction(squares))
        for total, squares in attained(n, top)
        if ends[0] <= Fraction(total, n) <= ends[1]
    ]
    assert found == min(all_)


@THOUSANDS
@given(st.integers(2, 6), st.integers(1, 5), fractions(-1, 6), fractions(0, 2))
def test_no_data_that_reach_both_ends_have_a_mean_for_which_there_is_no_bound(
    n: int, top: int, start: Fraction, width: Fraction
) -> None:
    band = Band(start, start + width)
    occurs = any(band.holds(Fraction(total, n)) for total, _ in attained(n, top))
    found = smallest_variance(band, n, Fraction(0), Fraction(top))
    assert found is not None or not occurs


def _study(**outcome: Any) -> Study:
    return construct(
        Study,
        {
            "id": "a-study",
            "title": "A study",
            "status": "in_review",
            "design": "not-stated",
            "adverse_events_reported": "not-reported",
            "outcomes": [{"id": "one", "title": "One", "group": "all", **outcome}],
        },
    )


values_of = st.lists(fractions(-20, 20), min_size=2, max_size=9)


@THOUSANDS
@given(values_of, st.integers(0, 3), st.sampled_from(WAYS), st.integers(0, 1))
def test_no_rule_on_spread_refuses_what_was_computed_from_data(
    values: list[Fraction], places: int, way: str, fewer: int
) -> None:
    """The data are of any size; the SD is divided by n, or by one fewer."""
    n, total = len(values), sum(values, Fraction(0))
    spread = sum(((value - total / n) ** 2 for value in values), Fraction(0))
    assume(spread > 0)
    study = _study(
        analysed=n,
        unit="cm",
        mean=written(prints(total / n, places, way)),
        sd=written(prints_root(spread / (n - fewer), places, way)),
        se=written(prints_root(spread / (n - 1) / n, places, way)),
        min=written(prints(min(values), places, way)),
        max=written(prints(max(values), places, way)),
        median=written(prints(_median(values), places, way)),
    )
    for rule in (sd_above_range, sd_below_range, se_above_range):
        assert list(rule.check(study, CORPUS)) == []
    for alone in (mean_beyond_its_values, median_far_from_mean):
        assert list(alone.check(study)) == []


def _median(values: list[Fraction]) -> Fraction:
    ordered = sorted(values)
    return (ordered[(len(values) - 1) // 2] + ordered[len(values) // 2]) / 2


@cache
def printed_figures(n: int, top: int) -> frozenset[tuple[Decimal, Decimal]]:
    """Return the printed means and SDs of all data from 0 to `top` that reach both ends.

    The values lie on a grid of twentieths, fine enough for figures with one decimal.
    """
    fine = 20
    found = set()
    for total, squares in attained(n, top * fine):
        mean = Fraction(total, n * fine)
        square = variance(n, Fraction(total, fine), Fraction(squares, fine * fine))
        for way in WAYS:
            found.add((prints(mean, 1, way), prints_root(square, 1, way)))
            # Some divide by all, which is allowed for.
            found.add((prints(mean, 1, way), prints_root(square * (n - 1) / n, 1, way)))
    return frozenset(found)


@settings(max_examples=1500)
@given(st.integers(3, 4), st.integers(0, 20), st.integers(0, 20))
def test_of_few_values_the_rules_pass_exactly_the_means_and_sds_that_occur(
    n: int, mean_raw: int, sd_raw: int
) -> None:
    mean, sd = Decimal(mean_raw).scaleb(-1), Decimal(sd_raw).scaleb(-1)
    # The ends have so many decimals that they are all but exact.
    study = _study(
        analysed=n, unit="cm", mean=mean, sd=sd, min=Decimal("0.00000"), max=Decimal("2.00000")
    )
    rules = (sd_above_range, sd_below_range, mean_beyond_its_values)
    refused = any(
        isinstance(problem, Problem)
        for rule in rules
        for problem in (rule.check(study, CORPUS) if rule.takes_corpus else rule.check(study))
    )
    found, tenth = printed_figures(n, 2), Decimal("0.1")
    means = {one for one, _ in found}
    assert not (refused and (mean, sd) in found)
    if not refused and mean in means and (mean, sd) not in found:
        # It occurs between two points of the grid, beside what occurs on it.
        beside = {(mean + a * tenth, sd + b * tenth) for a in (-1, 0, 1) for b in (-1, 0, 1)}
        assert len(beside & found) >= 3
    # A mean that is cut off at the bound is let pass, as the ends may be a hair nearer.
    assert refused or mean in means or {mean + tenth, mean - tenth} & means


@THOUSANDS
@given(st.integers(2, 7), st.integers(1, 8))
def test_a_mean_has_room_exactly_where_data_with_this_median_have_it(n: int, top: int) -> None:
    """Values from 0 to `top` that reach both ends, by their median."""
    means: dict[Fraction, set[Fraction]] = {}
    for rest in combinations_with_replacement(range(top + 1), n - 2):
        values = sorted((0, top, *rest))
        median = Fraction(values[(n - 1) // 2] + values[n // 2], 2)
        means.setdefault(median, set()).add(Fraction(sum(values), n))
    low, high = Fraction(0), Fraction(top)
    every = set().union(*means.values())
    assert least_mean(low, None, high, n) <= min(every)
    assert greatest_mean(low, None, high, n) >= max(every)
    for median, found in means.items():
        for many in (n, None):
            least = least_mean(low, median, high, many)
            greatest = greatest_mean(low, median, high, many)
            assert least <= min(found)
            assert max(found) <= greatest
        if n > 2 and median.denominator == 1:
            assert least_mean(low, median, high, n) == min(found)
            assert greatest_mean(low, median, high, n) == max(found)


@THOUSANDS
@given(st.integers(2, 5), st.integers(1, 4), st.integers(0, 400), st.integers(0, 300))
def test_the_nearest_standard_deviations_are_the_nearest_that_occur(
    n: int, top: int, mean_raw: int, sd_raw: int
) -> None:
    mean = Decimal(mean_raw % (100 * top + 1)).scaleb(-2)
    sd = Decimal(sd_raw).scaleb(-2)
    band, spread = printed(mean), printed(sd)
    squares = spread.squared()
    all_ = {
        variance(n, Fraction(total), Fraction(square))
        for total, square in sums(n, top)
        if band.holds(Fraction(total, n))
    }
    below, above = grimmer.nearest(band, spread, n, top)
    assert below == max((one for one in all_ if one < squares.low), default=None)
    assert above == min((one for one in all_ if one > squares.high), default=None)


@THOUSANDS
@given(st.integers(1, 300), st.integers(0, 100_00), st.integers(0, 2))
def test_the_counts_of_a_percentage_are_those_that_are_printed_so(
    n: int, raw: int, places: int
) -> None:
    percent = written(Decimal(raw % (100 * 10**places + 1)).scaleb(-places))
    fits = [
        count
        for count in range(n + 1)
        if any(prints(Fraction(100 * count, n), places, way) == percent for way in WAYS)
    ]
    assert list(counts(percent, n)) == fits


@THOUSANDS
@given(st.integers(1, 40), st.integers(1, 1000), st.integers(0, 1))
def test_the_denominators_of_a_percentage_are_those_of_which_it_is_printed_so(
    count: int, raw: int, places: int
) -> None:
    percent = written(Decimal(1 + raw % (100 * 10**places)).scaleb(-places))
    found = denominators(percent, count)
    tried = range(count, 250)
    fits = [
        n
        for n in tried
        if any(prints(Fraction(100 * count, n), places, way) == percent for way in WAYS)
    ]
    assert [n for n in found if n in tried] == fits


@THOUSANDS
@given(st.integers(1, 60), st.integers(0, 60), st.sampled_from([80, 90, 95, 99]))
def test_the_exact_interval_that_is_shown_is_the_one_that_is_held_to(
    n: int, raw: int, level: int
) -> None:
    count = raw % (n + 1)
    low, high = (printed(Decimal(f"{share:.4f}")) for share in clopper_pearson(count, n, level))
    assert is_clopper_pearson(count, n, level, low, high)
