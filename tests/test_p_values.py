"""Our tail probabilities and intervals are those of scipy."""

from decimal import Decimal
from fractions import Fraction
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from curate.rounding import Band, printed
from curate.statistics import p_values, tails
from curate.statistics.intervals import (
    deviate,
    is_clopper_pearson,
    is_wilson,
    upper_bound_of_none,
    wilson,
)
from curate.statistics.p_values import Ends, of_p

degrees = st.one_of(st.integers(1, 500).map(float), st.floats(0.5, 300))
values = st.floats(-8, 8)
sizes = st.floats(0, 60)


def _same(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=1e-8, abs_tol=1e-12)


@given(values)
def test_the_normal_tail_is_that_of_scipy(z: float) -> None:
    assert _same(tails.normal(z), float(stats.norm.sf(z)))


@given(values, degrees)
def test_the_tail_of_t_is_that_of_scipy(t: float, df: float) -> None:
    assert _same(tails.student(t, df), float(stats.t.sf(t, df)))


@given(sizes, degrees)
def test_the_tail_of_chi_square_is_that_of_scipy(x: float, df: float) -> None:
    assert _same(tails.chi_square(x, df), float(stats.chi2.sf(x, df)))


@given(sizes, degrees, degrees)
def test_the_tail_of_f_is_that_of_scipy(x: float, df: float, df2: float) -> None:
    assert _same(tails.fisher(x, df, df2), float(stats.f.sf(x, df, df2)))


@given(st.integers(1, 300), st.integers(0, 300), st.sampled_from([80, 90, 95, 99]))
def test_intervals_of_a_share_are_those_of_scipy(n: int, raw: int, level: int) -> None:
    count = raw % (n + 1)
    for method, accepts in (("wilson", is_wilson), ("exact", is_clopper_pearson)):
        found = stats.binomtest(count, n).proportion_ci(level / 100, method)
        low, high = (_printed(float(end)) for end in (found.low, found.high))
        assert accepts(count, n, level, low, high)
        off = Fraction(1, 500)
        assert not accepts(count, n, level, low.plus(off), high)
        assert not accepts(count, n, level, low, high.plus(-off))


def _printed(value: float) -> Band:
    return printed(Decimal(value).quantize(Decimal("0.0001")))


def test_wilson_s_interval_of_seven_of_nine_is_the_published_one() -> None:
    assert [round(100 * end, 1) for end in wilson(7, 9, 95)] == [45.3, 93.7]
    assert round(float(deviate(95)), 4) == 1.96


@given(st.integers(1, 5000))
def test_none_of_n_leaves_the_upper_bound_of_the_exact_method(n: int) -> None:
    exact = stats.binomtest(0, n).proportion_ci(0.9, "exact").high
    assert _same(upper_bound_of_none(n), float(exact))


@pytest.mark.parametrize(
    ("p", "ends"),
    [
        ("<0.001", (0.0, 0.001)),
        (">=0.05", (0.05, 1.0)),
        (Decimal("0.05"), (0.045, 0.06)),
        (1, (0.5, 1.0)),
    ],
)
def test_a_printed_p_value_stands_for_all_that_is_printed_so(
    p: int | Decimal | str, ends: tuple[float, float]
) -> None:
    assert of_p(p) == Ends(*ends)


@given(st.integers(-500, 500), st.integers(1, 80), st.sampled_from([1, 2]))
def test_the_p_values_of_a_rounded_t_hold_the_true_one(raw: int, df: int, sides: int) -> None:
    t = raw / 100
    tail = float(stats.t.sf(abs(t), df))
    found = p_values.of_student(printed(Decimal(str(round(t, 1)))), df, sides=sides)
    assert found.meets(Ends(sides * tail, sides * tail))
