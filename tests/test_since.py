"""`curate validate --since REV` tells what a branch is answerable for, and nothing older."""

import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from curate.git import below_top
from test_validate import CLEAN, COULD_NOT_RUN, ERRORS, WRONG, _corpus, _said

CONDITIONS = "records/conditions"
GOOD = "id: {0}\ntitle: A condition\nstatus: in_review\n"
CLAIM = "claims:\n  - id: a\n    about: mechanism\n    text: It is said.\n"


def git(root: Path, *arguments: str) -> str:
    settings = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    done = subprocess.run(
        ["git", *settings, *arguments], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


@pytest.fixture
def branch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a corpus in a subfolder, on a branch of a main branch that has gone on."""
    top = tmp_path / "repository"
    (top / "docs").mkdir(parents=True)
    git(top, "init", "-q", "-b", "main")
    old = GOOD.format("old") + CLAIM
    files = {
        f"{CONDITIONS}/old.yaml": old,
        f"{CONDITIONS}/pain.yaml": GOOD.format("pain"),
        f"{CONDITIONS}/tremor.yaml": GOOD.format("tremor"),
        "records/procedures/cut.yaml": GOOD.format("cut") + "conditions:\n  - pain\n",
    }
    root = _corpus(top / "docs/a corpus", files)
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "The first records")
    git(root, "checkout", "-q", "-b", "branch")
    git(root, "checkout", "-q", "main")
    write(root, f"{CONDITIONS}/of-main.yaml", GOOD.format("of-main") + CLAIM)
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "What others did meanwhile")
    git(root, "checkout", "-q", "branch")
    monkeypatch.chdir(root)
    return root


def told(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, list[str], str]:
    """Return the exit code, where each finding stands, and the summary."""
    arguments = ("--output-format", "concise", "--since", "main", *more)
    code, out, err = _said(capsys, "validate", *arguments)
    return code, [line.split(" ")[0] for line in out.splitlines()], err.strip()


def test_a_branch_that_changes_no_record_is_clean_whatever_was_there(
    branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(branch, "README.md", "Words.\n")
    assert told(capsys) == (
        CLEAN,
        [],
        "checked 0 records, 0 errors, since main 0 records changed, 1 older in others",
    )
    assert _said(capsys, "validate")[0] == ERRORS


@pytest.mark.parametrize("how", ["committed", "staged", "changed", "untracked"])
def test_what_the_branch_changes_is_told_committed_or_not(
    how: str, branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "new" if how == "untracked" else "tremor"
    write(branch, f"{CONDITIONS}/{name}.yaml", GOOD.format(name) + CLAIM)
    if how in {"committed", "staged"}:
        git(branch, "add", ".")
    if how == "committed":
        git(branch, "commit", "-q", "-m", "A change")
    code, places, summary = told(capsys)
    assert (code, places) == (ERRORS, [f"{CONDITIONS}/{name}.yaml:5:5:"])
    assert summary.endswith("since main 1 record changed, 1 older in others")
    assert told(capsys, "--staged")[0] == (ERRORS if how in {"committed", "staged"} else CLEAN)


def test_an_old_finding_in_a_record_that_is_changed_is_told(
    branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(branch, f"{CONDITIONS}/old.yaml", GOOD.format("old") + "note: More.\n" + CLAIM)
    assert told(capsys)[1] == [f"{CONDITIONS}/old.yaml:6:5:"]


def test_what_a_change_breaks_elsewhere_is_told(
    branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(branch, "rm", "-q", f"{CONDITIONS}/pain.yaml")
    code, places, summary = told(capsys)
    assert (code, places) == (ERRORS, ["records/procedures/cut.yaml:5:5:"])
    assert summary == ("checked 1 record, 1 error, since main 0 records changed, 1 older in others")
    git(branch, "commit", "-q", "-m", "A condition less")
    assert told(capsys)[:2] == (code, places)
    assert told(capsys, "records/conditions")[:2] == (CLEAN, [])


def test_a_change_of_the_settings_is_a_change(
    branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reference = (
        "id: pmid-99999991\ntitle: T\nstatus: in_review\npmid: 99999991\nauthors:\n  - A B\n"
        'journal: J\nyear: 2019\norigin: fetched\nretrieved: "2024-06-30"\n'
        "digest: b0bc06c21e0a1e41c2a2e8dc6d4e02f1ae9a5d0ed11f0bb0ad1c1e9eae9fa5c4\n"
    )
    git(branch, "checkout", "-q", "main")
    write(branch, "records/references/pmid-99999991.yaml", reference)
    git(branch, "add", ".")
    git(branch, "commit", "-q", "-m", "A reference")
    assert told(capsys)[1] == []
    write(branch, "curate.toml", '[corpus]\nname = "test"\nmax_reference_age = "12 mo"\n')
    assert told(capsys)[1] == ["records/references/pmid-99999991.yaml:10:12:"]


def test_a_corpus_that_was_not_there_is_told_whole(
    branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(branch, "checkout", "-q", "--orphan", "empty")
    git(branch, "rm", "-q", "-r", "--cached", ".")
    git(branch, "commit", "-q", "--allow-empty", "-m", "Nothing yet")
    git(branch, "branch", "-q", "-f", "main")
    write(branch, f"{CONDITIONS}/tremor.yaml", WRONG)
    code, places, _ = told(capsys)
    assert code == ERRORS
    assert f"{CONDITIONS}/old.yaml:5:5:" in places


def test_a_baseline_and_since_work_together(
    branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _said(capsys, "validate", "--baseline", "k.json", "--write-baseline")[0] == CLEAN
    write(branch, f"{CONDITIONS}/old.yaml", GOOD.format("old") + "note: More.\n" + CLAIM)
    code, places, summary = told(capsys, "--baseline", "k.json")
    assert (code, places) == (CLEAN, [])
    assert summary == "checked 1 record, 0 errors, 1 in the baseline, since main 1 record changed"


@pytest.mark.parametrize(
    ("revision", "said"),
    [("mian", "git knows no revision `mian`. Did you mean `main`?"), ("apart", "--unshallow")],
)
def test_a_revision_that_cannot_be_compared_with_is_refused(
    revision: str, said: str, branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(branch, "checkout", "-q", "--orphan", "apart")
    git(branch, "commit", "-q", "-m", "Another beginning")
    git(branch, "checkout", "-q", "branch")
    code, out, err = _said(capsys, "validate", "--since", revision)
    assert (code, out, err.count("\n")) == (COULD_NOT_RUN, "", 1)
    assert said in err


def test_outside_git_nothing_can_be_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(_corpus(tmp_path / "corpus", {f"{CONDITIONS}/x1.yaml": GOOD.format("x1")}))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    code, _, err = _said(capsys, "validate", "--since", "main")
    assert code == COULD_NOT_RUN
    assert "git" in err


# A corpus that is a subfolder of its repository -------------------------------------------------


def test_code_hosts_get_paths_from_the_top_of_the_repository(
    branch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = f"docs/a corpus/{CONDITIONS}/old.yaml"
    assert (branch.parent.parent / path).is_file()

    def out(name: str) -> str:
        return _said(capsys, "validate", "--output-format", name)[1]

    assert out("github").startswith(f"::error file={path},line=5,")
    (issue,) = json.loads(out("gitlab"))
    assert issue["location"]["path"] == path
    (result,) = json.loads(out("sarif"))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == path.replace(" ", "%20")
    cases = ET.fromstring(out("junit")).iter("testcase")  # noqa: S314 - our own text
    assert path in {case.attrib["file"] for case in cases}
    for name in ("text", "concise", "json"):
        assert "docs/" not in out(name)
        assert f"{CONDITIONS}/old.yaml" in out(name)


def test_where_a_corpus_lies_in_its_repository(branch: Path, tmp_path: Path) -> None:
    assert below_top(branch) == "docs/a corpus/"
    assert below_top(branch.parent.parent) == ""
    assert below_top(tmp_path) == ""
    git(branch, "worktree", "add", "-q", str(tmp_path / "tree"), "main")
    assert below_top(tmp_path / "tree/docs/a corpus") == "docs/a corpus/"
    (tmp_path / "link").symlink_to(branch)
    assert below_top(tmp_path / "link") == "docs/a corpus/"
