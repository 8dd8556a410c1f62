"""A guess is made where somebody can have meant one thing, and not where it would mislead."""

import pytest

from curate.suggest import did_you_mean, nearest, one_slip_away, only_one

IDS = ("horisawa-2018", "horisawa-2019", "schuurman-2008", "smith-2002")


def test_a_word_in_other_letters_is_the_word_itself() -> None:
    assert nearest("Smith-2002", IDS) == "smith-2002"
    assert did_you_mean("SMITH-2002", IDS) == "Did you mean `smith-2002`?"


def test_what_is_like_nothing_is_not_guessed() -> None:
    assert nearest("tremor", IDS) is None
    assert did_you_mean("tremor", IDS) == ""
    assert only_one("tremor", IDS) is None


def test_what_differs_in_a_figure_is_another_thing() -> None:
    assert only_one("smth-2002", IDS) == "smith-2002"
    assert only_one("smith-2003", IDS) is None


def test_of_two_that_are_as_near_neither_is_meant() -> None:
    assert only_one("pain-x", ("pain-a", "pain-b")) is None
    assert one_slip_away("horisawa-2017", IDS) is None
    assert one_slip_away("horisaw-2019", IDS) == "horisawa-2019"


@pytest.mark.parametrize("guess", [nearest, only_one, one_slip_away])
def test_nobody_means_a_name_by_hundreds_of_letters(guess: object) -> None:
    assert callable(guess)
    long = "a" * 300
    assert guess(long, (long,)) is None
