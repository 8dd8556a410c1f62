"""A document points at the part of a line that an editor has to look at."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from curate.document import Document
from curate.finding import Span, Where

TEXT = """\
# a comment
id: a
title: "Ünïcode 𝄞: a title"
claims:
  - id: first
    text: >-
      A text of
      two lines.

    pmids:
      - 1
      - 2
  - {id: second,
     text: b}
  - - x
    - z
empty:
note: plain text
  that goes on
"""


@pytest.fixture
def document() -> Document:
    found = Document("x.yaml", TEXT.encode())
    assert found.faults == ()
    return found


@pytest.mark.parametrize(
    ("where", "text"),
    [
        (("id",), "a"),
        (("title",), '"Ünïcode 𝄞: a title"'),
        (("claims",), "claims"),
        (("claims", 0), "id: first"),
        (("claims", 0, "id"), "first"),
        (("claims", 0, "pmids"), "pmids"),
        (("claims", 0, "pmids", 1), "2"),
        (("claims", 1), "{id: second,"),
        (("claims", 1, "text"), "b"),
        (("claims", 2), "- x"),
        (("claims", 2, 1), "z"),
        (("empty",), ""),
        ((), "id: a"),
        (("missing",), "id: a"),
        (("claims", 0, "missing"), "id: first"),
        (("claims", 9), "claims"),
        (("id", "deeper"), "a"),
    ],
)
def test_a_place_is_shown_by_the_text_that_stands_there(
    document: Document, where: Where, text: str
) -> None:
    span = document.span(where)
    assert span.line == span.end_line
    assert document.line(span.line)[span.column - 1 : span.end_column - 1] == text


def test_a_text_of_several_lines_ends_with_its_last(document: Document) -> None:
    assert document.span(("claims", 0, "text")) == (6, 11, 8, 17)
    assert document.span(("note",)) == (18, 7, 19, 15)


def test_a_field_is_pointed_at_by_its_name_if_asked(document: Document) -> None:
    assert document.key_span(("title",)) == (3, 1, 3, 6)
    assert document.key_span(("claims", 1, "text")) == (14, 6, 14, 10)
    assert document.key_span(("claims", 0)) == document.span(("claims", 0))
    assert document.key_span(("missing",)) == document.span(("missing",))


def test_a_span_is_returned_as_it_is(document: Document) -> None:
    assert document.span(Span(5, 1, 5, 2)) == Span(5, 1, 5, 2)


def test_lines_are_counted_from_one_and_others_are_empty(document: Document) -> None:
    assert document.line(1) == "# a comment"
    assert document.line(0) == ""
    assert document.line(999) == ""


def test_a_value_is_looked_up_by_its_place(document: Document) -> None:
    assert document.get(("claims", 0, "pmids", 1)) == 2
    assert document.get(("claims", 7)) is None
    assert document.get(("id", "deeper")) is None


def test_of_a_field_written_twice_the_first_is_pointed_at() -> None:
    document = Document("x.yaml", b"a: 1\nb:\n  - c\na: no\nb:\n  - yes\n  - d\n")
    assert document.value == {"a": 1, "b": ["c"]}
    assert document.span(("a",)) == (1, 4, 1, 5)
    assert ("b", 1) not in document.places
    assert [document.span(fault.where)[:2] for fault in document.faults] == [
        (4, 1),
        (4, 4),
        (5, 1),
        (6, 5),
    ]


def test_a_file_that_cannot_be_read_has_no_value_and_one_line_to_point_at() -> None:
    for data in (b"", b"\xff", b"id: [", b"a\n", b"\r\r"):
        document = Document("x.yaml", data)
        assert document.value is None
        assert document.get(("id",)) is None
        assert document.span(("id",)).line == 1


@given(st.lists(st.sampled_from(["é", "𝄞", "a", "中", "e\u0301", " ", "\u00a0"]), max_size=8))
def test_columns_count_characters_as_libyaml_does(letters: list[str]) -> None:
    text = f'"{"".join(letters)}": [x, "{"".join(letters)}", z]\n'
    document = Document("x.yaml", text.encode())
    sequence = yaml.compose(text, Loader=yaml.CSafeLoader).value[0][1]
    key = "".join(letters)
    for index, node in enumerate(sequence.value):
        place = document.places[key, index].value
        assert (place.line, place.column) == (node.start_mark.line + 1, node.start_mark.column + 1)
        shown = document.line(1)[place.column - 1 : place.end_column - 1]
        assert shown.strip('"') == node.value
