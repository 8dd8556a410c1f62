"""The reducer takes from HL7's packages what the check needs, and nothing is typed by hand."""

import hashlib
import io
import json
import tarfile
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from curate import fhir_definitions
from curate.fhir_definitions import WRITTEN, Wanted, main, reduced
from curate.formats.fhir.conformance.definitions import PATH

HL7 = "http://hl7.org/fhir"
STRUCTURE = f"{HL7}/StructureDefinition/"
WANTED = Wanted(("Thing",), ("Quantity",), ("urn:mark",), ("urn:colours",))


def element(path: str, least: int = 0, most: str = "1", **more: Any) -> dict[str, Any]:
    return {"path": path, "min": least, "max": most, "base": {"max": most}, **more}


def invariant(key: str, severity: str = "error") -> dict[str, str]:
    return {"key": key, "severity": severity, "human": f"What {key} says"}


def structure(name: str, *elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    url = STRUCTURE + name if ":" not in name else name
    return {
        "resourceType": "StructureDefinition",
        "url": url,
        "snapshot": {"element": list(elements)},
        **more,
    }


def text_type(name: str, **limits: int) -> dict[str, Any]:
    regex = [{"url": f"{STRUCTURE}regex", "valueString": f"a {name}"}]
    return structure(
        name,
        element(name),
        element(f"{name}.value", type=[{"code": "x", "extension": regex}], **limits),
    )


def bound(value_set: str, strength: str) -> dict[str, str]:
    return {"valueSet": f"urn:{value_set}|5.0.0", "strength": strength}


DEFINITIONS = [
    structure(
        "Base", element("Base", constraint=[invariant("all-1"), invariant("all-2", "warning")])
    ),
    structure(
        "Thing",
        element("Thing", constraint=[invariant("thg-1"), invariant("ele-1")]),
        element("Thing.colour", 1, type=[{"code": "code"}], binding=bound("shades", "required")),
        element("Thing.mood", type=[{"code": "code"}], binding=bound("moods", "preferred")),
        element("Thing.tongue", type=[{"code": "code"}], binding=bound("open", "extensible")),
        element("Thing.part", 0, "*", type=[{"code": "BackboneElement"}]),
        element("Thing.part.size[x]", type=[{"code": "string"}, {"code": "Quantity"}]),
        element("Thing.part.part", 0, "*", contentReference="#Thing.part"),
        element("Thing.of", type=[{"code": "Reference", "targetProfile": [f"{STRUCTURE}Thing"]}]),
        element("Thing.gone", most="0", type=[{"code": "code"}]),
        baseDefinition=f"{STRUCTURE}Base",
    ),
    structure("Quantity", element("Quantity"), element("Quantity.unit", type=[{"code": "string"}])),
    structure(
        "urn:mark",
        element("Extension"),
        element("Extension.url", 1, type=[{"code": "string"}], fixedUri="urn:mark"),
        context=[
            {"type": "element", "expression": "Thing"},
            {"type": "fhirpath", "expression": "x"},
        ],
    ),
    text_type("string", maxLength=9),
    text_type("code"),
    {
        "resourceType": "CodeSystem",
        "url": "urn:colours",
        "content": "complete",
        "concept": [
            {"code": "red", "display": "Red", "concept": [{"code": "pink", "display": "Pink"}]},
        ],
    },
    {
        "resourceType": "ValueSet",
        "url": "urn:shades",
        "compose": {
            "include": [
                {"valueSet": ["urn:whole"]},
                {"system": "urn:x", "concept": [{"code": "y"}]},
            ]
        },
    },
    {
        "resourceType": "ValueSet",
        "url": "urn:whole",
        "compose": {"include": [{"system": "urn:colours"}]},
    },
    {
        "resourceType": "ValueSet",
        "url": "urn:open",
        "compose": {"include": [{"system": "urn:bcp"}]},
    },
]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    about = {"name": "a.package", "version": "5.0.0", "canonical": "urn:a"}
    path = tmp_path / "package.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for number, value in enumerate([about, *DEFINITIONS]):
            text = json.dumps(value).encode()
            member = tarfile.TarInfo(f"package/{number}.json")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text))
        archive.addfile(tarfile.TarInfo("package/other/0.json"))
    return path


@pytest.fixture
def found(package: Path) -> dict[str, Any]:
    return reduced([package], WANTED)


def test_the_package_is_named_with_its_sum(package: Path, found: dict[str, Any]) -> None:
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    assert found["sources"] == [{"name": "a.package", "version": "5.0.0", "sha256": digest}]


def test_an_element_keeps_its_type_its_cardinality_and_its_targets(found: dict[str, Any]) -> None:
    elements = found["shapes"]["Thing"]["elements"]
    assert elements["colour"]["min"] == 1
    assert elements["part"] == {"type": "Thing.part", "max": "*"}
    assert elements["of"] == {"type": "Reference", "targets": ["Thing"]}
    assert "gone" not in elements


def test_a_choice_is_an_element_for_each_of_its_types(found: dict[str, Any]) -> None:
    part = found["shapes"]["Thing.part"]["elements"]
    assert part["sizeString"] == {"type": "string", "choice": "size"}
    assert part["sizeQuantity"] == {"type": "Quantity", "choice": "size"}
    assert part["part"] == {"type": "Thing.part", "max": "*"}


def test_bindings_that_are_judged_have_their_codes_as_far_as_they_can_be_listed(
    found: dict[str, Any],
) -> None:
    assert found["value_sets"] == {
        "urn:open": None,
        "urn:shades": {"urn:colours": ["red", "pink"], "urn:x": ["y"]},
    }
    assert found["shapes"]["Thing"]["elements"]["mood"] == {"type": "code"}
    assert found["code_systems"] == {"urn:colours": {"red": "Red", "pink": "Pink"}}


def test_invariants_are_kept_with_those_inherited(found: dict[str, Any]) -> None:
    assert found["shapes"]["Thing"]["invariants"] == ["all-1", "all-2", "thg-1"]
    assert set(found["invariants"]) == {"all-1", "all-2", "ele-1", "thg-1"}


def test_an_extension_is_known_by_its_address_and_where_it_may_stand(
    found: dict[str, Any],
) -> None:
    assert found["contexts"] == {"urn:mark": ["Thing"]}
    url = found["shapes"]["urn:mark"]["elements"]["url"]
    assert url == {"type": "string", "min": 1, "fixed": "urn:mark"}


def test_a_primitive_keeps_its_form_and_its_limit(found: dict[str, Any]) -> None:
    assert found["primitives"]["string"] == {"regex": "a string", "longest": 9}


def test_one_definition_stands_on_a_line(
    package: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    written = tmp_path / "definitions.json"
    monkeypatch.setattr(fhir_definitions, "PATH", written)
    monkeypatch.setattr(fhir_definitions, "reduced", partial(reduced, wanted=WANTED))
    assert main([str(package)]) == 0
    assert str(written) in capsys.readouterr().out
    text = written.read_text(encoding="utf-8")
    assert json.loads(text) == reduced([package], WANTED)
    assert '\n "urn:colours": {"red":"Red","pink":"Pink"}\n' in text


def test_what_is_committed_is_of_what_is_wanted_now() -> None:
    committed = json.loads(PATH.read_text(encoding="utf-8"))
    assert committed["resources"] == list(WRITTEN.resources)
    assert set(committed["contexts"]) == set(WRITTEN.extensions)
    assert list(committed["code_systems"]) == list(WRITTEN.code_systems)
    assert {*WRITTEN.resources, *WRITTEN.data_types} <= set(committed["shapes"])
