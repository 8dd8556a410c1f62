"""Positions are counted as client and server agreed, also beside characters of two units."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position

from curate.document import Document
from curate.lsp.buffer import Buffer

CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
TEXTS = st.text(st.sampled_from("aé€😀🧠\t \"'\n\r#:-\u2028\x85\ufeff"), max_size=40)


def units(text: str, encoding: str) -> int:
    """Count code units as Python's codecs do."""
    codec, size = CODECS[encoding]
    return len(text.encode(codec)) // size


@pytest.mark.parametrize("encoding", CODECS)
@given(text=TEXTS)
def test_every_offset_has_the_position_that_its_encoding_gives(encoding: str, text: str) -> None:
    buffer = Buffer(text, encoding)
    lines = re.split(r"\r\n|\n|\r", text)
    offset = 0
    for number, line in enumerate(lines):
        for column in range(len(line) + 1):
            position = buffer.position(offset + column)
            assert position == Position(number, units(line[:column], encoding))
            assert buffer.offset(position) == offset + column
        end = re.compile(r"\r\n|\n|\r").match(text, offset + len(line))
        offset += len(line) + (len(end.group()) if end else 0)


@pytest.mark.parametrize("encoding", CODECS)
@given(text=TEXTS, line=st.integers(0, 50), character=st.integers(0, 200))
def test_a_position_outside_the_text_is_moved_inside(
    encoding: str, text: str, line: int, character: int
) -> None:
    buffer = Buffer(text, encoding)
    assert 0 <= buffer.offset(Position(line, character)) <= len(text)


def test_a_position_inside_a_character_is_that_of_the_character() -> None:
    assert Buffer("a😀b", "utf-16").offset(Position(0, 2)) == 1
    assert Buffer("a😀b", "utf-8").offset(Position(0, 4)) == 1


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_span_of_the_document_is_found_in_the_buffer(mark: str, end: str) -> None:
    text = f'{mark}title: "😀 x"{end}status: draft{end}'
    document = Document("x", text.encode())
    buffer = Buffer(text, "utf-16")
    start, stop = buffer.stretch(document.places["status",].value)
    assert text[start:stop] == "draft"
    start, stop = buffer.stretch(document.places["title",].value)
    assert text[start:stop] == '"😀 x"'


def test_half_a_character_is_kept_and_said_to_be_no_text() -> None:
    buffer = Buffer("id: \ud800\n", "utf-16")
    assert [fault.name for fault in Document("x", buffer.data).faults] == ["not-utf-8"]
    assert buffer.position(6) == Position(1, 0)
