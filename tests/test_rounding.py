"""A printed number stands for every value that is printed so."""

from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.rounding import highest, last_place, lowest, surely_above

values = st.decimals(-1000, 1000, places=6)
places = st.integers(0, 4)
ways = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN])


def _printed(value: Decimal, decimals: int, way: str) -> int | Decimal:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=way)
    return int(rounded) if decimals == 0 else rounded


@given(values, places, ways)
def test_no_way_of_rounding_leaves_the_interval(value: Decimal, decimals: int, way: str) -> None:
    number = _printed(value, decimals, way)
    assert lowest(number) <= Fraction(value) <= highest(number)


@given(values, values, places, places, ways)
def test_what_is_printed_of_two_values_in_order_is_never_surely_out_of_order(
    one: Decimal, other: Decimal, first: int, second: int, way: str
) -> None:
    low, high = sorted((one, other))
    assert not surely_above(_printed(low, first, way), _printed(high, second, way))


@pytest.mark.parametrize(
    ("one", "other", "above"),
    [
        (3, 2, True),
        (Decimal("3.0"), 2, True),
        (Decimal("2.5"), 2, False),
        (Decimal("2.6"), 2, True),
        (2, 2, False),
        (Decimal("-0.03"), Decimal("-0.3"), True),
    ],
)
def test_one_printed_number_is_above_another_only_where_no_rounding_explains_it(
    one: int | Decimal, other: int | Decimal, *, above: bool
) -> None:
    assert surely_above(one, other) is above


def test_the_printed_text_decides_the_precision() -> None:
    assert last_place(Decimal("4.30")) == Fraction(1, 100)
    assert last_place(Decimal("4.3")) == Fraction(1, 10)
    assert last_place(16) == 1
