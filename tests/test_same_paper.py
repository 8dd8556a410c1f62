"""Two descriptions of a paper are taken for one where people write differently, not otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.same_paper import (
    author_keys,
    same_author,
    same_journal,
    same_title,
    same_year,
    title_keys,
    words,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Invented Pain and the Thalamus", "invented pain and the thalamus."),
        ("[Invented pain and the thalamus].", "Invented pain and the thalamus"),
        ("Müller's α-pain: a tale", "Mullers alpha pain -- a tale"),
        (
            "Safety of an invented operation: a study of 171 people",
            "Safety of an invented operation",
        ),
    ],
)
def test_titles_of_one_paper(one: str, other: str) -> None:
    assert same_title(one, other)
    assert same_title(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("An invented operation in 12 people", "An invented operation in 21 people"),
        ("Invented pain, part 1", "Invented pain, part 2"),
        ("Pain", "Pain of people who do not exist"),
        ("Invented pain and the thalamus", "Invented tremor and the pallidum"),
    ],
)
def test_titles_of_two_papers(one: str, other: str) -> None:
    assert not same_title(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fictus", "Fictus A"),
        ("FICTUS", "Fictus A"),
        ("A. Fictus", "Fictus A"),
        ("Fictus, Anna", "Fictus A"),
        ("Muller", "Müller HG"),
        ("Berg", "van der Berg AB Jr"),
        ("Wu", "Wu YJ"),
        ("Invented Tremor Study Group", "Invented Tremor Study Group"),
    ],
)
def test_names_of_one_author(one: str, other: str) -> None:
    assert same_author(one, other)


@pytest.mark.parametrize(("one", "other"), [("Li X", "Lin X"), ("Nemo A", "Fictus A"), ("", "Wu")])
def test_names_of_two_authors(one: str, other: str) -> None:
    assert not same_author(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("N Engl J Med", "The New England Journal of Medicine"),
        ("JAMA", "Journal of the American Medical Association"),
        ("Neurology", "Neurology"),
        ("J Invent Neurol", "Journal of invented neurology"),
        ("J. Neurosurg.", "J Neurosurg"),
        ("Pain (Amst)", "Pain"),
    ],
)
def test_names_of_one_journal(one: str, other: str) -> None:
    assert same_journal(one, other)
    assert same_journal(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Neurology", "Neurosurgery"), ("J Neurosurg", "J Neurol Neurosurg Psychiatry"), ("Pain", "")],
)
def test_names_of_two_journals(one: str, other: str) -> None:
    assert not same_journal(one, other)


def test_a_year_apart_may_be_electronic_and_printed_publication() -> None:
    assert same_year(2019, 2020)
    assert same_year(2020, 2019)
    assert not same_year(2018, 2020)


_TITLE_WORDS = st.lists(
    st.sampled_from(["pain", "in", "12", "deep", "brain", "stimulation", "of", "the", "the", "a"]),
    max_size=14,
)


@given(_TITLE_WORDS, st.data())
def test_titles_of_one_paper_have_a_key_in_common(title: list[str], data: st.DataObject) -> None:
    other = list(title)
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(other)))
        other[at : at + data.draw(st.integers(0, 1))] = data.draw(_TITLE_WORDS)[:1]
    left, right = " ".join(title), " ".join(other)
    if same_title(left, right):
        assert set(title_keys(left)) & set(title_keys(right))


@given(st.lists(st.sampled_from(["van", "Berg", "AB", "Müller", "J", "group"]), max_size=4))
def test_names_of_one_person_have_a_key_in_common(parts: list[str]) -> None:
    for other in ("van Berg", "Muller", "J", "AB", "group", ""):
        if same_author(" ".join(parts), other):
            assert set(author_keys(" ".join(parts))) & set(author_keys(other))


@given(st.text(st.characters(max_codepoint=127)))
def test_a_text_in_ascii_has_the_words_that_it_has_beside_another_letter(text: str) -> None:
    assert words(f"{text} é") == [*words(text), "e"]
