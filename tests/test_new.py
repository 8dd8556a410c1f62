"""`curate new` writes a draft that stands, and explains every field from the schema."""

import re
from pathlib import Path

import pytest

from curate.canonical import canonical
from curate.cli import main
from curate.document import Document
from curate.kinds import KINDS
from curate.published import schema
from curate.skeleton import skeleton

IDS = {"reference": "pmid-30587520"}


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "curate.toml").write_text('[corpus]\nname = "test"\n', encoding="utf-8")
    (tmp_path / "records").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def text_of(kind: str) -> str:
    given = {"pmid": 30587520} if kind == "reference" else {}
    return skeleton(kind, IDS.get(kind, "a-b"), given)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_of_every_kind_has_no_error(
    corpus: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    id_ = IDS.get(kind, "horisawa-2019")
    assert main(["new", kind, id_]) == 0
    path = f"records/{KINDS[kind].folder}/{id_}.yaml"
    assert (corpus / path).is_file()
    assert f"created {path}, a draft" in capsys.readouterr().out
    assert main(["validate"]) == 0
    assert "1 record, 0 errors" in capsys.readouterr().out


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_is_in_canonical_layout(kind: str) -> None:
    text = text_of(kind)
    assert canonical(Document("x", text.encode())) == text


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_kind_is_explained(kind: str) -> None:
    text = text_of(kind)
    said = " ".join(text.replace("\n#", " ").split())
    for key, about in schema(kind)["properties"].items():
        assert re.search(rf"^(# )?{key}:", text, re.MULTILINE)
        if key not in {"id", "status"}:
            assert about["description"] in said


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_line_names_the_schema(kind: str) -> None:
    first = text_of(kind).splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../../schemas/{kind}.schema.json"


@pytest.mark.parametrize("kind", KINDS)
def test_the_fields_can_be_bared_by_taking_the_comment_sign_away(kind: str) -> None:
    text = text_of(kind)
    known = schema(kind)["properties"]
    fields = [
        line.removeprefix("# ")
        for line in text.splitlines()
        if re.match(r"(# )? *(- )?[a-z_0-9]+:( |$)", line) and "language-server" not in line
    ]
    document = Document("x", ("\n".join(fields) + "\n").encode())
    assert not [fault for fault in document.faults if fault.name == "syntax-error"]
    assert document.value is not None
    assert set(known) <= set(document.value)


def test_the_title_and_the_pmid_are_filled_in(corpus: Path) -> None:
    assert main(["new", "study", "horisawa-2019", "--title", "no: 5", "--pmid", "30587520"]) == 0
    data = (corpus / "records/studies/horisawa-2019.yaml").read_bytes()
    value = Document("x", data).value
    assert value is not None
    assert value["title"] == "no: 5"
    assert value["pmid"] == 30587520


def test_a_record_is_not_published_with_the_title_that_it_starts_with(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "condition", "dystonia"]) == 0
    assert "That lists 1 thing still missing.\n" in capsys.readouterr().out
    path = corpus / "records/conditions/dystonia.yaml"
    text = path.read_text(encoding="utf-8").replace("status: draft", "status: in_review")
    path.write_text(text, encoding="utf-8")
    assert main(["export"]) == 1
    assert "error W07 title-to-be-written" in capsys.readouterr().out
    assert not (corpus / "exports").exists()
    path.write_text(text.replace("title: To be written", "title: Dystonia"), encoding="utf-8")
    assert main(["validate"]) == 0


def test_a_reference_is_called_after_its_pmid(corpus: Path) -> None:
    assert main(["new", "reference", "--pmid", "30587520"]) == 0
    data = (corpus / "records/references/pmid-30587520.yaml").read_bytes()
    assert b"\nid: pmid-30587520\n" in data
    assert b"\npmid: 30587520\n" in data


def test_a_study_whose_paper_has_no_record_is_told_how_to_make_one(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "study", "horisawa-2019", "--pmid", "30587520"]) == 0
    assert "curate new reference --pmid 30587520" in capsys.readouterr().out
    (corpus / "records/studies/horisawa-2019.yaml").unlink()
    assert main(["new", "reference", "--pmid", "30587520"]) == 0
    capsys.readouterr()
    assert main(["new", "study", "horisawa-2019", "--pmid", "30587520"]) == 0
    assert "curate new reference" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["stdy", "x"], "Did you mean `study`?"),
        (["elephant", "x"], "There are procedure, study, condition, measure, reference."),
        (["study"], "Give the study an id"),
        (["study", "Horisawa 2019"], "lower-case words"),
        (["study", "../x"], "lower-case words"),
        (["study", "a" * 49], "at most 48 characters"),
        (["study", "horisawa-2019\n"], "lower-case words"),
        (["study", "--", "-rf"], "lower-case words"),
        (["study", "con"], "Windows cannot have a file"),
        (["study", "x", "--pmid", "0"], "Nothing was written."),
        (["procedure", "x", "--pmid", "1"], "A procedure has no PMID"),
        (["reference"], "A reference needs its PMID"),
        (["reference", "horisawa"], "A reference needs its PMID"),
        (["reference", "pmid-1", "--pmid", "2"], "leave `pmid-1` out"),
        (["reference", "--pmid", "-1"], "cannot be an id"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    corpus: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert list((corpus / "records").iterdir()) == []


def test_a_record_that_exists_is_not_overwritten(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = corpus / "records/measures/tsfd-scale.yaml"
    path.parent.mkdir()
    path.write_bytes(b"half a record")
    assert main(["new", "measure", "tsfd-scale"]) == 2
    assert "exists already" in capsys.readouterr().err
    assert path.read_bytes() == b"half a record"


def test_a_paper_that_has_a_record_is_not_given_a_second(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "study", "horisawa-2019", "--pmid", "30587520"]) == 0
    assert main(["new", "study", "horisawa", "--pmid", "30587520"]) == 2
    assert "records/studies/horisawa-2019.yaml is the record of" in capsys.readouterr().err
    assert not (corpus / "records/studies/horisawa.yaml").exists()
