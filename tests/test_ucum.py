"""Units are read by UCUM's grammar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.ucum import flaw


@pytest.mark.parametrize(
    "unit",
    [
        *("%", "1", "a", "mo", "wk", "d", "h", "min", "s", "ms", "deg", "Cel", "[degF]"),
        *("mm[Hg]", "cm[H2O]", "mg/dL", "ug/kg/min", "mmol/L", "meq/L", "mA", "uV", "Hz", "kHz"),
        *("{score}", "{score}/a", "/min", "/d", "1/wk", "10*3/uL", "10*9/L", "10^6", "m2", "cm3"),
        *("kg.m/s2", "m.s-1", "(mg.h)/L", "mL/min/{1.73_m2}", "[iU]/mL", "[IU]", "[arb'U]", "dB"),
        *("Gy", "cGy", "mSv", "J/cm2", "W", "kOhm", "kcal", "[Cal]", "osm", "B[SPL]", "m2{area}"),
    ],
)
def test_a_unit_of_ucum_is_read(unit: str) -> None:
    assert flaw(unit) is None


@pytest.mark.parametrize(
    ("unit", "piece"),
    [
        ("months", "months"),
        ("mmHg", "mmHg"),
        ("µs", "µs"),
        ("points", "points"),
        ("KG", "KG"),
        ("hz", "hz"),
        ("kmin", "kmin"),
        ("mg/day", "day"),
        ("mg//L", "/L"),
        ("mg.", "mg."),
        ("//d", "/d"),
        ("(mg", "(mg"),
        ("mg)", ")"),
        ("{score", "{score"),
        ("{a}{b}", "{b}"),
        ("m s", " s"),
        ("", ""),
        ("[Hg]", "[Hg]"),
    ],
)
def test_what_is_no_ucum_is_named_by_its_first_wrong_piece(unit: str, piece: str) -> None:
    assert flaw(unit) == piece


def test_upper_and_lower_case_are_two_units() -> None:
    assert flaw("mg") is None
    assert flaw("Mg") is None
    assert flaw("MG") is None  # megagauss
    assert flaw("mG") is None  # milligauss
    assert flaw("Kg") == "Kg"


simple = st.sampled_from(["m", "kg", "mm[Hg]", "{score}", "10*3", "mo", "%", "s-1", "2", "cm2"])


@given(
    st.recursive(
        simple,
        lambda inner: st.tuples(inner, st.sampled_from("./"), inner).map(
            lambda three: f"({three[0]}){three[1]}{three[2]}"
        ),
        max_leaves=5,
    )
)
def test_units_joined_by_the_grammar_are_units(unit: str) -> None:
    assert flaw(unit) is None


@given(st.text(max_size=40))
def test_any_text_is_judged_and_the_flaw_is_part_of_it(text: str) -> None:
    piece = flaw(text)
    assert piece is None or piece in text
