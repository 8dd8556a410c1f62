"""`curate init` starts a corpus that stands, and never touches what is there."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from curate.cli import main
from curate.kinds import KINDS
from curate.published import schemas_folder

EXAMPLES = {
    "records/conditions/focal-hand-dystonia.yaml",
    "records/measures/tsfd-scale.yaml",
    "records/procedures/ventro-oral-thalamotomy.yaml",
    "records/references/pmid-30587520.yaml",
    "records/studies/horisawa-2019.yaml",
}
REST = {
    ".curate-init.sha256",
    ".editorconfig",
    ".github/workflows/validate.yml",
    ".gitignore",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    "README.md",
    "curate.toml",
    *(f"schemas/{kind}.schema.json" for kind in KINDS),
}


def files(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Pain & Movement"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_an_empty_folder_becomes_a_corpus(here: Path) -> None:
    assert main(["init"]) == 0
    assert files(here) == EXAMPLES | REST


def test_the_examples_pass_are_laid_out_and_are_exported(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init"]) == 0
    capsys.readouterr()
    assert main(["validate"]) == 0
    summary = capsys.readouterr().out.strip()
    assert summary == (
        "checked 5 records, 0 errors, 1 notice, 1 waived (notices: reference-not-verified)"
    )
    assert f"# {summary}\n" in (here / "README.md").read_text(encoding="utf-8")
    assert main(["format", "--check"]) == 0
    assert main(["export"]) == 0
    assert (here / "exports/SHA256SUMS").is_file()


def test_the_first_records_of_ones_own_are_written_as_the_readme_says(here: Path) -> None:
    assert main(["init"]) == 0
    text = (here / "README.md").read_text(encoding="utf-8")
    calls = re.findall(r"^curate (new [^#\n]*)", text, re.MULTILINE)
    assert len(calls) == 3
    for call in calls:
        assert main(call.replace("NUMBER", "31567325").split()) == 0
    assert main(["validate"]) == 0


def test_the_name_of_the_folder_becomes_the_name_of_the_corpus(here: Path) -> None:
    assert main(["init"]) == 0
    config = tomllib.loads((here / "curate.toml").read_text(encoding="utf-8"))
    assert config["corpus"]["name"] == "pain-movement"


def test_a_folder_that_is_not_there_is_made(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "deep/er corpus"]) == 0
    assert files(here / "deep/er corpus") == EXAMPLES | REST
    assert "  cd 'deep/er corpus'\n  git init\n" in capsys.readouterr().out


def test_a_git_repository_without_records_becomes_a_corpus(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / ".git").mkdir()
    (here / "LICENSE").write_bytes(b"ours")
    assert main(["init"]) == 0
    assert (here / "LICENSE").read_bytes() == b"ours"
    out = capsys.readouterr().out
    assert "git init" not in out
    assert "top of this git repository" not in out


def test_below_the_top_of_a_git_repository_the_hook_is_said_to_need_moving(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / ".git").mkdir()
    assert main(["init", "docs/corpus"]) == 0
    assert "entry: curate validate --staged docs/corpus`" in capsys.readouterr().out
    assert main(["init", "docs/our pain"]) == 0
    assert "entry: curate validate --staged 'docs/our pain'`" in capsys.readouterr().out


@pytest.mark.parametrize("path", ["README.md", ".vscode/settings.json", ".gitignore"])
def test_a_file_that_is_there_is_named_and_nothing_is_written(
    here: Path, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / path).parent.mkdir(exist_ok=True)
    (here / path).write_bytes(b"mine")
    assert main(["init"]) == 2
    assert path in capsys.readouterr().err
    assert files(here) == {path}
    assert (here / path).read_bytes() == b"mine"


def test_records_that_are_there_are_left_alone(here: Path) -> None:
    (here / "records").mkdir()
    (here / "records/mine.yaml").write_bytes(b"id: mine\n")
    assert main(["init"]) == 2
    assert files(here) == {"records/mine.yaml"}


def test_a_folder_that_leads_elsewhere_is_not_written_through(here: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (here / "schemas").symlink_to(tmp_path / "elsewhere")
    assert main(["init"]) == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_corpus_is_not_started_inside_another(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init"]) == 0
    before = files(here)
    assert main(["init", "records"]) == 2
    assert main(["init"]) == 2
    assert files(here) == before
    assert "is a corpus already" in capsys.readouterr().err


def test_a_file_is_no_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "corpus").write_bytes(b"")
    assert main(["init", "corpus"]) == 2
    assert "corpus is no folder" in capsys.readouterr().err


def test_a_disk_that_is_full_midway_leaves_nothing_behind(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = 7

    def fills_up(_: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fills_up)
    assert main(["init", "corpus"]) == 2
    assert list(here.iterdir()) == []


def test_the_schemas_are_those_of_the_program(here: Path) -> None:
    assert main(["init"]) == 0
    for kind in KINDS:
        name = f"{kind}.schema.json"
        assert (here / "schemas" / name).read_bytes() == (schemas_folder() / name).read_bytes()


def test_an_editor_finds_the_schema_of_every_record(here: Path) -> None:
    assert main(["init"]) == 0
    settings = json.loads((here / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert len(settings["yaml.schemas"]) == len(KINDS)
    for schema, pattern in settings["yaml.schemas"].items():
        assert (here / schema).is_file()
        for path in here.glob(pattern):
            first = path.read_text(encoding="utf-8").splitlines()[0]
            named = first.removeprefix("# yaml-language-server: $schema=")
            assert (path.parent / named).resolve() == (here / schema).resolve()


def test_the_workflow_never_installs_what_the_package_index_calls_curate(here: Path) -> None:
    assert main(["init"]) == 0
    text = (here / ".github/workflows/validate.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["jobs"]["validate"]["steps"]
    installs = [step["run"] for step in steps if "pip install" in step.get("run", "")]
    assert len(installs) == 1
    assert 'pip install "$CURATE"' in installs[0]
