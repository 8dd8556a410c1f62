"""Reading what a commit would hold, from real repositories."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from curate.git import commit, staged
from curate.refusal import Refusal
from curate.source import MAX_BYTES, Obstacle, Source

pytestmark = pytest.mark.usefixtures("no_git_settings")

RECORD = "records/studies/a.yaml"


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    _git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "records/studies").mkdir(parents=True)
    _write(tmp_path, RECORD, b"id: a\n")
    _git(tmp_path, "add", ".")
    return tmp_path


def _git(repo: Path, *arguments: str, check: bool = True) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=repo, capture_output=True, text=True, check=check
    )
    return done.stdout.strip()


def _write(repo: Path, path: str, data: bytes) -> None:
    (repo / path).write_bytes(data)


def _names(repo: Path) -> dict[str, str]:
    return {item.path: item.name if isinstance(item, Obstacle) else "read" for item in staged(repo)}


def test_what_is_staged_is_read_and_what_is_not_is_not(repo: Path) -> None:
    _write(repo, "records/studies/untracked.yaml", b"broken: [")
    _write(repo, RECORD, b"mended since\n")
    assert list(staged(repo)) == [Source(RECORD, b"id: a\n")]


def test_records_come_sorted_by_path_without_documentation(repo: Path) -> None:
    for name in ("a-b.yaml", "Z.yaml", "README.md", ".hidden.yaml"):
        _write(repo, f"records/studies/{name}", name.encode())
    _git(repo, "add", ".")
    assert [item.path for item in staged(repo)] == [
        "records/studies/Z.yaml",
        "records/studies/a-b.yaml",
        RECORD,
    ]


def test_a_file_deleted_in_the_working_copy_only_still_counts(repo: Path) -> None:
    (repo / RECORD).unlink()
    assert list(staged(repo)) == [Source(RECORD, b"id: a\n")]


def test_a_file_whose_deletion_is_staged_is_gone(repo: Path) -> None:
    _git(repo, "commit", "-q", "-m", "one")
    _git(repo, "rm", "-q", "--cached", RECORD)
    assert list(staged(repo)) == []
    assert (repo / RECORD).exists()


def test_a_file_that_is_only_intended_to_be_added_does_not_count(repo: Path) -> None:
    _write(repo, "records/studies/b.yaml", b"id: b\n")
    _write(repo, "records/studies/empty.yaml", b"")
    _git(repo, "add", "records/studies/empty.yaml")
    _git(repo, "add", "--intent-to-add", "records/studies/b.yaml")
    assert _names(repo) == {RECORD: "read", "records/studies/empty.yaml": "read"}


def test_attributes_and_filters_convert_nothing(repo: Path) -> None:
    _write(repo, ".gitattributes", b"*.yaml text eol=crlf ident filter=shout\n")
    _git(repo, "config", "filter.shout.smudge", "tr a-z A-Z")
    _write(repo, RECORD, b"id: a\nnote: $Id$\n")
    _git(repo, "add", ".")
    (repo / RECORD).unlink()
    _git(repo, "checkout", "-q", RECORD)
    assert b"\r\n" in (repo / RECORD).read_bytes()
    assert list(staged(repo)) == [Source(RECORD, b"id: a\nnote: $Id$\n")]


def test_a_staged_link_is_told_and_not_followed(repo: Path) -> None:
    (repo / "records/studies/b.yaml").symlink_to("a.yaml")
    (repo / "records/measures").symlink_to("studies")
    _git(repo, "add", ".")
    assert _names(repo) == {
        "records/measures": "not-a-regular-file",
        RECORD: "read",
        "records/studies/b.yaml": "not-a-regular-file",
    }


def test_a_link_in_the_place_of_records_is_told(repo: Path) -> None:
    (repo / "records").rename(repo / "elsewhere")
    (repo / "records").symlink_to("elsewhere")
    _git(repo, "add", ".")
    assert _names(repo) == {"records": "not-a-regular-file"}


def test_a_submodule_is_told_and_not_entered(repo: Path) -> None:
    inner = repo / "records/studies/inner"
    inner.mkdir()
    _git(inner, "init", "-q")
    _write(inner, "b.yaml", b"id: b\n")
    _git(inner, "add", ".")
    _git(inner, "commit", "-q", "-m", "inner")
    _git(repo, "add", ".")
    assert _names(repo) == {RECORD: "read", "records/studies/inner": "not-a-regular-file"}


def test_a_staged_file_with_another_suffix_is_told(repo: Path) -> None:
    _write(repo, "records/studies/b.yml", b"id: b\n")
    _git(repo, "add", ".")
    assert _names(repo)["records/studies/b.yml"] == "unexpected-file"


def test_a_staged_file_that_is_too_large_is_told_before_it_is_read(repo: Path) -> None:
    _write(repo, "records/studies/b.yaml", b"#" * (MAX_BYTES + 1))
    _write(repo, "records/studies/c.yaml", b"#" * MAX_BYTES)
    _git(repo, "add", ".")
    assert _names(repo) == {
        RECORD: "read",
        "records/studies/b.yaml": "too-large",
        "records/studies/c.yaml": "read",
    }


def test_the_same_text_under_two_names_is_two_files(repo: Path) -> None:
    _write(repo, "records/studies/b.yaml", b"id: a\n")
    _git(repo, "add", ".")
    assert list(staged(repo)) == [
        Source(RECORD, b"id: a\n"),
        Source("records/studies/b.yaml", b"id: a\n"),
    ]


@pytest.mark.parametrize("name", [b"a\nb.yaml", b"a\x1b[31m.yaml", b"\xc3\xa9.yaml", b"\xff.yaml"])
def test_an_odd_file_name_is_carried_as_it_is(repo: Path, name: bytes) -> None:
    path = os.path.join(os.fsencode(repo), b"records/studies", name)  # noqa: PTH118 - bytes
    with open(path, "wb") as stream:  # noqa: PTH123 - likewise
        stream.write(b"id: b\n")
    _git(repo, "add", ".")
    found = {os.fsencode(item.path): item for item in staged(repo)}
    item = found[b"records/studies/" + name]
    assert isinstance(item, Source)
    assert item.data == b"id: b\n"


def test_an_unfinished_merge_is_refused_until_it_is_resolved(repo: Path) -> None:
    _git(repo, "commit", "-q", "-m", "base")
    _git(repo, "checkout", "-q", "-b", "other")
    _write(repo, RECORD, b"id: b\n")
    _git(repo, "commit", "-q", "-a", "-m", "theirs")
    _git(repo, "checkout", "-q", "main")
    _write(repo, RECORD, b"id: c\n")
    _git(repo, "commit", "-q", "-a", "-m", "ours")
    _git(repo, "merge", "other", check=False)
    with pytest.raises(Refusal, match=r"a\.yaml is in the middle of a merge; resolve it"):
        list(staged(repo))
    _write(repo, RECORD, b"id: d\n")
    _git(repo, "add", RECORD)
    assert list(staged(repo)) == [Source(RECORD, b"id: d\n")]


def test_a_corpus_in_a_folder_of_a_repository_is_read_from_there(tmp_path: Path) -> None:
    _git(tmp_path, "init", "-q")
    corpus = tmp_path / "medicine"
    (corpus / "records/studies").mkdir(parents=True)
    (tmp_path / "records").mkdir()
    _write(tmp_path, "records/other.yaml", b"not ours\n")
    _write(corpus, RECORD, b"id: a\n")
    _write(corpus, "records/studies/b.yaml", b"")
    _git(tmp_path, "add", "records", f"medicine/{RECORD}")
    _git(tmp_path, "add", "-N", "medicine")
    assert list(staged(corpus)) == [Source(RECORD, b"id: a\n")]


def test_a_hook_sees_what_is_about_to_be_committed(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Git hands a hook another index when a commit names its files.
    _git(repo, "commit", "-q", "-m", "base")
    _write(repo, RECORD, b"id: named\n")
    hook = repo / ".git/hooks/pre-commit"
    program = "from pathlib import Path; from curate.git import staged; print(list(staged(Path())))"
    hook.write_text(f'#!/bin/sh\nexec "$PYTHON" -c "{program}" > seen\n')
    hook.chmod(0o755)
    monkeypatch.setenv("PYTHON", sys.executable)
    _git(repo, "commit", "-q", "-m", "two", RECORD)
    assert "id: named" in (repo / "seen").read_text()


def test_a_folder_outside_git_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"^git ls-files: fatal: not a git repository"):
        list(staged(tmp_path))
    assert commit(tmp_path) is None


def test_a_damaged_repository_is_refused(repo: Path) -> None:
    blob = _git(repo, "rev-parse", f":{RECORD}")
    (repo / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(Refusal, match="holds no text for it"):
        list(staged(repo))


def test_a_machine_without_git_is_told_so(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Refusal, match="git is not installed"):
        list(staged(repo))


def test_the_commit_is_named_in_full_once_there_is_one(repo: Path) -> None:
    assert commit(repo) is None
    _git(repo, "commit", "-q", "-m", "one")
    assert commit(repo) == _git(repo, "rev-parse", "HEAD")
