"""What the checks on figures accept is exactly what can occur: brute force is the oracle."""

from collections.abc import Iterator
from decimal import (
    ROUND_DOWN,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Decimal,
    localcontext,
)
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement

from hypothesis import given, settings
from hypothesis import strategies as st

from curate.rounding import Band, printed, rounded
from curate.statistics import debit, grim, grimmer, pooled
from curate.statistics.sd_bounds import largest_variance, smallest_variance
from curate.statistics.squares import of_bounded, of_whole

ROUNDED = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN)
WAYS = (*ROUNDED, ROUND_DOWN)
MANY = settings(max_examples=1000)

Summary = tuple[int, Fraction, Fraction]
"""How many, their mean, and the sum of their squared distances from it."""


@cache
def summaries(n: int, low: int, high: int) -> frozenset[tuple[int, int]]:
    """Return the total and sum of squares of every data set of this size."""
    return frozenset(
        (sum(values), sum(value * value for value in values))
        for values in combinations_with_replacement(range(low, high + 1), n)
    )


def prints(value: Fraction, places: int, way: str) -> Decimal:
    """Print a fraction by long division, in one of four ways."""
    with localcontext(prec=60):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.quantize(Decimal(1).scaleb(-places), rounding=way)


def prints_root(square: Fraction, places: int, way: str) -> Decimal:
    """Print a square root in one of four ways."""
    with localcontext(prec=60):
        exact = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
        return exact.quantize(Decimal(1).scaleb(-places), rounding=way)


def written(number: Decimal) -> int | Decimal:
    return number if number.as_tuple().exponent else int(number)


sizes = st.integers(2, 6)
places = st.integers(0, 2)
digits = st.integers(0, 700)
figures = st.tuples(digits, places)


def _read(raw: int, decimals: int) -> int | Decimal:
    return written(Decimal(raw % (7 * 10**decimals)).scaleb(-decimals))


@MANY
@given(sizes, st.integers(0, 2), digits)
def test_grim_accepts_exactly_the_means_that_whole_numbers_have(
    n: int, decimals: int, raw: int
) -> None:
    mean = _read(raw, decimals)
    occurs = any(
        prints(Fraction(total, n), decimals, way) == mean for total in range(8 * n) for way in WAYS
    )
    assert bool(grim.totals(printed(mean), n)) is occurs


@MANY
@given(sizes, st.integers(1, 5), figures, figures)
def test_bounded_scales_accept_exactly_what_scores_have(
    n: int, top: int, first: tuple[int, int], second: tuple[int, int]
) -> None:
    mean, sd = _read(*first), _read(*second)
    occurs = _occurs(summaries(n, 0, top), n, (mean, first[1]), (sd, second[1]))
    assert grimmer.possible(printed(mean), printed(sd), n, top) is occurs


@settings(max_examples=300)
@given(sizes, st.integers(0, 2), digits, st.integers(0, 2), st.integers(0, 250))
def test_grimmer_accepts_exactly_what_whole_numbers_have(
    n: int, mean_places: int, mean_raw: int, sd_places: int, sd_raw: int
) -> None:
    mean = written(Decimal(mean_raw % (2 * 10**mean_places)).scaleb(-mean_places))
    sd = written(Decimal(sd_raw % (2 * 10**sd_places)).scaleb(-sd_places))
    # With an SD below 3 and a mean below 2, nobody of six is further off than 3 · √5 + 2.
    found = _whole(n, mean_places, sd_places)
    assert grimmer.possible(printed(mean), printed(sd), n) is ((mean, sd) in found)


@cache
def _whole(n: int, mean_places: int, sd_places: int) -> frozenset[tuple[Decimal, Decimal]]:
    return frozenset(
        (mean, sd)
        for total, squares in summaries(n, -7, 9)
        if -n <= total <= 3 * n
        for mean in {prints(Fraction(total, n), mean_places, way) for way in WAYS}
        for sd in {prints_root(_variance(n, total, squares), sd_places, way) for way in WAYS}
    )


def _variance(n: int, total: int, squares: int) -> Fraction:
    return (squares - Fraction(total * total, n)) / (n - 1)


Printed = tuple[int | Decimal, int]


def _occurs(found: frozenset[tuple[int, int]], n: int, mean: Printed, sd: Printed) -> bool:
    return any(
        any(prints(Fraction(total, n), mean[1], way) == mean[0] for way in WAYS)
        and any(prints_root(_variance(n, total, squares), sd[1], way) == sd[0] for way in WAYS)
        for total, squares in found
    )


def test_sums_of_squares_are_those_of_all_small_data_sets() -> None:
    tried = 0
    for n in range(1, 7):
        reach = 6 if n < 6 else 5
        found = summaries(n, -reach, reach)
        for total in range(-n, n + 1):
            for square in range(reach * reach + 1):
                tried += 1
                one = range(square, square + 1)
                assert of_whole(n, total, one) is ((total, square) in found)
    for n in range(1, 7):
        for top in range(5):
            found = summaries(n, 0, top)
            for total in range(n * top + 2):
                for square in range(n * top * top + 2):
                    tried += 1
                    one = range(square, square + 1)
                    assert of_bounded(n, total, one, top) is ((total, square) in found)
    assert tried > 8000


@MANY
@given(st.integers(2, 60), st.integers(1, 3), st.integers(0, 1000), st.integers(1, 3), digits)
def test_debit_accepts_exactly_what_shares_have(
    n: int, mean_places: int, mean_raw: int, sd_places: int, sd_raw: int
) -> None:
    mean = written(Decimal(mean_raw % (10**mean_places + 1)).scaleb(-mean_places))
    sd = written(Decimal(sd_raw % (8 * 10 ** (sd_places - 1))).scaleb(-sd_places))
    shares = frozenset((count, count) for count in range(n + 1))
    occurs = _occurs(shares, n, (mean, mean_places), (sd, sd_places))
    assert debit.possible(printed(mean), printed(sd), n) is occurs


@MANY
@given(st.integers(2, 6), st.integers(1, 5), st.integers(0, 30))
def test_the_largest_variance_is_that_of_some_data_and_of_none_is_larger(
    n: int, top: int, raw: int
) -> None:
    total = raw % (n * top + 1)
    mean = Fraction(total, n)
    largest = max(
        _variance(n, one, squares) for one, squares in summaries(n, 0, top) if one == total
    )
    found = largest_variance(Band(mean, mean), n, Fraction(0), Fraction(top))
    assert found is not None
    # Of whole numbers as many as possible are at the ends, which is the bound where top is one.
    assert found >= largest
    assert top > 1 or found == largest
    unknown = largest_variance(Band(mean, mean), None, Fraction(0), Fraction(top))
    assert unknown is not None
    assert unknown >= largest


@MANY
@given(st.integers(2, 6), st.integers(2, 6), st.integers(0, 40))
def test_the_smallest_variance_is_that_of_some_data_that_reach_both_ends(
    n: int, top: int, raw: int
) -> None:
    sums = [
        (0 + top + sum(rest), top * top + sum(value * value for value in rest))
        for rest in combinations_with_replacement(range(top + 1), n - 2)
    ]
    total = sums[raw % len(sums)][0]
    mean = Fraction(total, n)
    smallest = min(_variance(n, one, squares) for one, squares in sums if one == total)
    found = smallest_variance(Band(mean, mean), n, Fraction(0), Fraction(top))
    assert found is not None
    assert found <= smallest
    equal = n > 2 and (total - top) % (n - 2) == 0
    assert not equal or found == smallest


def _parts() -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    for one in combinations_with_replacement(range(4), 3):
        for other in combinations_with_replacement(range(4), 2):
            yield one, other


def test_pooled_figures_hold_those_of_all_data_taken_together() -> None:
    for one, other in _parts():
        samples = [_sample(one), _sample(other)]
        n, total = 5, sum(one) + sum(other)
        squares = sum(value * value for value in (*one, *other))
        for decimals in (0, 1, 2):
            mean = prints(Fraction(total, n), decimals, ROUND_HALF_EVEN)
            assert pooled.mean(samples).meets(rounded(written(mean)))
            sd = prints_root(_variance(n, total, squares), decimals, ROUND_HALF_EVEN)
            band = pooled.variance(samples)
            assert band is not None
            assert band.meets(rounded(written(sd)).squared())


def _sample(values: tuple[int, ...]) -> pooled.Sample:
    n, total = len(values), sum(values)
    variance = _variance(n, total, sum(value * value for value in values))
    mean = written(prints(Fraction(total, n), 1, ROUND_HALF_UP))
    return pooled.Sample(n, printed(mean), printed(written(prints_root(variance, 2, ROUND_DOWN))))
