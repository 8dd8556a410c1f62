"""What git lets through, with the real pre-commit and prek in real repositories, offline."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from curate.cli import main

ROOT = Path(__file__).parent.parent
PROGRAMS = Path(sys.executable).parent
STUDY = "records/studies/horisawa-2019.yaml"
PROCEDURE = "records/procedures/ventro-oral-thalamotomy.yaml"
CITED = "    pmids:\n      - 30587520\n    evidence:\n      - horisawa-2019#permanent\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return what runs a program away from this user's settings, with every way out closed."""
    home = tmp_path / "home"
    home.mkdir()
    settings = (
        "[user]\nname = An Editor\nemail = editor@example.org\n[init]\ndefaultBranch = main\n"
    )
    (home / "gitconfig").write_text(settings, encoding="utf-8")
    nowhere = "http://127.0.0.1:9"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PREK_HOME": str(home / "prek"),
        "PIP_NO_INDEX": "1",
        **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), nowhere),
    }

    def call(
        *command: str, cwd: Path, check: bool = True, **more: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command,
            cwd=cwd,
            env=environment | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0 or not check, done.stdout
        return done

    return call


class Repository:
    """A corpus in git, with the hook that `curate init` gives it."""

    def __init__(self, root: Path, run: Run) -> None:
        self.root = root
        self._run = run

    def git(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self._run("git", *arguments, cwd=self.root, check=check)

    def commit(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.git("commit", "-m", "Change records", *arguments, check=False)

    def head(self) -> str:
        return self.git("rev-parse", "HEAD").stdout

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")

    def break_claim(self) -> None:
        """Take the PMID away from the second claim of the procedure."""
        self.edit(PROCEDURE, CITED, "")

    def mend_claim(self) -> None:
        text = (self.root / PROCEDURE).read_text(encoding="utf-8")
        (self.root / PROCEDURE).write_text(text + CITED, encoding="utf-8")


@pytest.fixture(params=["pre-commit", "prek"])
def repository(request: pytest.FixtureRequest, tmp_path: Path, run: Run) -> Repository:
    runner: str = request.param
    if runner == "prek" and not (PROGRAMS / "prek").exists() and shutil.which("prek") is None:
        pytest.skip("prek is not installed")
    root = tmp_path / "corpus"
    assert main(["init", str(root)]) == 0
    made = Repository(root, run)
    made.git("init")
    made.git("add", "--all")
    made.git("commit", "-m", "Start")
    run(runner, "install", cwd=root)
    return made


def test_a_good_commit_passes(repository: Repository) -> None:
    before = repository.head()
    repository.edit(STUDY, "pmcid: PMC6345121\n", "")
    done = repository.commit("--all")
    assert done.returncode == 0
    assert "curate validate" in done.stdout
    assert repository.head() != before


def test_a_claim_without_a_pmid_is_refused_with_its_line(repository: Repository) -> None:
    before = repository.head()
    repository.break_claim()
    done = repository.commit("--all")
    assert done.returncode == 1
    lines = (repository.root / PROCEDURE).read_text(encoding="utf-8").splitlines()
    number = lines.index("  - id: permanent-harm") + 1
    assert f"{PROCEDURE}:{number}:5: error E01 claim-without-pmid" in done.stdout
    assert repository.head() == before


def test_deleting_a_study_that_a_procedure_leans_on_is_refused(repository: Repository) -> None:
    before = repository.head()
    repository.git("rm", STUDY)
    done = repository.commit()
    assert done.returncode == 1
    assert "dangling-reference" in done.stdout
    assert PROCEDURE in done.stdout
    assert repository.head() == before


def test_renaming_a_record_that_others_name_is_refused(repository: Repository) -> None:
    repository.git("mv", STUDY, "records/studies/horisawa.yaml")
    done = repository.commit()
    assert done.returncode == 1
    assert "id-is-not-file-name" in done.stdout


def test_an_untracked_bad_record_does_not_block(repository: Repository) -> None:
    (repository.root / "records/studies/half-written.yaml").write_bytes(b"id: [half\n")
    repository.edit(STUDY, "pmcid: PMC6345121\n", "")
    assert repository.commit("--all").returncode == 0
    assert (repository.root / "records/studies/half-written.yaml").read_bytes() == b"id: [half\n"


def test_a_change_that_is_not_staged_does_not_block(repository: Repository) -> None:
    repository.edit(STUDY, "pmcid: PMC6345121\n", "")
    repository.git("add", STUDY)
    repository.break_claim()
    assert repository.commit().returncode == 0
    assert CITED not in (repository.root / PROCEDURE).read_text(encoding="utf-8")


def test_a_staged_mistake_blocks_although_the_working_copy_was_mended(
    repository: Repository,
) -> None:
    before = repository.head()
    repository.break_claim()
    repository.git("add", PROCEDURE)
    repository.mend_claim()
    done = repository.commit()
    assert done.returncode == 1
    assert "claim-without-pmid" in done.stdout
    assert repository.head() == before
    assert CITED in (repository.root / PROCEDURE).read_text(encoding="utf-8")


def test_a_commit_of_one_path_is_checked_as_it_will_be(repository: Repository) -> None:
    repository.break_claim()
    repository.git("add", PROCEDURE)
    repository.edit(STUDY, "pmcid: PMC6345121\n", "")
    assert repository.commit("--", STUDY).returncode == 0
    assert repository.commit("--", PROCEDURE).returncode == 1


def test_a_commit_that_touches_no_record_is_checked_too(repository: Repository) -> None:
    repository.break_claim()
    repository.git("commit", "--no-verify", "--all", "-m", "Slip past the hook")
    (repository.root / "NOTES.txt").write_bytes(b"notes\n")
    repository.git("add", "NOTES.txt")
    assert repository.commit().returncode == 1


def test_a_corpus_below_the_top_of_its_repository_is_checked(tmp_path: Path, run: Run) -> None:
    top = Repository(tmp_path / "project", run)
    top.root.mkdir()
    top.git("init")
    assert main(["init", str(top.root / "docs/corpus")]) == 0
    config = top.root / ".pre-commit-config.yaml"
    (top.root / "docs/corpus/.pre-commit-config.yaml").rename(config)
    top.edit(config.name, "curate validate --staged\n", "curate validate --staged docs/corpus\n")
    run("pre-commit", "install", cwd=top.root)
    top.git("add", "--all")
    assert top.commit().returncode == 0
    top.edit(f"docs/corpus/{PROCEDURE}", CITED, "")
    done = top.commit("--all")
    assert done.returncode == 1
    assert "claim-without-pmid" in done.stdout


def test_the_hook_of_this_repository_is_the_one_that_a_new_corpus_gets(
    repository: Repository,
) -> None:
    shutil.copy(ROOT / ".pre-commit-config.yaml", repository.root)
    repository.break_claim()
    done = repository.commit("--all")
    assert done.returncode == 1
    assert "claim-without-pmid" in done.stdout


@pytest.fixture
def published(tmp_path: Path, run: Run) -> Repository:
    """Return a repository of the program as it is now, for others to name in their settings."""
    made = Repository(tmp_path / "program", run)
    made.root.mkdir()
    for name in ("src", "schemas"):
        hidden = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, made.root / name, ignore=hidden)
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, made.root)
    made.git("init")
    made.git("add", "--all")
    made.git("commit", "-m", "Publish")
    return made


def test_another_repository_can_have_its_hook_installed_from_this_one(
    tmp_path: Path, run: Run, published: Repository
) -> None:
    run("pre-commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"), cwd=ROOT)
    root = tmp_path / "corpus"
    assert main(["init", str(root)]) == 0
    (root / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {published.root}\n    rev: {published.head().strip()}\n"
        "    hooks:\n      - id: curate-validate\n",
        encoding="utf-8",
    )
    corpus = Repository(root, run)
    corpus.git("init")
    corpus.git("add", "--all")
    # pip finds what curate needs among the packages of these tests, and so needs no index.
    packages = {
        "PYTHONPATH": str(Path(pytest.__file__).parents[1]),
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    run("pre-commit", "install-hooks", cwd=root, **packages)
    installed = list((tmp_path / "home/pre-commit").rglob(f"curate-{version('curate')}.dist-info"))
    assert len(installed) == 1
    scaffold = installed[0].parent / "curate/scaffold"
    assert (scaffold / "dot-pre-commit-config.yaml").is_file()
    assert (scaffold / PROCEDURE).is_file()
    done = run("pre-commit", "run", "--all-files", cwd=root, **packages)
    assert "Passed" in done.stdout
    corpus.break_claim()
    corpus.git("add", "--all")
    done = run("pre-commit", "run", cwd=root, check=False, **packages)
    assert done.returncode == 1
    assert "claim-without-pmid" in done.stdout
