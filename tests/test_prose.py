"""Numbers in a sentence are found with what they are numbers of; names are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.evidence.prose import (
    _EXCEPTED,
    EXCEPTIONS,
    _by_all,
    _may_be_excepted,
    _what,
    located,
    mentions,
    mentions_of,
)
from curate.evidence.wording import worded


def _read(text: str) -> list[tuple[str, str]]:
    return [
        (mention.comparator + f"{mention.value}", mention.unit or mention.kind)
        for mention in mentions(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Seven of nine patients improved.", [("7", "plain"), ("9", "people")]),
        ("Twenty-one people were treated.", [("21", "people")]),
        ("It came back in 18 of 171 people (10.5 %).",
         [("18", "plain"), ("171", "people"), ("10.5", "percent")]),
        ("Pain fell by 30 to 49 per cent.", [("30", "percent"), ("49", "percent")]),
        ("Seen again after 9–12 months.", [("9", "mo"), ("12", "mo")]),
        ("A two-week course, and one month later.", [("2", "wk"), ("1", "mo")]),
        ("By 3.3 points (-0.03 to 6.6; p = 0.05).",
         [("3.3", "points"), ("-0.03", "plain"), ("6.6", "plain"), ("0.05", "p")]),
        ("Better with stimulation (p<0.001).", [("<0.001", "p")]),
        ("Of 1,311 people, 57 stopped.", [("1311", "people"), ("57", "plain")]),
        ("On a scale from 1 to 5.", [("1", "plain"), ("5", "plain")]),
        ("One series of people treated on one side.", []),
        ("One of 9 people died.", [("1", "plain"), ("9", "people")]),
        ("Seen after 3 and after 12 months.", [("3", "mo"), ("12", "mo")]),
        ("Seen after 3, 6 and 12 months.", [("3", "mo"), ("6", "mo"), ("12", "mo")]),
        ("Two thirds of those who were treated.", []),
        ("Half of them were seen twice.", []),
    ],
)  # fmt: skip
def test_numbers_are_found_with_their_kind(text: str, found: list[tuple[str, str]]) -> None:
    assert _read(text) == found


@pytest.mark.parametrize(
    ("exception", "text"),
    [
        ("a year", "Operated on between 2003 and 2017, and published in 2019."),
        ("a level of the spine", "Denervation at L4–L5, L4-5, T10 and C1."),
        ("a field strength", "Planned in a scanner of 3 T or 1.5 T."),
        ("a name with digits", "Metabolised by CYP2D6; PDQ-39 and A10 were used."),
        ("a PMID", "See PMID 30587520."),
    ],
)
def test_an_exception_is_no_number(exception: str, text: str) -> None:
    assert exception in EXCEPTIONS
    assert _read(text) == []


def test_every_exception_is_tested() -> None:
    assert len(EXCEPTIONS) == 5


def test_people_are_no_year() -> None:
    assert _read("It helped in 2000 people and in 2019 % of none.") == [
        ("2000", "people"),
        ("2019", "percent"),
    ]


PIECES = st.sampled_from(
    (
        *("one", "two", "ten", "Twenty", "twenty-five", "often", "someone", "seven-day", "thirds"),
        *("half", "3", "12", "3.5", "-4", "1,200", "0.03", "2019", "19", "C1", "L4-L5", "PDQ-39"),
        *("COVID-19", "x2", "2x", "PMID", "PMID:", "T", "by", "in", "of", "and", "the", "to", "or"),
        *("%", "per cent", "points", "p", "<", "=", "patients", "months", "mo", "weeks", "±", "–"),
        *("−", "(", ")", ",", ".", ";"),
    )
)
SENTENCES = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", ", ", "-"])), max_size=9).map(
    lambda parts: "".join(word + after for word, after in parts)
)


@given(SENTENCES)
def test_what_is_excepted_is_never_passed_over(text: str) -> None:
    if _EXCEPTED.search(text):
        assert _may_be_excepted(text)


@given(st.lists(SENTENCES, max_size=6))
def test_several_texts_at_once_have_the_numbers_that_each_has(texts: list[str]) -> None:
    assert mentions_of(worded(texts)) == [[*mentions(text)] for text in texts]


@given(SENTENCES)
def test_a_number_is_found_where_it_is_written(text: str) -> None:
    for start, mention in located(text):
        assert text.startswith(mention.text, start)


@given(st.integers(1, 99), st.text(" \t\u00a0-,", max_size=2), SENTENCES)
def test_the_word_behind_a_number_tells_the_same_as_all_behind_it(
    number: int, between: str, text: str
) -> None:
    behind = f"{between}{text}"
    assert _what(f"{number}{behind}", len(f"{number}")) == _by_all(behind, 0)
