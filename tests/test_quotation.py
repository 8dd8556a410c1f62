"""A quotation is found where it stands, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.quotation import look_up

TEXT = """RESULTS: Tremor scores improved by 16.4% (p > .05; 95% CI -0.5 to 2.3), with α-blockers
and post-
operative pain ≥ 50% in ﬁve people. Mean change 3.2 ± 1.1 mm at 5 µg/kg, range 16–20.
The “sham” arm's gait did not improve. The dose-dependent effect was non-inferior to 1 200 units.
Overall 6·4 points were lost."""


@pytest.mark.parametrize(
    "quote",
    [
        "Tremor scores improved by 16.4%",
        "tremor scores improved by 16.4 %",
        "p > .05",
        "p>.05",
        "95% CI -0.5 to 2.3",
        "95% CI −0.5 to 2.3",
        "alpha-blockers",
        "α-blockers and postoperative pain >/=50% in five people",
        "post-operative pain ≥50%",
        "post- operative pain >= 50 % in five",
        "3.2 +/- 1.1 mm",
        "3.2 ± 1.1 mm at 5 mug/kg",
        "5 microg/kg",
        "range 16-20",
        'the "sham" arm\'s gait did not',
        "did not improve",
        "dose-dependent effect",
        "6.4 points",
    ],
)
def test_what_stands_there_is_found(quote: str) -> None:
    assert look_up(quote, TEXT) == (True, "")


@pytest.mark.parametrize(
    "quote",
    [
        "p < .05",
        "p > 0.05",
        "6.4%",
        "16.4",
        "improved by 16",
        "4%",
        "0.5 to 2.3",
        "-0.5 to 2",
        "95% CI 0.5 to 2.3",
        "3.2 1.1 mm",
        "3.2 ± 1.1 m",
        "50% in five people",
        "remor scores",
        "Tremor score",
        "inferior to 1 200 units",
        "dose",
        "16-2",
        "6-20",
        "64 points",
        "beta-blockers",
        "gait did improve",
        "...",
        "",
    ],
)
def test_what_does_not_stand_there_is_not_found(quote: str) -> None:
    found, said = look_up(quote, TEXT)
    assert not found
    assert said.endswith(".")


def test_words_beside_a_negation_are_not_found_without_it() -> None:
    found, said = look_up("improve", "Gait did not improve. Pain did.")
    assert not found
    assert "“not”" in said
    assert look_up("improve", "It did not help, but scores improve.").found
    assert look_up("improve", "Some did not improve. Others improve.").found


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("improved by 6.4%", "It has `16.4` where the quotation has `6.4`."),
        ("improved by 16.4% (p < .05", "It has `>` where the quotation has `<`."),
        ("Tremor scores had improved by", "It lacks `had`."),
        ("3.2 ± 1.1 m", "It has `mm` where the quotation has `m`."),
    ],
)
def test_a_near_miss_shows_the_difference(quote: str, said: str) -> None:
    assert said in look_up(quote, TEXT).said


def test_words_that_are_nowhere_near_are_said_to_be_so() -> None:
    assert look_up("mortality was halved", TEXT).said == "Nothing like it stands there."


_WORDS = st.lists(
    st.sampled_from(["pain", "16.4%", "p", "<", ">", "±", "0.5", "-0.5", "(n", "=", "12)", "α-β"]),
    min_size=1,
    max_size=12,
)


@given(_WORDS)
def test_a_text_is_found_in_itself(words: list[str]) -> None:
    text = " ".join(["begin", *words, "end"])
    assert look_up(text, text).found


@given(_WORDS, _WORDS, st.data())
def test_a_text_with_one_digit_changed_is_never_found(
    before: list[str], after: list[str], data: st.DataObject
) -> None:
    figure = data.draw(st.from_regex(r"[1-9]\.[0-9]", fullmatch=True))
    other = data.draw(st.from_regex(r"[1-9]\.[0-9]", fullmatch=True).filter(lambda x: x != figure))
    text = " ".join(["begin", *before, "mean", figure, *after, "end"])
    quote = " ".join(["begin", *before, "mean", other, *after, "end"])
    assert not look_up(quote, text).found


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_two_texts_get_an_answer(quote: str, text: str) -> None:
    found, said = look_up(quote, text)
    assert found == (said == "")
