import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.json_text import encode

NUMBERS = st.from_regex(r"\A-?(0|[1-9][0-9]{0,11})\.[0-9]{1,12}\Z")
TEXTS = st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | NUMBERS.map(Decimal) | TEXTS,
    lambda children: st.lists(children) | st.dictionaries(TEXTS, children),
)


@pytest.mark.parametrize("printed", ["4.30", "0.50", "0.00000001", "100.0", "-0.0", "12"])
def test_a_number_is_written_as_it_was_printed(printed: str) -> None:
    assert encode(Decimal(printed)) == printed.encode()


@given(NUMBERS)
def test_every_number_is_written_as_it_was_printed(printed: str) -> None:
    assert encode([Decimal(printed)], indent=None) == f"[{printed}]".encode()


@given(VALUES, st.sampled_from([None, 2]))
def test_what_is_written_is_read_back_the_same(value: object, indent: int | None) -> None:
    assert json.loads(encode(value, indent=indent), parse_float=Decimal) == value


def test_keys_keep_their_order_and_text_stays_readable() -> None:
    assert encode({"b": "µ ≥ 3", "a": ()}) == '{\n  "b": "µ ≥ 3",\n  "a": []\n}'.encode()


def test_a_float_is_refused_because_its_printed_text_is_lost() -> None:
    with pytest.raises(TypeError, match="printed"):
        encode({"mean": 4.3})
