"""What is broken into lines and columns loses nothing, and fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.printable import columns
from curate.wrapping import clipped, table, wrapped

WORDS = st.text(alphabet="abc é日 ́-,", max_size=40)


@given(WORDS, st.integers(4, 30))
def test_a_text_is_broken_without_loss(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(WORDS, st.integers(1, 30))
def test_a_text_that_is_cut_off_says_so(text: str, width: int) -> None:
    shown = clipped(text, width)
    assert shown == text or (columns(shown) <= width and shown.endswith("…"))
    assert columns(text) > width or shown == text


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=5), st.integers(30, 80))
def test_a_table_fits_its_width_and_holds_every_word(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    lines = list(table([("one", "two", "three"), *rows], width))
    assert all(columns(line) <= width for line in lines)
    shown = "".join("".join(lines).split())
    for row in rows:
        for cell in row:
            assert all(character in shown for character in cell if not character.isspace())


@pytest.mark.parametrize("rows", [[("a", "b")], [("a", "b"), ("", "")]])
def test_a_table_without_cells_is_nothing(rows: list[tuple[str, str]]) -> None:
    assert list(table(rows, 80)) == []


def test_a_column_that_is_empty_is_left_out() -> None:
    rows = [("id", "who", "of"), ("all", "", "9"), ("some", "", "")]
    assert list(table(rows, 80)) == ["id    of", "all   9", "some"]


def test_a_table_that_is_too_wide_takes_from_its_widest_column() -> None:
    rows = [("id", "what"), ("a", "one two three four")]
    assert list(table(rows, 12)) == ["id  what", "a   one two", "    three", "    four"]
