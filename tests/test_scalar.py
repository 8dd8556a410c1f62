"""What a plain scalar means to us, held against a YAML 1.1 and a YAML 1.2 reader."""

import warnings
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from curate.document import Document, number_text

_PIECES = st.sampled_from(
    [*"0123456789+-_.:eExXobOinfaNAyYnTtFfrusl~= ", "0x", "0o", "0b", ".inf", ".nan", "e+", "true"]
)
_SEEDS = """
    yes Yes NO on Off y N true TRUE False null Null NULL ~ 0171 0o17 0x1F 0b11 1_71 2:51 0:30
    190:20:30.15 1e3 1.5e3 1.5e+3 -1E-2 .5 -.5 5. +5 +.inf -.Inf .NaN 1e400 -0 -0.0 0.0 00
    2026-11-21 2026-02-30 2001-12-14t21:59:43.10-05:00 = << 12 4.30 0.050 12e03 1,000 0o8 08 09
    1__0 _1 0_ 0x_ 1.2.3 1. 1:60 :1 1: -- +1 -1 - . .. +
""".split()  # noqa: SIM905 - a table reads better than a list of quotes
_PLAIN = st.one_of(st.sampled_from(_SEEDS), st.lists(_PIECES, min_size=1, max_size=8).map("".join))


def _ours(text: str) -> tuple[Any, list[str]]:
    document = Document("x.yaml", f"key: {text}\n".encode())
    assert document.value is not None
    return document.value["key"], [fault.name for fault in document.faults]


def _plain(text: str) -> bool:
    """Tell whether YAML reads the text as one plain scalar."""
    try:
        events = list(yaml.parse(f"key: {text}\n", Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        return False
    scalars = [event for event in events if isinstance(event, yaml.ScalarEvent)]
    return (
        len(events) == 8
        and len(scalars) == 2
        and not scalars[1].style
        and scalars[1].value == text
        and scalars[1].tag is None
        and scalars[1].anchor is None
    )


def _yaml_1_1(text: str) -> Any:
    try:
        return yaml.load(f"key: {text}\n", Loader=yaml.CSafeLoader)["key"]
    except (yaml.YAMLError, ValueError, OverflowError):
        return _OTHER


def _yaml_1_2(text: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return YAML(typ="safe", pure=True).load(f"key: {text}\n")["key"]
        except (YAMLError, ValueError, OverflowError):
            return _OTHER


_OTHER = object()
"""What a reader makes of a text that it takes for a date or number, and that is none."""


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, bool) or ours is None or isinstance(ours, str):
        return type(ours) is type(theirs) and ours == theirs
    if isinstance(theirs, bool) or not isinstance(theirs, int | float):
        return False
    return float(ours) == float(theirs)


@given(_PLAIN)
def test_what_another_yaml_reader_takes_differently_is_told_to_be_quoted(text: str) -> None:
    if not _plain(text):
        return
    ours, faults = _ours(text)
    if not (_same(ours, _yaml_1_1(text)) and _same(ours, _yaml_1_2(text))):
        assert set(faults) & {"ambiguous-scalar", "number-too-long"}


_AMBIGUOUS = """
    no No NO yes on Off y n TRUE Null ~ 0171 08 0o17 0x1F 0b11 1_71 2:51 0:30 190:20:30 1e3 1.5e3
    .5 5. +5 .inf -.INF .nan 1e400 -0 00 2026-11-21 2026-02-30 2001-12-14t21:59:43Z =
""".split()  # noqa: SIM905 - a table reads better than a list of quotes


@pytest.mark.parametrize("text", _AMBIGUOUS)
def test_a_scalar_that_two_readers_take_differently_is_text_with_a_warning(text: str) -> None:
    assert _ours(text) == (text, ["ambiguous-scalar"])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("4.30", Decimal("4.30")),
        ("-0.5", Decimal("-0.5")),
        ("true", True),
        ("false", False),
        ("null", None),
        ("nil", "nil"),
        ("12 mo", "12 mo"),
        ("1.2.3", "1.2.3"),
        ("p < .05", "p < .05"),
        ("10.1212/WNL.0000000000006818", "10.1212/WNL.0000000000006818"),
        ("not", "not"),
        ("None", "None"),
        ("12%", "12%"),
        ("±3", "±3"),
        ("NCT00196911", "NCT00196911"),
    ],
)
def test_a_scalar_that_all_readers_take_alike_passes_in_silence(text: str, value: Any) -> None:
    ours, faults = _ours(text)
    assert (ours, type(ours), faults) == (value, type(value), [])


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-9999, max_value=9999, places=3)
)
def test_a_number_keeps_its_printed_text(number: Decimal) -> None:
    text = format(number, "f")
    if number == 0 and text.startswith("-"):
        return
    ours, faults = _ours(text)
    assert number_text(ours) == text
    assert faults == []


@pytest.mark.parametrize("text", ["4.30", "0.050", "100.0", "0.00", "-12.10", "30587520"])
def test_trailing_zeros_are_kept(text: str) -> None:
    ours, _ = _ours(text)
    assert number_text(ours) == text


@pytest.mark.parametrize(
    "text", ["9" * 5000, "9007199254740993", "-9007199254740993", "0." + "1" * 5000]
)
def test_a_number_with_more_digits_than_programs_keep_is_refused(text: str) -> None:
    ours, faults = _ours(text)
    assert ours == text
    assert faults == ["number-too-long"]
    assert _ours("9007199254740992") == (2**53, [])
