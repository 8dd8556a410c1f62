"""`curate format` lays records out in place, or says which it would, and loses nothing."""

import os
import stat
from pathlib import Path

import pytest

import curate.canonical
from curate.cli import main
from curate.disk.write_file import create_file, replace_file
from curate.refusal import Refusal

UNTIDY = b"# a record\r\nid:   medial-thalamotomy\r\ntitle: 'Medial thalamotomy'\r\nstatus: draft"
TIDY = b"# a record\nid: medial-thalamotomy\ntitle: Medial thalamotomy\nstatus: draft\n"
PATH = "records/procedures/medial-thalamotomy.yaml"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "curate.toml").write_text('[corpus]\nname = "test"\n', encoding="utf-8")
    (tmp_path / "records/procedures").mkdir(parents=True)
    (tmp_path / PATH).write_bytes(UNTIDY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_record_is_laid_out_in_place(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["format"]) == 0
    assert (corpus / PATH).read_bytes() == TIDY
    assert capsys.readouterr().out == f"laid out {PATH}\n"


def test_a_name_that_no_screen_should_be_sent_is_shown_escaped(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / PATH).rename(corpus / "records/procedures/a\x1b[31m\n.yaml")
    assert main(["format"]) == 0
    assert capsys.readouterr().out == "laid out records/procedures/a\\x1b[31m\\n.yaml\n"


def test_a_record_that_is_laid_out_is_not_written(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / PATH).write_bytes(TIDY)
    before = (corpus / PATH).stat()
    assert main(["format"]) == 0
    assert (corpus / PATH).stat().st_ino == before.st_ino
    assert (corpus / PATH).stat().st_mtime_ns == before.st_mtime_ns
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "1 record, 0 laid out\n"


def test_check_writes_nothing_and_names_what_would_change(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["format", "--check"]) == 1
    assert (corpus / PATH).read_bytes() == UNTIDY
    assert capsys.readouterr().out == f"would change {PATH}\n"
    (corpus / PATH).write_bytes(TIDY)
    assert main(["format", "--check"]) == 0


def test_diff_writes_nothing_and_shows_what_would_change(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["format", "--diff"]) == 1
    assert (corpus / PATH).read_bytes() == UNTIDY
    out = capsys.readouterr().out
    assert f"--- a/{PATH}\n+++ b/{PATH}\n" in out
    assert "-title: 'Medial thalamotomy'\\r\n" in out
    assert "+title: Medial thalamotomy\n" in out


def test_a_record_that_cannot_be_read_is_left_alone_and_the_others_are_laid_out(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = corpus / "records/procedures/broken.yaml"
    broken.write_bytes(b"id: broken\ntitle: [half\n")
    assert main(["format"]) == 1
    assert broken.read_bytes() == b"id: broken\ntitle: [half\n"
    assert (corpus / PATH).read_bytes() == TIDY
    said = capsys.readouterr()
    assert "records/procedures/broken.yaml:2:8: error" in said.out
    assert said.err == "2 records, 1 laid out, 1 cannot be read and was left alone\n"


def test_paths_limit_what_is_laid_out(corpus: Path) -> None:
    (corpus / "records/conditions").mkdir()
    other = corpus / "records/conditions/tremor.yaml"
    other.write_bytes(b"id:  tremor\n")
    assert main(["format", "records/conditions"]) == 0
    assert other.read_bytes() == b"id: tremor\n"
    assert (corpus / PATH).read_bytes() == UNTIDY


@pytest.mark.parametrize("path", ["records/procedures/none.yaml", "curate.toml", "/"])
def test_a_path_that_holds_no_record_is_refused(corpus: Path, path: str) -> None:
    assert main(["format", path]) == 2
    assert (corpus / PATH).read_bytes() == UNTIDY


def test_a_link_is_not_followed(corpus: Path) -> None:
    outside = corpus / "outside.yaml"
    outside.write_bytes(UNTIDY)
    (corpus / "records/procedures/link.yaml").symlink_to(outside)
    assert main(["format"]) == 1
    assert outside.read_bytes() == UNTIDY


def test_a_layout_that_would_change_a_value_is_a_bug_and_nothing_is_written(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(curate.canonical, "lay_out", lambda _: TIDY.decode().replace("M", "N"))
    assert main(["format"]) == 3
    assert (corpus / PATH).read_bytes() == UNTIDY
    assert "bug" in capsys.readouterr().err


def test_a_file_keeps_its_mode(corpus: Path) -> None:
    (corpus / PATH).chmod(0o640)
    assert main(["format"]) == 0
    assert stat.S_IMODE((corpus / PATH).stat().st_mode) == 0o640


def test_a_file_that_changed_meanwhile_is_not_overwritten(corpus: Path) -> None:
    with pytest.raises(Refusal, match="was changed"):
        replace_file(corpus / PATH, b"what was read", b"what was made of it")
    assert (corpus / PATH).read_bytes() == UNTIDY


def test_a_link_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "to").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "to")
    with pytest.raises(Refusal, match="no plain file"):
        replace_file(tmp_path / "link", b"old", b"new")
    assert (tmp_path / "to").read_bytes() == b"old"


def test_a_write_that_fails_leaves_the_old_text_and_nothing_beside_it(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert main(["format"]) == 2
    assert (corpus / PATH).read_bytes() == UNTIDY
    with pytest.raises(Refusal, match="No space left"):
        create_file(corpus / "records/procedures/new.yaml", b"id: new\n")
    assert [path.name for path in (corpus / PATH).parent.iterdir()] == [Path(PATH).name]


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    create_file(tmp_path / "deep/er/new", b"first")
    with pytest.raises(Refusal, match="exists already"):
        create_file(tmp_path / "deep/er/new", b"second")
    assert (tmp_path / "deep/er/new").read_bytes() == b"first"


def test_every_record_of_this_repository_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent.parent)
    assert main(["format", "--check"]) == 0
