from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.scalar import NUMBER
from curate.tables.cell import cell, guard, unguard

DANGEROUS = "=+-@\t\r\n\0＝＋－＠"  # noqa: RUF001 - the full-width twins are the point
# Texts that come near the danger far more often than any text would.
NEAR = st.text(st.sampled_from(DANGEROUS + "' \u00a0\u3000a1.0"), max_size=8)
TEXTS = st.one_of(NEAR, st.text(st.characters(codec="utf-8")))


@given(TEXTS)
def test_a_guarded_text_can_be_had_back(text: str) -> None:
    assert unguard(guard(text)) == text


@given(TEXTS)
def test_no_cell_starts_as_a_formula_does(text: str) -> None:
    written = guard(text)
    runs = written.strip().startswith(tuple(DANGEROUS)) or written.startswith(tuple(DANGEROUS))
    assert not runs or NUMBER.fullmatch(written)


@given(st.text(st.characters(categories=["L", "N", "Po"], exclude_characters="'@＠")))  # noqa: RUF001
def test_a_harmless_text_is_left_alone(text: str) -> None:
    assert guard(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "'  =1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-3", "-3"),
        ("-0.50", "-0.50"),
        ("- 3", "'- 3"),
        ("+3", "'+3"),
        ("-3 to 4", "'-3 to 4"),
        ("\tx", "'\tx"),
        ("＝1+1", "'＝1+1"),  # noqa: RUF001
        ("'=1+1", "''=1+1"),
        ("'quoted'", "'quoted'"),
        ("<0.001", "<0.001"),
        ("≥ 3 µg", "≥ 3 µg"),
        ("", ""),
    ],
)
def test_only_what_would_run_is_guarded(text: str, written: str) -> None:
    assert guard(text) == written


def test_a_cell_is_the_printed_text_and_empty_where_nothing_is_known() -> None:
    values = [None, True, False, 0, -3, Decimal("4.30"), Decimal("0.00000001"), "4.30"]
    printed = ["", "true", "false", "0", "-3", "4.30", "0.00000001", "4.30"]
    assert [cell(value) for value in values] == printed
