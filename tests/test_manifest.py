"""The manifest and the sums say what an export holds."""

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from curate import __version__, git
from curate.contract import readme
from curate.corpus import Corpus
from curate.disk.replace_folder import replace_folder
from curate.formats import Format, format_names, load_format
from curate.manifest import Revision, assemble
from full_corpus import corpus_of, full_values

NOWHERE = Revision(None, None)


def formats() -> list[Format]:
    return [load_format("json"), load_format("csv")]


def exported(corpus: Corpus, folder: Path, revision: Revision = NOWHERE) -> Any:
    replace_folder(folder, assemble(corpus, formats(), revision))
    return json.loads((folder / "manifest.json").read_bytes())


def test_every_file_is_listed_with_its_size_and_sum(tmp_path: Path) -> None:
    manifest = exported(corpus_of(full_values()), tmp_path / "out")
    found = {
        path.relative_to(tmp_path / "out").as_posix(): path.read_bytes()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    listed = {file["path"]: (file["bytes"], file["sha256"]) for file in manifest["files"]}
    own = {"manifest.json", "SHA256SUMS"}
    assert listed == {
        path: (len(data), hashlib.sha256(data).hexdigest())
        for path, data in found.items()
        if path not in own
    }
    assert [file["path"] for file in manifest["files"]] == sorted(listed)


def test_sha256sum_accepts_the_sums_and_notices_a_changed_file(tmp_path: Path) -> None:
    exported(corpus_of(full_values()), tmp_path / "out")
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=tmp_path / "out", check=False).returncode == 0
    sums = (tmp_path / "out/SHA256SUMS").read_text().splitlines()
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(sums) == len(files) - 1
    with (tmp_path / "out/csv/studies.csv").open("ab") as stream:
        stream.write(b" ")
    told = subprocess.run(command, cwd=tmp_path / "out", check=False, capture_output=True)
    assert told.returncode == 1
    assert told.stdout == b"csv/studies.csv: FAILED\n"


def test_tables_have_their_rows_and_every_file_its_type_and_schema(tmp_path: Path) -> None:
    manifest = exported(corpus_of(full_values()), tmp_path / "out")
    files = {file["path"]: file for file in manifest["files"]}
    assert files["csv/claim_evidence.csv"]["rows"] == 4
    assert files["csv/claim_evidence.csv"]["media_type"] == "text/csv"
    assert files["csv/claim_evidence.csv"]["schema"] == "csv/datapackage.json"
    assert files["json/corpus.json"]["schema"] == "json/export.schema.json"
    schemas = {file["schema"].partition("#")[0] for file in files.values() if "schema" in file}
    assert schemas <= files.keys()
    assert "rows" not in files["json/corpus.json"]


def test_records_are_counted_by_kind_and_status_and_drafts_are_named(tmp_path: Path) -> None:
    values = full_values()
    values["records/measures/full-measure.yaml"]["status"] = "draft"
    values["records/studies/full-study.yaml"]["status"] = "approved"
    manifest = exported(corpus_of(values), tmp_path / "out")
    assert manifest["records"]["study"] == {"approved": 1}
    assert manifest["records"]["condition"] == {"in_review": 1}
    assert manifest["records"]["measure"] == {}
    assert manifest["not_published"] == [
        {
            "record": "measure/full-measure",
            "status": "draft",
            "path": "records/measures/full-measure.yaml",
        }
    ]
    # Each of the five has one waiver; the draft's is not exported.
    assert manifest["waivers"] == {"outcome-without-denominator": 4}


def test_the_manifest_names_corpus_program_and_versions(tmp_path: Path) -> None:
    manifest = exported(
        corpus_of(full_values()), tmp_path / "out", Revision("0" * 40, differs=True)
    )
    assert manifest["schema_version"] == "1.0"
    assert manifest["corpus"] == {
        "name": "full",
        "title": "A full corpus",
        "version": "0.1.0",
        "publisher": "Nobody",
        "license": "CC0-1.0",
        "record_schema": 1,
        "published_statuses": ["in_review", "approved"],
    }
    assert manifest["program"] == {"name": "curate", "version": __version__}
    assert manifest["git"] == {"commit": "0" * 40, "records_differ": True}
    assert manifest["left_out"] == {"csv": {}, "json": {}}


def test_a_file_that_was_not_read_to_its_end_is_a_bug() -> None:
    files = assemble(corpus_of(full_values()), formats(), NOWHERE)
    with pytest.raises(RuntimeError, match="before the one before was read"):
        list(files)


def test_the_readme_is_the_same_for_every_corpus_and_names_every_format(tmp_path: Path) -> None:
    exported(corpus_of(full_values()), tmp_path / "full")
    exported(corpus_of({}), tmp_path / "empty")
    text = (tmp_path / "full/README.md").read_text(encoding="utf-8")
    assert text == (tmp_path / "empty/README.md").read_text(encoding="utf-8") == readme()
    for name in format_names():
        assert f"\n## {name}" in text.casefold()


def test_the_committed_readme_is_the_one_that_an_export_writes() -> None:
    committed = Path(__file__).parent.parent / "exports/README.md"
    assert committed.read_text(encoding="utf-8") == readme(), "run `nox -s generate`"


def test_git_says_whether_the_records_are_those_of_the_commit(tmp_path: Path) -> None:
    def run(*arguments: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    corpus = tmp_path / "deep/.er/corpus"
    record = corpus / "records/studies/a.yaml"
    record.parent.mkdir(parents=True)
    record.write_text("id: a\n")
    (corpus / "curate.toml").write_text("")
    assert (git.commit(corpus), git.differs(corpus)) == (None, None)
    run("init", "--quiet")
    assert (git.commit(corpus), git.differs(corpus)) == (None, None)
    run("add", ".")
    run("commit", "--quiet", "--message", "a")
    assert len(git.commit(corpus) or "") == 40
    assert git.differs(corpus) is False

    (tmp_path / "elsewhere").write_text("of no interest")
    (corpus / "records/README.md").write_text("of no interest")
    assert git.differs(corpus) is False
    (corpus / "records/studies/b.yaml").write_text("id: b\n")
    assert git.differs(corpus) is True
    (corpus / ".gitignore").write_text("b.yaml\n")
    assert git.differs(corpus) is True
    (corpus / "records/studies/b.yaml").unlink()
    assert git.differs(corpus) is False
    record.write_text("id: b\n")
    assert git.differs(corpus) is True
    run("add", ".")
    assert git.differs(corpus) is True
    record.write_text("id: a\n")
    run("add", ".")
    (corpus / "curate.toml").write_text("# changed\n")
    assert git.differs(corpus) is True
