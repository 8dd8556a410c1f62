"""`curate init --upgrade` refreshes what curate wrote, and keeps what somebody changed."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import curate.cli.init
from curate.cli import main
from curate.disk import write_file
from curate.written import LISTING, digest, is_refreshed, listing, upgrade

Said = pytest.CaptureFixture[str]
SCHEMA = "schemas/study.schema.json"


def texts(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a corpus that an earlier version began: some of its files were others."""
    folder = tmp_path / "pain"
    folder.mkdir()
    monkeypatch.chdir(folder)
    before = curate.cli.init.scaffolding

    def earlier(name: str) -> list[tuple[str, bytes]]:
        return [
            (path, b"earlier\n" if path in {SCHEMA, ".editorconfig", "README.md"} else data)
            for path, data in before(name)
            if path != ".vscode/extensions.json"
        ]

    with monkeypatch.context() as patched:
        patched.setattr(curate.cli.init, "scaffolding", earlier)
        assert main(["init"]) == 0
    return folder


def test_what_nobody_changed_is_refreshed_and_what_is_new_is_written(
    here: Path, tmp_path: Path, capsys: Said
) -> None:
    capsys.readouterr()
    assert main(["init", "--upgrade"]) == 0
    said = capsys.readouterr().out
    assert "refreshed schemas/study.schema.json\n" in said
    assert "wrote .vscode/extensions.json\n" in said
    assert "\n4 written, 0 kept, " in said
    assert main(["init", str(tmp_path / "new/pain")]) == 0
    assert texts(here) == texts(tmp_path / "new/pain")
    capsys.readouterr()
    assert main(["init", "--upgrade"]) == 0
    assert capsys.readouterr().out.startswith("0 written, 0 kept, ")


def test_what_somebody_changed_or_deleted_stays(here: Path, capsys: Said) -> None:
    (here / "README.md").write_bytes(b"ours\n")
    (here / ".editorconfig").unlink()
    (here / "curate.toml").write_bytes(b'[corpus]\nname = "ours"\n')
    records = {path: text for path, text in texts(here).items() if path.startswith("records/")}
    capsys.readouterr()
    for _ in range(2):
        assert main(["init", "--upgrade"]) == 0
        assert "kept README.md: it was changed here" in capsys.readouterr().out
        after = texts(here)
        assert after["README.md"] == b"ours\n"
        assert ".editorconfig" not in after
        assert after["curate.toml"] == b'[corpus]\nname = "ours"\n'
        assert records == {path: after[path] for path in records}


def test_a_schema_that_is_missing_comes_back(here: Path) -> None:
    (here / SCHEMA).unlink()
    assert main(["init", "--upgrade"]) == 0
    assert (here / SCHEMA).is_file()


def test_a_corpus_without_a_list_keeps_what_differs(here: Path, capsys: Said) -> None:
    (here / LISTING).unlink()
    capsys.readouterr()
    assert main(["init", "--upgrade"]) == 0
    said = capsys.readouterr().out
    assert f"kept {SCHEMA}:" in said
    assert "delete them and call this again" in said
    assert (here / SCHEMA).read_bytes() == b"earlier\n"
    (here / SCHEMA).unlink()
    assert main(["init", "--upgrade"]) == 0
    assert (here / SCHEMA).read_bytes() != b"earlier\n"


def test_the_list_is_one_that_sha256sum_reads(here: Path) -> None:
    call = ["sha256sum", "--check", "--quiet", "--strict", LISTING]
    assert subprocess.run(call, cwd=here, check=False).returncode == 0


def test_outside_a_corpus_there_is_nothing_to_upgrade(tmp_path: Path, capsys: Said) -> None:
    assert main(["init", "--upgrade", str(tmp_path)]) == 2
    assert "`curate init` without --upgrade" in capsys.readouterr().err


def test_a_link_is_not_written_through(here: Path, tmp_path: Path, capsys: Said) -> None:
    elsewhere = tmp_path / "elsewhere"
    (here / "schemas").rename(elsewhere)
    (here / "schemas").symlink_to(elsewhere)
    before = texts(elsewhere)
    assert main(["init", "--upgrade"]) == 2
    assert "is a link" in capsys.readouterr().err
    assert texts(elsewhere) == before


def test_a_file_that_cannot_be_read_is_said(here: Path, capsys: Said) -> None:
    (here / SCHEMA).unlink()
    (here / SCHEMA).mkdir()
    assert main(["init", "--upgrade"]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_an_upgrade_that_was_cut_off_is_completed_by_the_same_call(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = 2

    def fills_up(_: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(write_file.os, "fsync", fills_up)
        assert main(["init", "--upgrade"]) == 2
    assert main(["init", "--upgrade"]) == 0
    assert main(["init", str(tmp_path / "new/pain")]) == 0
    assert texts(here) == texts(tmp_path / "new/pain")


PATHS = st.sampled_from(["README.md", ".editorconfig", "schemas/a.json", "schemas/b.json"])
DATA = st.sampled_from([b"one", b"two", b"three"])
FILES = st.dictionaries(PATHS, DATA)


@given(FILES, FILES, FILES)
def test_an_upgrade_never_overwrites_what_was_changed_and_is_done_once(
    first: dict[str, bytes], changed: dict[str, bytes], new: dict[str, bytes]
) -> None:
    known = listing({path: digest(data) for path, data in first.items()})
    plan = upgrade(new, {**changed, LISTING: known})
    for path, data in changed.items():
        if data != first.get(path):
            assert path not in plan.write
    after = {**changed, **plan.write}
    again = upgrade(new, {**after, LISTING: listing(plan.known)})
    assert again.write == {}
    assert again.kept == plan.kept
    assert all(after[path] == new[path] or path in plan.kept for path in new if path in after)


def test_records_are_never_refreshed() -> None:
    assert not is_refreshed("records/studies/a.yaml")
    assert not is_refreshed("curate.toml")
    assert is_refreshed("schemas/study.schema.json")
