"""What is told quickly is what the exact way tells."""

import re
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from curate.duration import days_in, in_days
from curate.evidence import prose
from curate.evidence.ranged import Ranged
from curate.results import is_past
from curate.rounding import Band, highest, printed, rounded
from curate.statistics.sd_bounds import largest_variance

_NUMBERS = st.integers(-999, 9999) | st.decimals(-99, 999, places=2) | st.decimals(0, 9, places=1)
_UNITS = st.sampled_from(["min", "h", "d", "wk", "mo", "a"])
_PIECES = st.sampled_from(
    [
        *(
            "one",
            "Two",
            "twenty-one",
            "twenty one",
            "thirty",
            "seven of nine",
            "one in ten",
            "-one",
        ),
        *(
            "someone",
            "one-sided",
            "ten-year",
            "p < one",
            "p",
            "<",
            "=",
            ">=",
            "12",
            "4.30",
            "1,200",
        ),
        *("-7", "−7", "50-100 %", "per cent", "months", "weeks", "points", "patients", "T", "C1"),
        *("in 2003", "PMID 12", "L4-L5", "µg", "é", "half", "one half", "two thirds", "ONE", "of"),
    ]
)


@given(st.lists(_PIECES, max_size=9), st.sampled_from([" ", "", "-", ", "]))
def test_the_numbers_of_a_text_are_found_however_it_is_searched(
    pieces: list[str], between: str
) -> None:
    text = between.join(pieces)
    assume(prose._is_simple(text))  # noqa: SLF001 - else there is one way only
    assert [*prose.located(text)] == [*prose._closely(text)]  # noqa: SLF001 - two ways


@given(st.text(max_size=9) | st.lists(_PIECES, max_size=4).map(" ".join))
def test_what_has_no_digit_has_no_exception(text: str) -> None:
    assume(not re.search("[0-9]", text))
    assert prose._EXCEPTED.search(text) is None  # noqa: SLF001 - likewise


@given(_NUMBERS, st.sampled_from([printed, rounded]), st.integers(1, 500), st.fractions())
def test_multiples_are_those_that_fractions_give(
    number: Decimal, what: Any, factor: int, more: Fraction
) -> None:
    band: Band = what(number)
    low, high = band.low * factor + more, band.high * factor + more
    first = ceil(low) + (band.low_open and ceil(low) == low)
    last = floor(high) - (band.high_open and floor(high) == high)
    assert band.multiples(factor, more.as_integer_ratio()) == range(first, last + 1)
    squared = band.squared().multiples(factor, more.as_integer_ratio())
    assert band.squares(factor, more.as_integer_ratio()) == squared


@given(_NUMBERS, _NUMBERS, _NUMBERS, st.none() | st.integers(2, 300), st.floats(0, 2000))
def test_a_spread_that_is_allowed_quickly_is_one_that_values_can_have(
    low: Decimal, mean: Decimal, high: Decimal, n: int | None, spread: float
) -> None:
    ends = Fraction(low), Fraction(high)
    found = Ranged((), mean, None, None, n, scale=ends, ends=None, is_scored=False)
    if found.allows(spread):
        most = largest_variance(printed(mean), n, *ends)
        assert most is not None
        assert Fraction(spread) ** 2 <= most


@given(st.integers(0, 400), _UNITS, st.integers(0, 400) | st.decimals(0, 400, places=1), _UNITS)
def test_a_time_is_past_another_as_exact_days_are(
    time: int, unit: str, end: Decimal, its_unit: str
) -> None:
    days = in_days(f"{time} {unit}")
    assert days is not None
    exact = days > highest(end) * days_in(its_unit) / Fraction(9, 10)
    assert is_past(f"{time} {unit}", str(end), its_unit) is exact


@pytest.mark.parametrize("time", ["study", "baseline"])
def test_what_is_no_time_is_past_nothing(time: str) -> None:
    assert not is_past(time, "3", "mo")
