"""Check digits find what they promise to find."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from curate.check_digits import (
    is_snomed_ct_concept,
    loinc_holds,
    luhn_holds,
    orcid_holds,
    snomed_ct_holds,
)


@pytest.mark.parametrize(
    "orcid", ["0000-0002-1694-233X", "0000-0002-1825-0097", "0009-0000-0000-0009"]
)
def test_a_real_orcid_id_holds(orcid: str) -> None:
    assert orcid_holds(orcid)


def test_an_orcid_id_with_another_last_digit_does_not_hold() -> None:
    assert not orcid_holds("0000-0002-1825-0098")


def test_a_snomed_ct_concept_holds_and_its_neighbour_does_not() -> None:
    assert snomed_ct_holds("22298006")
    assert is_snomed_ct_concept("22298006")
    assert not snomed_ct_holds("22298007")


def test_the_id_of_a_snomed_ct_description_is_no_concept() -> None:
    description = _completed("3756301", "0123456789", snomed_ct_holds)
    assert not is_snomed_ct_concept(description)


def test_a_loinc_code_holds_and_its_neighbour_does_not() -> None:
    assert loinc_holds("2160-0")
    assert not loinc_holds("2160-1")


def test_a_loinc_code_that_was_published_with_a_wrong_digit_holds() -> None:
    assert loinc_holds("11491-6")
    assert not luhn_holds("114916")


digits = st.text("0123456789", min_size=5, max_size=17)


def _completed(body: str, alphabet: str, holds) -> str:  # noqa: ANN001 - str to bool
    """Append the one check character that fits."""
    (last,) = [body + character for character in alphabet if holds(body + character)]
    return last


SCHEMES = {
    "orcid": ("0123456789X", orcid_holds, True),
    "verhoeff": ("0123456789", snomed_ct_holds, True),
    "luhn": ("0123456789", luhn_holds, False),
}


@pytest.mark.parametrize("scheme", SCHEMES)
@given(data=st.data())
def test_one_wrong_digit_is_always_found(scheme: str, data: st.DataObject) -> None:
    alphabet, holds, _ = SCHEMES[scheme]
    length = data.draw(st.integers(5, 17))
    body = data.draw(st.text("0123456789", min_size=length, max_size=length))
    good = _completed(body, alphabet, holds)
    at = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.sampled_from("0123456789"))
    assume(other != good[at])
    assert not holds(good[:at] + other + good[at + 1 :])


@pytest.mark.parametrize("scheme", SCHEMES)
@given(data=st.data())
def test_two_swapped_neighbours_are_found(scheme: str, data: st.DataObject) -> None:
    alphabet, holds, every_swap = SCHEMES[scheme]
    length = data.draw(st.integers(5, 17))
    body = data.draw(st.text("0123456789", min_size=length, max_size=length))
    good = _completed(body, alphabet, holds)
    at = data.draw(st.integers(0, len(good) - 2))
    one, other = good[at], good[at + 1]
    assume(one != other and "X" not in (one, other))
    # Luhn cannot tell 09 from 90.
    assume(every_swap or {one, other} != {"0", "9"})
    assert not holds(good[:at] + other + one + good[at + 2 :])
