"""`curate export`, as a user calls it."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from called import called

ROOT = Path(__file__).parent.parent

CONFIG = '[corpus]\nname = "small"\npublish = ["in_review"]\n'
CONDITION = "id: focal-hand-dystonia\ntitle: Focal hand dystonia\nstatus: in_review\n"
PLACE = "records/conditions/focal-hand-dystonia.yaml"


def export(
    folder: Path, *arguments: str, umask: int = 0o022, **environment: str
) -> subprocess.CompletedProcess[str]:
    return called(folder, "export", *arguments, umask=umask, **environment)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def looks(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return what cannot stay the same if a folder is written again: inode, time and bytes."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_ino,
            path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in [folder, *folder.rglob("*")]
    }


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    root = tmp_path / "corpus"
    (root / PLACE).parent.mkdir(parents=True)
    (root / "curate.toml").write_text(CONFIG)
    (root / PLACE).write_text(CONDITION)
    return root


def test_an_export_says_what_was_written_and_where(corpus: Path) -> None:
    done = export(corpus, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "checked 1 record, 0 errors",
        "exported 1 record (1 condition) as json to exports",
    ]
    assert (corpus / "exports/json/conditions/focal-hand-dystonia.json").is_file()
    assert {path.name for path in corpus.iterdir()} == {"curate.toml", "records", "exports"}


def test_without_a_choice_every_format_is_written(corpus: Path) -> None:
    assert export(corpus).returncode == 0
    assert {"json", "csv"} <= {path.name for path in (corpus / "exports").iterdir()}


def test_only_the_formats_asked_for_are_written_whatever_the_order(corpus: Path) -> None:
    export(corpus, "--format", "json", "--format", "csv", "--out", "one")
    export(corpus, "--format", "csv", "--format", "json", "--format", "csv", "--out", "two")
    assert files(corpus / "one") == files(corpus / "two")
    export(corpus, "--format", "csv", "--out", "two")
    assert {path.name for path in (corpus / "two").iterdir()} == {
        "csv",
        "README.md",
        "SHA256SUMS",
        "manifest.json",
    }


def test_it_is_called_from_any_folder_of_the_corpus(corpus: Path) -> None:
    assert export(corpus / "records/conditions", "--format", "csv").returncode == 0
    assert (corpus / "exports/csv").is_dir()
    done = export(corpus / "records", "--format", "csv", "--out", "../elsewhere")
    assert done.returncode == 0
    assert (corpus / "elsewhere/csv").is_dir()


def test_a_corpus_with_an_error_is_not_exported_and_the_old_export_is_untouched(
    corpus: Path,
) -> None:
    export(corpus)
    before = looks(corpus / "exports")
    (corpus / PLACE).write_text(CONDITION.replace("title", "tilte"))
    done = export(corpus)
    assert done.returncode == 1
    assert f"{PLACE}:2:1:" in done.stdout
    assert done.stderr == "Nothing was exported; mend the errors first.\n"
    assert looks(corpus / "exports") == before
    assert {path.name for path in corpus.iterdir()} == {"curate.toml", "records", "exports"}


def test_where_nothing_is_published_there_is_nothing_to_export(corpus: Path) -> None:
    export(corpus)
    before = looks(corpus / "exports")
    (corpus / PLACE).write_text(CONDITION.replace("in_review", "draft"))
    done = export(corpus)
    assert done.returncode == 2
    assert done.stderr == "curate: Nothing to export: no record has the status in_review.\n"
    assert looks(corpus / "exports") == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "xml"], "is not one of"),
        (["--out", "records/exports"], "is among the records"),
        (["--out", "records"], "is among the records"),
        (["--out", "."], "which no export wrote"),
        (["--out", "curate.toml"], "is no folder"),
        (["--out", "/proc/x"], "cannot be written"),
        (["--out", "/"], "is the top of a disk"),
    ],
)
def test_a_wrong_call_is_answered_in_one_sentence(
    corpus: Path, arguments: list[str], said: str
) -> None:
    before = looks(corpus)
    done = export(corpus, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert looks(corpus).keys() == before.keys()


def test_outside_a_corpus_it_says_how_to_begin_one(tmp_path: Path) -> None:
    done = export(tmp_path)
    assert done.returncode == 2
    assert "curate init" in done.stderr


def test_an_export_again_changes_no_byte(corpus: Path) -> None:
    export(corpus)
    before = files(corpus / "exports")
    assert export(corpus).returncode == 0
    assert files(corpus / "exports") == before


def test_the_records_here_give_the_same_bytes_in_any_environment(tmp_path: Path) -> None:
    seen = []
    environments = [
        (0o022, {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}),
        (0o077, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Apia", "LC_ALL": "tr_TR.UTF-8"}),
        (0o000, {"PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "PYTHONUTF8": "0"}),
    ]
    for number, (umask, environment) in enumerate(environments):
        corpus = tmp_path / f"folder {number}" / ("x" * number)
        copy_in_any_order(corpus, seed=number)
        home = {"HOME": str(tmp_path), "USER": f"user{number}", "CI": str(number)}
        # What these say is heeded when Python starts, so each is a process of its own.
        subprocess.run(
            [sys.executable, "-m", "curate", "export"],
            cwd=corpus,
            env=os.environ | environment | home,
            umask=umask,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        seen.append(files(corpus / "exports"))
    assert len(seen[0]) > 100
    assert seen[0] == seen[1] == seen[2]
    assert not any(str(tmp_path).encode() in data for data in seen[0].values())


def copy_in_any_order(corpus: Path, *, seed: int) -> None:
    """Copy the records here; a folder lists its files in the order of their making, or another."""
    paths = sorted((ROOT / "records").rglob("*.yaml"))
    random.Random(seed).shuffle(paths)  # noqa: S311 - no secret
    for path in paths:
        target = corpus / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    shutil.copyfile(ROOT / "curate.toml", corpus / "curate.toml")


def test_two_exports_at_once_leave_one_of_them_whole(corpus: Path) -> None:
    command = [sys.executable, "-m", "curate", "export", "--format"]
    running = [
        subprocess.Popen(
            [*command, name], cwd=corpus, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for name in ["json", "csv"] * 3
    ]
    assert [(process.communicate()[1], process.returncode) for process in running] == [(b"", 0)] * 6
    held = {path.name for path in (corpus / "exports").iterdir()}
    assert held in ({"json"} | OF_ALL, {"csv"} | OF_ALL)
    check = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=corpus / "exports", check=False).returncode == 0
    assert {path.name for path in corpus.iterdir()} == {"curate.toml", "records", "exports"}


OF_ALL = {"README.md", "SHA256SUMS", "manifest.json"}


def test_help_is_there_without_a_corpus(tmp_path: Path) -> None:
    done = export(tmp_path, "--help")
    assert done.returncode == 0
    assert "--format [csv" in done.stdout
