"""Times are compared in days, exactly."""

from fractions import Fraction

import pytest

from curate.duration import days_between, in_days


def test_twelve_months_are_a_year() -> None:
    assert in_days("12 mo") == in_days("1 a")


def test_fifty_two_weeks_are_a_day_and_a_quarter_short_of_a_year() -> None:
    year, weeks = in_days("1 a"), in_days("52 wk")
    assert year is not None
    assert weeks is not None
    assert year - weeks == Fraction("1.25")


def test_a_day_is_twenty_four_hours_of_sixty_minutes() -> None:
    assert in_days("1 d") == in_days("24 h") == in_days("1440 min") == 1


@pytest.mark.parametrize("word", ["study", "baseline", ""])
def test_a_word_is_no_time(word: str) -> None:
    assert in_days(word) is None


@pytest.mark.parametrize(("start", "end"), [("2019-13", "2020"), ("2019", "2020-00-01")])
def test_between_days_that_no_calendar_has_lies_no_time(start: str, end: str) -> None:
    assert days_between(start, end) is None
