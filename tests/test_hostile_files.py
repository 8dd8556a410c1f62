"""What stands in the way of reading ends a command with 1 or 2 and one sentence, no traceback."""

import errno
import os
from pathlib import Path

import pytest

from curate.cli.main import main

GOOD = "id: a\ntitle: Focal hand dystonia\nstatus: in_review\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "curate.toml").write_text('[corpus]\nname = "examples"\n')
    found = tmp_path / "records" / "conditions"
    found.mkdir(parents=True)
    (found / "a.yaml").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    return found


def test_a_file_that_cannot_be_read_ends_with_2_and_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = os.open

    def fail(path: Path, *arguments: int) -> int:
        if Path(path) == folder / "a.yaml":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(path, *arguments)

    monkeypatch.setattr(os, "open", fail)
    assert main(["validate"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"curate: {folder / 'a.yaml'} cannot be read: Permission denied.\n"


def test_a_path_with_control_characters_is_printed_escaped(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "b\x1b[31m\n.yaml").write_text("id: [")
    assert main(["validate"]) == 1
    out, _ = capsys.readouterr()
    assert "\x1b" not in out
    assert r"b\x1b[31m\n.yaml" in out

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    (folder / "a.yaml").unlink()
    monkeypatch.setattr(os, "open", fail)
    assert main(["validate"]) == 2
    _, err = capsys.readouterr()
    assert "\x1b" not in err
    assert err.count("\n") == 1


def test_a_pipe_and_a_link_out_of_the_corpus_are_errors(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(folder / "b.yaml")
    (folder / "c.yaml").symlink_to("/etc/passwd")
    assert main(["validate", "--output-format", "concise"]) == 1
    out, _ = capsys.readouterr()
    assert out.count("not-a-regular-file") == 2
    assert "root" not in out
