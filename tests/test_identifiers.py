"""Every kind of identifier is held to its published form, and to its check digit."""

from typing import Any

import pytest

from curate.finding import Finding
from examples import File, findings


def _names(path: str, text: str) -> list[str]:
    found: list[Finding] = findings([File(path, text)])
    return [finding.name for finding in found]


def _study(**fields: Any) -> list[str]:
    fields = {"pmid": 30587520, **fields}
    lines = [f"{name}: {value}" for name, value in fields.items() if not isinstance(value, list)]
    lists = [
        f"{name}:\n" + "".join(f"  - {item}\n" for item in value).rstrip()
        for name, value in fields.items()
        if isinstance(value, list)
    ]
    start = "id: a\ntitle: A study\nstatus: in_review\ndesign: case-series\n"
    end = "adverse_events_reported: not-reported\n"
    return _names("records/studies/a.yaml", "\n".join((start.rstrip(), *lines, *lists, end)))


def _code(system: str, code: str) -> list[str]:
    text = "id: a\ntitle: A condition\nstatus: in_review\ncodes:\n"
    text += f'  - system: {system}\n    code: "{code}"\n'
    return _names("records/conditions/a.yaml", text)


def _orcid(orcid: str) -> list[str]:
    text = "id: a\ntitle: A condition\nstatus: approved\nreview:\n  by: Josiah Carberry\n"
    text += f'  date: "2026-11-22"\n  orcid: {orcid}\n'
    return _names("records/conditions/a.yaml", text)


def _unit(unit: str) -> list[str]:
    text = f'id: a\ntitle: A measure\nstatus: in_review\nunit: "{unit}"\n'
    return _names("records/measures/a.yaml", text)


def test_a_pmid_is_a_plain_number_from_one_to_eight_digits() -> None:
    assert _study(pmid=30587520) == []
    assert _study(pmid=1) == []
    assert _study(pmid=0) == ["out-of-range"]
    assert _study(pmid=305875201) == ["out-of-range"]
    assert "wrong-type" in _study(pmid="08016511")


def test_a_pmcid_begins_with_pmc() -> None:
    assert _study(pmcid="PMC6345121") == []
    assert "wrong-type" in _study(pmcid="6345121")
    assert _study(pmcid="PMC06345121") == ["wrong-form"]


@pytest.mark.parametrize(
    "doi",
    [
        "10.1212/WNL.0000000000006818",
        "10.1016/S1474-4422(10)70093-4",
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
        "10.1000.10/abc",
    ],
)
def test_a_doi_may_hold_brackets_and_semicolons(doi: str) -> None:
    assert _study(doi=doi) == []


@pytest.mark.parametrize("doi", ["10.12/abc", "https://doi.org/10.1212/WNL.1", "11.1/a"])
def test_a_doi_has_a_registrant_and_no_address(doi: str) -> None:
    assert _study(doi=doi) == ["wrong-form"]


def test_a_registration_is_a_prefix_and_eight_digits() -> None:
    assert _study(registrations=["NCT04280705", "ISRCTN34111222"]) == []
    assert _study(registrations=["NCT0428070O"]) == ["wrong-form"]
    assert _study(registrations=["nct04280705"]) == ["wrong-form"]


def test_an_orcid_id_fits_its_check_digit() -> None:
    assert _orcid("0000-0002-1694-233X") == []
    assert _orcid("0009-0000-0000-0009") == []
    assert _orcid("0000-0002-1694-2330") == ["wrong-check-digit"]
    assert _orcid("0000-0002-1694-233x") == ["wrong-form"]
    assert _orcid("https://orcid.org/0000-0002-1694-233X") == ["wrong-form"]


@pytest.mark.parametrize(
    ("system", "good", "bad", "name"),
    [
        ("snomed-ct", "22298006", "22298007", "wrong-check-digit"),
        ("snomed-ct", "22298006", "2229", "wrong-form"),
        ("loinc", "2160-0", "2160-1", "wrong-check-digit"),
        ("loinc", "11491-6", "11491-7", "wrong-check-digit"),
        ("loinc", "2160-0", "02160-0", "wrong-form"),
        ("mesh", "D013812", "D13812", "wrong-form"),
        ("mesh", "D000071797", "T013812", "wrong-form"),
        ("icd-10-cm", "G50.0", "G5", "wrong-form"),
        ("icd-10-cm", "U07.1", "50.0", "wrong-form"),
        ("icd-11", "8A00.0", "8I02", "wrong-form"),
        ("icd-11", "MB23", "8A00.", "wrong-form"),
    ],
)
def test_a_code_has_the_form_of_its_vocabulary(system: str, good: str, bad: str, name: str) -> None:
    assert _code(system, good) == []
    assert _code(system, bad) == [name]


def test_a_unit_is_one_of_ucum() -> None:
    assert _unit("mo") == []
    assert _unit("mm[Hg]") == []
    assert _unit("{score}") == []
    assert _unit("months") == ["not-a-ucum-unit"]
    assert _unit("mmHg") == ["not-a-ucum-unit"]
    assert _unit("µs") == ["wrong-form"]
