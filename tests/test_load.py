"""`curate.load` gives an export back as typed objects that nobody can change."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import curate
from curate import config, source
from curate.exported import KNOWN_MAJOR
from curate.formats.json import render
from curate.formats.json.layout import SCHEMA_VERSION
from curate.pipeline import load
from full_corpus import corpus_of, full_values

ROOT = Path(__file__).parent.parent
MISSHAPEN = """
{
  "schema_version": "1.0",
  "corpus": {"name": "x", "title": "x", "version": "1"},
  "records": {"studies": [{"id": "x", "source": {"path": "x", "line": 1}, "data": {}}]}
}
"""
RELEASED = Path(__file__).parent / "golden/released"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    for artifact in render(corpus_of(full_values())):
        file = tmp_path / artifact.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"".join(artifact.chunks))
    return tmp_path


def test_every_record_here_comes_back_equal(tmp_path: Path) -> None:
    corpus = load(source.find(ROOT), config.load(ROOT))
    (tmp_path / "corpus.json").write_bytes(b"".join(next(render(corpus)).chunks))
    found = curate.load(tmp_path)
    kinds = (found.studies, found.procedures, found.conditions, found.measures, found.references)
    back = {exported.path: exported.record for kind in kinds for exported in kind.values()}
    assert back == {entry.path: entry.record for entry in corpus.published()}


def test_numbers_keep_their_digits_and_every_value_its_line(export: Path) -> None:
    study = curate.load(export).studies["full-study"]
    mean = study.record.outcomes[0].mean
    assert (type(mean), str(mean)) == (Decimal, "0.30")
    assert study.path == "records/studies/full-study.yaml"
    assert study.lines["/outcomes/0/mean"] > study.line == 1
    assert study.pmids[""] == (30587520,)
    assert study.commit is None


def test_nothing_of_it_can_be_changed(export: Path) -> None:
    found = curate.load(export)
    study: Any = found.studies["full-study"]
    with pytest.raises(AttributeError, match="frozen"):
        study.record.title = "another"
    with pytest.raises(AttributeError, match="frozen"):
        study.record.outcomes[0].count = 8
    with pytest.raises(AttributeError):
        study.line = 2
    with pytest.raises(TypeError):
        study.lines["/title"] = 2
    with pytest.raises(TypeError):
        found.studies["another"] = study  # type: ignore[index]


def test_the_export_of_the_last_release_is_read() -> None:
    assert curate.load(RELEASED).studies["full-study"].record.id == "full-study"
    assert SCHEMA_VERSION.split(".")[0] == KNOWN_MAJOR


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "is not the corpus.json of an export"),
        ('{"schema_version": "2.0", "records": {}}', "has layout 2.0; this curate reads 1.x"),
        ('{"schema_version": "1.0", "records": {}}', "is not an export that this curate can read"),
        (MISSHAPEN, "can read"),
    ],
)
def test_what_is_no_export_is_refused_in_one_sentence(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "corpus.json").write_text(text)
    with pytest.raises(curate.Refusal, match=said):
        curate.load(tmp_path)


def test_a_folder_without_an_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(curate.Refusal, match="There is no export at"):
        curate.load(str(tmp_path))


def test_only_what_is_public_is_there() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'lode'"):
        curate.lode  # type: ignore[attr-defined]  # noqa: B018
    assert set(curate.__all__) <= set(dir(curate)) | {"load", "Export", "Exported", "Refusal"}


def test_help_does_not_wait_for_what_reads_exports() -> None:
    program = "import sys, curate.cli; print(json.dumps(sorted(sys.modules)))"
    call = [sys.executable, "-c", f"import json; {program}"]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    assert not {"pydantic", "curate.exported"} & set(json.loads(done.stdout))
