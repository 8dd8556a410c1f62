"""What `curate init` gives GitHub and GitLab to run does what it says, in real repositories.

The files are held against the schemas of the two hosts, and every script in them is run as its host
would run it: on a merge of a branch into what has gone on meanwhile, in a clone, in bash. What only
the hosts have is played: `gh` by a script that notes what it is asked, GitLab's API by a server.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from curate.cli import main

pytestmark = [
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed"),
]

ROOT = Path(__file__).parent.parent
GITHUB, GITLAB = ".github/workflows/validate.yml", ".gitlab-ci.yml"
STUDY = "records/studies/horisawa-2019.yaml"
PROCEDURE = "records/procedures/ventro-oral-thalamotomy.yaml"
OLD = "records/conditions/pain.yaml"
TOO_MANY = "count-exceeds-denominator"
MARK = "<!-- curate diff -->\n"
CHANGED = "  - count: 6 → 8\n"


# pip finds what curate needs among the packages of these tests, and asks no index.
OFFLINE = {
    "PYTHONPATH": sysconfig.get_path("purelib"),
    "PIP_NO_INDEX": "1",
    "PIP_NO_DEPS": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # which pip reads as: no isolation
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
}


@pytest.fixture(scope="module")
def venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty environment, as a runner of a code host has one."""
    data, folder = (tmp_path_factory.mktemp("runner") / name for name in ("data", "venv"))
    make = [sys.executable, "-m", "virtualenv", "-q", "--no-download", "--app-data", data, folder]
    subprocess.run(list(map(str, make)), check=True)
    return folder


@pytest.fixture(scope="module")
def wheel(venv: Path) -> str:
    """Return where the pipelines are told to install curate from: it is built once for them all."""
    build = [venv / "bin/python3", "-m", "pip", "wheel", "-q", "-w", venv.parent, ROOT]
    subprocess.run(list(map(str, build)), check=True, env=dict(os.environ) | OFFLINE)
    (built,) = venv.parent.glob("curate-*.whl")
    return str(built)


class Host:
    """A code host: the repository, a branch that asks to be merged, and what runs the scripts."""

    def __init__(self, folder: Path, venv: Path, wheel: str, below: str = "") -> None:
        self.below, self.wheel = below, wheel
        self.origin, self.clone = folder / "origin", folder / "clone"
        self.temp = folder / "temp"
        self.temp.mkdir()
        self.environment = {
            "PATH": os.pathsep.join([str(folder), str(venv / "bin"), os.environ["PATH"]]),
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "CI": "true",
            **OFFLINE,
            "GIT_CONFIG_NOSYSTEM": "1",
            **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "An Editor"),
            **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "editor@example.org"),
        }
        corpus = self.origin / below
        corpus.parent.mkdir(parents=True, exist_ok=True)
        assert main(["init", str(corpus)]) == 0
        if below:
            for name in (".github", GITLAB):
                (corpus / name).rename(self.origin / name)
        self.git("init", "-q", "-b", "main")
        # A mistake that was there before the branch, and is none of its business.
        self.write(OLD, "id: pain\ntitle: Pain\nstatus: in_review\nparent: no-such-condition\n")
        self.commit("The corpus")
        self.git("checkout", "-q", "-b", "second-look")

    def git(self, *arguments: str, cwd: Path | None = None) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=cwd or self.origin,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "-q", "-m", message)

    def write(self, path: str, text: str) -> None:
        file = self.origin / self.below / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.origin / self.below / path).read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.write(path, text.replace(old, new))

    def change(self, *, wrong: bool) -> None:
        """Change a number on the branch, and make a mistake in it on request."""
        self.edit(STUDY, "    count: 6\n    percent: 3.5\n", "    count: 8\n    percent: 4.7\n")
        self.edit(PROCEDURE, "6 of 171 people (3.5 %)", "8 of 171 people (4.7 %)")
        if wrong:
            self.edit(STUDY, "analysed: 9\n    count: 7", "analysed: 9\n    count: 70")
        self.commit("Look again")

    def go_on(self) -> None:
        """Let main go on without the branch."""
        self.git("checkout", "-q", "main")
        self.write("records/conditions/tremor.yaml", "id: tremor\ntitle: T\nstatus: in_review\n")
        self.commit("What others did")

    def check_out(self, *, merged: bool) -> None:
        """Clone as the host does: GitHub what the merge would give, GitLab the branch itself."""
        self.git("clone", "-q", str(self.origin), str(self.clone), cwd=self.temp)
        start = "origin/main" if merged else "origin/second-look"
        self.git("checkout", "-q", "--detach", start, cwd=self.clone)
        if merged:
            self.git("merge", "-q", "--no-edit", "origin/second-look", cwd=self.clone)

    def run(self, script: str, cwd: Path, more: Mapping[str, str]) -> tuple[int, str]:
        file = self.temp / "script.sh"
        file.write_text(script, encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(file)],
            cwd=cwd,
            env=self.environment | dict(more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout


@pytest.fixture
def host(request: pytest.FixtureRequest, tmp_path: Path, venv: Path, wheel: str) -> Host:
    return Host(tmp_path, venv, wheel, getattr(request, "param", "docs/a corpus"))


AT_BOTH = pytest.mark.parametrize(
    "host", ["", "docs/a corpus"], ids=["at the top", "in a subfolder"], indirect=True
)


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(
    ("path", "schema"), [(GITHUB, "vendor.github-workflows"), (GITLAB, "vendor.gitlab-ci")]
)
def test_the_files_fit_the_schemas_of_their_hosts(path: str, schema: str, tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "corpus")]) == 0
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    file = tmp_path / "corpus" / path
    subprocess.run([*check, str(file)], check=True)
    file.write_text(file.read_text(encoding="utf-8").replace("    script:", "    scripts:"))
    file.write_text(file.read_text(encoding="utf-8").replace("runs-on:", "run-on:"))
    wrong = file.read_text(encoding="utf-8").replace("  script:", "  scripts:")
    file.write_text(wrong, encoding="utf-8")
    assert subprocess.run([*check, str(file)], check=False, capture_output=True).returncode == 1


# GitHub -----------------------------------------------------------------------------------------

GH = """\
#!/usr/bin/env python3
import json, pathlib, sys
here = pathlib.Path(__file__).parent
body = [one.removeprefix("body=@") for one in sys.argv if one.startswith("body=@")]
said = {"arguments": sys.argv[1:], "body": body and pathlib.Path(body[0]).read_text("utf-8")}
with (here / "gh.jsonl").open("a") as log:
    log.write(json.dumps(said) + "\\n")
if "--paginate" in sys.argv and (here / "comments").exists():
    print((here / "comments").read_text(), end="")
"""
PULL_REQUEST = "github.event_name == 'pull_request'"
OF_THE_SAME = "github.event.pull_request.head.repo.full_name == github.repository"


class Actions:
    """Run the steps of the workflow as GitHub does: the conditions and values that it works out."""

    def __init__(
        self, host: Host, *, event: str, fork: bool = False, curate: str | None = None
    ) -> None:
        self.host = host
        self.truth = {
            "": True,
            PULL_REQUEST: event == "pull_request",
            "github.event_name != 'pull_request'": event != "pull_request",
            f"{PULL_REQUEST} && {OF_THE_SAME}": event == "pull_request" and not fork,
        }
        self.values = {
            "inputs.corpus || vars.CORPUS || '.'": host.below or ".",
            "inputs.curate || vars.CURATE": host.wheel if curate is None else curate,
            "github.base_ref": "main" if event == "pull_request" else "",
            "github.token": "a token",
            "github.event.pull_request.number": "7",
            "runner.temp": str(host.temp),
        }
        self.summary = host.temp / "summary.md"
        self.said: dict[str, str] = {}
        (host.temp.parent / "gh").write_text(GH, encoding="utf-8")
        (host.temp.parent / "gh").chmod(0o755)

    def filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: self.values[found[1]], text)

    def job(self, name: str) -> int:
        """Run a job's scripts until one fails; return its exit code."""
        job = read(self.host.clone / GITHUB)["jobs"][name]
        cwd = self.host.clone / self.filled(job["defaults"]["run"]["working-directory"])
        for step in job["steps"]:
            if "run" not in step or not self.truth[step.get("if", "")]:
                continue
            set_by = {**job.get("env", {}), **step.get("env", {})}
            more = {
                "GITHUB_STEP_SUMMARY": str(self.summary),
                "GITHUB_REPOSITORY": "editors/pain",
                "RUNNER_TEMP": str(self.host.temp),
                **{key: self.filled(value) for key, value in set_by.items()},
            }
            code, out = self.host.run(self.filled(step["run"]), cwd, more)
            self.said[step.get("name", step["run"])] = out
            if code and not step.get("continue-on-error"):
                return code
        return 0

    def asked(self) -> list[dict[str, Any]]:
        """Return what `gh` was asked to write."""
        log = self.host.temp.parent / "gh.jsonl"
        lines = log.read_text("utf-8").splitlines() if log.exists() else []
        return [one for one in map(json.loads, lines) if one["body"]]


@AT_BOTH
def test_a_pull_request_is_told_what_it_changes_and_where_it_is_wrong(host: Host) -> None:
    host.change(wrong=True)
    host.go_on()
    host.check_out(merged=True)
    actions = Actions(host, event="pull_request")
    assert actions.job("validate") == 1
    assert list(actions.said) == [
        "Install curate",
        "Say what changes for readers",
        "Comment what changes for readers",
        "Check what the branch changed",
    ]
    summary = actions.summary.read_text("utf-8")
    assert summary.startswith("# Changes from origin/main (")
    assert "## Results whose numbers changed" in summary
    assert CHANGED in summary
    assert "tremor" not in summary  # which main added meanwhile
    (asked,) = actions.asked()
    assert asked["arguments"][:5] == [
        "api", "--silent", "--method", "POST", "repos/editors/pain/issues/7/comments"
    ]  # fmt: skip
    assert asked["body"] == MARK + summary

    said = actions.said["Check what the branch changed"]
    (note,) = (line for line in said.splitlines() if TOO_MANY in line)
    place = re.match(r"::error file=([^,]+),line=(\d+),endLine=\d+,col=(\d+),", note)
    assert place is not None
    file = host.clone / place[1]
    assert file == host.clone / host.below / STUDY
    line = file.read_text("utf-8").splitlines()[int(place[2]) - 1]
    assert line[int(place[3]) - 1 :] == "70"
    assert said.endswith("since origin/main 2 records changed, 1 older in others\n")


def test_a_pull_request_without_a_mistake_passes_whatever_was_wrong_before(host: Host) -> None:
    host.change(wrong=False)
    host.go_on()
    host.check_out(merged=True)
    (host.temp.parent / "comments").write_text("21\n34\n", encoding="utf-8")
    actions = Actions(host, event="pull_request")
    assert actions.job("validate") == 0
    assert "::" not in actions.said["Check what the branch changed"]
    (asked,) = actions.asked()
    assert asked["arguments"][3:5] == ["PATCH", "repos/editors/pain/issues/comments/34"]


def test_a_push_is_checked_whole_and_exported_once_it_is_right(host: Host) -> None:
    host.change(wrong=False)
    host.check_out(merged=True)
    actions = Actions(host, event="push")
    assert actions.job("validate") == 1
    assert list(actions.said) == ["Install curate", "Check all records"]
    assert f"file={host.below and host.below + '/'}{OLD}" in actions.said["Check all records"]
    (host.clone / host.below / OLD).unlink()
    assert actions.job("validate") == actions.job("export") == 0
    assert (host.temp / "exports/manifest.json").is_file()
    assert not actions.summary.exists()


def test_a_fork_gets_the_summary_alone_and_a_new_corpus_is_called_one(
    tmp_path: Path, venv: Path, wheel: str
) -> None:
    host = Host(tmp_path, venv, wheel)
    host.change(wrong=False)
    host.git("checkout", "-q", "--orphan", "other")
    host.git("rm", "-q", "-r", "--cached", ".")
    host.git("commit", "-q", "--allow-empty", "-m", "Nothing yet")
    host.git("branch", "-q", "-f", "main")
    host.git("checkout", "-q", "-f", "second-look")
    host.check_out(merged=False)
    host.git("merge", "-q", "--allow-unrelated-histories", "--no-edit", "origin/main",
             cwd=host.clone)  # fmt: skip
    actions = Actions(host, event="pull_request", fork=True)
    assert actions.job("validate") == 1  # with nothing before, every mistake is of the branch
    assert actions.summary.read_text("utf-8") == "# A new corpus\n"
    assert "Comment what changes for readers" not in actions.said
    assert OLD in actions.said["Check what the branch changed"]


def test_a_comment_is_cut_where_github_takes_no_more(
    tmp_path: Path, venv: Path, wheel: str
) -> None:
    host = Host(tmp_path, venv, wheel)
    for number in range(400):
        text = f"id: c{number}\ntitle: {'é' * 200}\nstatus: in_review\n"
        host.write(f"records/conditions/c{number}.yaml", text)
    host.change(wrong=False)
    host.check_out(merged=True)
    actions = Actions(host, event="pull_request")
    assert actions.job("validate") == 0
    (asked,) = actions.asked()
    assert len(actions.summary.read_text("utf-8")) > 65_536
    assert len(asked["body"].encode()) < 61_000
    assert asked["body"].endswith("é…\n\nThe rest is in the summary of the job.\n")


def test_without_the_place_of_curate_the_reason_is_said(
    tmp_path: Path, venv: Path, wheel: str
) -> None:
    host = Host(tmp_path, venv, wheel)
    host.check_out(merged=False)
    actions = Actions(host, event="push", curate="")
    assert actions.job("validate") == 1
    assert actions.said["Install curate"].startswith("::error::Set the repository variable CURATE")


# GitLab -----------------------------------------------------------------------------------------


class Runner:
    """Run the jobs of the pipeline as GitLab does, in one shell each."""

    def __init__(self, host: Host, curate: str | None = None, **more: str) -> None:
        self.host = host
        self.pipeline = read(host.clone / GITLAB)
        base = host.git("merge-base", "origin/main", "HEAD", cwd=host.clone)
        self.variables = {
            **self.pipeline["variables"],
            "CORPUS": host.below or ".",
            "CURATE": host.wheel if curate is None else curate,
            "CI_PROJECT_DIR": str(host.clone),
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
            "CI_PROJECT_ID": "3",
            "CI_MERGE_REQUEST_IID": "7",
            **more,
        }

    def job(self, name: str) -> tuple[int, str]:
        lines = [*self.pipeline["default"]["before_script"], *self.pipeline[name]["script"]]
        return self.host.run("\n".join(lines), self.host.clone, self.variables)


class Notes:
    """The comments of a merge request, as GitLab's API shows them."""

    def __init__(self, server: HTTPServer, *bodies: str) -> None:
        self.written: list[tuple[str, str, str]] = []
        notes = [{"id": 10 + number, "body": body} for number, body in enumerate(bodies)]
        path = re.compile("/projects/3/merge_requests/7/notes(/[0-9]+)?$")

        def answer(request: Request) -> Response:
            if request.headers.get("PRIVATE-TOKEN") != "secret":
                return Response("{}", status=401)
            if request.method == "GET":
                return Response(json.dumps(notes), content_type="application/json")
            self.written.append((request.method, request.path, request.form["body"]))
            return Response("{}", status=201)

        server.expect_request(path).respond_with_handler(answer)


@pytest.fixture
def gitlab(host: Host) -> Host:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    return host


@AT_BOTH
@pytest.mark.parametrize(
    ("bodies", "how"),
    [(["Looks good."], ("POST", "")), (["Hm.", f"{MARK}# Old"], ("PUT", "/11"))],
    ids=["first", "again"],
)
def test_a_merge_request_is_told_what_it_changes_and_where_it_is_wrong(
    bodies: list[str], how: tuple[str, str], gitlab: Host, httpserver: HTTPServer
) -> None:
    notes = Notes(httpserver, *bodies)
    gitlab.change(wrong=True)
    gitlab.go_on()
    gitlab.check_out(merged=False)
    api = httpserver.url_for("")
    runner = Runner(gitlab, CI_API_V4_URL=api, CURATE_TOKEN="secret")  # noqa: S106 - of a test
    code, said = runner.job("merge-request")
    assert code == 1
    assert f"{STUDY}:" in said
    assert f"error N02 {TOO_MANY}" in said
    changes = (gitlab.clone / "changes.md").read_text("utf-8")
    assert changes.startswith(f"{MARK}# Changes from ")
    assert CHANGED in changes
    assert notes.written == [(how[0], f"/projects/3/merge_requests/7/notes{how[1]}", changes)]
    issues = json.loads((gitlab.clone / "findings.json").read_bytes())
    (place,) = (issue["location"] for issue in issues if issue["check_name"] == TOO_MANY)
    line = (gitlab.clone / place["path"]).read_text("utf-8").splitlines()
    begin = place["positions"]["begin"]
    assert line[begin["line"] - 1][begin["column"] - 1 :] == "70"


def test_without_a_token_or_with_a_wrong_one_a_merge_request_is_checked_all_the_same(
    gitlab: Host, httpserver: HTTPServer
) -> None:
    notes = Notes(httpserver)
    gitlab.change(wrong=False)
    gitlab.check_out(merged=False)
    api = httpserver.url_for("")
    for token in ("", "wrong"):
        code, said = Runner(gitlab, CI_API_V4_URL=api, CURATE_TOKEN=token).job("merge-request")
        assert code == 0, said
        assert ("There is no comment" in said) == bool(token)
        assert said.endswith("2 records changed, 1 older in others\n")
    assert notes.written == []
    assert json.loads((gitlab.clone / "findings.json").read_bytes()) == []


def test_gitlabs_main_branch_is_checked_whole_and_exported(gitlab: Host) -> None:
    gitlab.change(wrong=False)
    gitlab.check_out(merged=False)
    runner = Runner(gitlab)
    code, said = runner.job("records")
    assert (code, "dangling-reference" in said) == (1, True)
    issue, *_ = json.loads((gitlab.clone / "findings.json").read_bytes())
    assert (gitlab.clone / issue["location"]["path"]).is_file()
    (gitlab.clone / gitlab.below / OLD).unlink()
    assert runner.job("records")[0] == runner.job("export")[0] == 0
    assert (gitlab.clone / "exports/manifest.json").is_file()
    code, said = Runner(gitlab, curate="").job("export")
    assert (code, said.startswith("Set the CI/CD variable CURATE")) == (1, True)
