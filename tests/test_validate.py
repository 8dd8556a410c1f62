"""`curate validate` and `curate rule` as they are called: what they print, and how they end."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from curate.cli import main
from curate.rules import all_rules
from test_report import BAD, FORMATS

CLEAN, ERRORS, COULD_NOT_RUN, BUG = 0, 1, 2, 3
GOOD = "id: dystonia\ntitle: Dystonia\nstatus: in_review\n"
WRONG = "id: dystonia\ntitel: Dystonia\nstatus: in_review\n"
STRANGE = "records/conditions/Odd"


def _corpus(root: Path, files: Mapping[str, str]) -> Path:
    root.mkdir(exist_ok=True)
    (root / "curate.toml").write_text('[corpus]\nname = "test"\n', encoding="utf-8")
    (root / "records").mkdir(exist_ok=True)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = _corpus(tmp_path / "corpus", {"records/conditions/dystonia.yaml": GOOD})
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {path: text for path, text in BAD.items() if not path.startswith(STRANGE)}
    monkeypatch.chdir(_corpus(tmp_path / "corpus", files))
    return tmp_path / "corpus"


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def _run(
    *arguments: str, cwd: Path, env: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "curate", *arguments],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


# What is checked ------------------------------------------------------------------------------


def test_a_pass_says_what_was_checked(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert good.is_dir()
    assert _said(capsys, "validate") == (CLEAN, "checked 1 record, 0 errors\n", "")


def test_an_error_ends_with_1(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bad.is_dir()
    code, out, err = _said(capsys, "validate")
    assert code == ERRORS
    assert "records/conditions/tremor.yaml:2:14: error Y01 syntax-error:" in out
    assert err == ""


@pytest.mark.parametrize("name", FORMATS)
def test_the_format_never_changes_the_exit_code(
    name: str, bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = _said(capsys, "validate", "--output-format", name)
    assert code == ERRORS
    assert "checked 4 records" in (out if name == "text" else err)
    shutil.rmtree(bad / "records/procedures")
    (bad / "records/conditions/tremor.yaml").unlink()
    code, out, _ = _said(capsys, "validate", "--output-format", name)
    assert code == CLEAN
    assert "claim-without-pmid" in out


def test_json_goes_to_standard_output_alone(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bad.is_dir()
    _, out, err = _said(capsys, "validate", "--output-format", "json")
    summary = json.loads(out)["summary"]
    assert summary == {
        "checked": 4,
        "errors": 5,
        "warnings": 1,
        "notices": 0,
        "waived": 1,
        "drafts": 1,
        "baseline": 0,
        "gone": 0,
    }
    assert err == "checked 4 records, 5 errors, 1 warning, 1 waived, 1 draft not published\n"


@pytest.mark.parametrize("place", ["file", "folder", "absolute", "from-elsewhere", "from-below"])
def test_paths_limit_what_is_told_but_not_what_is_read(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "records/conditions/dystonia.yaml": GOOD,
        "records/conditions/tremor.yaml": "id: tremor\ntitle: Tremor\nstatus: xyz\n",
        "records/procedures/cut.yaml": (
            "id: cut\ntitle: Cut\nstatus: in_review\nconditions:\n  - dystonia\n  - dystony\n"
        ),
    }
    root = _corpus(tmp_path / "corpus", files)
    starts = {"from-elsewhere": tmp_path, "from-below": root / "records" / "procedures"}
    monkeypatch.chdir(starts.get(place, root))
    path = {
        "file": "records/procedures/cut.yaml",
        "folder": "records/procedures",
        "absolute": str(root / "records/procedures/"),
        "from-elsewhere": "corpus/records/procedures/cut.yaml",
        "from-below": ".",
    }[place]
    code, out, _ = _said(capsys, "validate", "--output-format", "concise", path)
    assert code == ERRORS
    (line,) = out.splitlines()
    assert line.startswith("records/procedures/cut.yaml:6:5: error C01 dangling-reference:")


def test_the_corpus_is_found_from_a_folder_inside_it(
    good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(good / "records" / "conditions")
    assert _said(capsys, "validate")[0] == CLEAN


def test_the_root_as_a_path_is_the_whole_corpus(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _said(capsys, "validate", str(good))[1] == "checked 1 record, 0 errors\n"


# What cannot be checked -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["validate", "records/conditions/distonia.yaml"], "Did you mean `records/conditions/d"),
        (["validate", "curate.toml"], "where the records are."),
        (["validate", "dystonia.yaml"], "Did you mean `records/conditions/dystonia.yaml`?"),
        (["validate", ".."], "There is no curate.toml"),
        (["validate", "nowhere"], "where the records are."),
        (["validate", "--outputformat", "json"], "Did you mean '--output-format'?"),
        (["validate", "--output-format", "jsn"], "Did you mean `json`?"),
        (["validat"], "Did you mean `validate`?"),
        (["validat"], "See `curate --help`."),
        (["validate", "--jobs"], "See `curate validate --help`."),
        (["validate", "--wat"], "See `curate validate --help`."),
        (["validate", "--jobs", "0"], "See `curate validate --help`."),
        (["refs", "fetch", "--api-key-fil"], "See `curate refs fetch --help`."),
        (["refs", "fetsh"], "Did you mean `fetch`? See `curate refs --help`."),
        (["refs", "import"], "See `curate refs import --help`."),
        (["list", "stduy"], "Did you mean `study`?"),
        (["list", "condtions"], "Did you mean `condition`?"),
        (["list", "paper"], "There are procedure, study, condition, measure, reference."),
        (["new", "studys", "a-2019"], "Did you mean `study`?"),
        (["remove", "refrence", "pmid-1"], "Did you mean `reference`?"),
        (["rename", "references", "pmid-1", "pmid-2"], "There is no reference `pmid-1`."),
        (["rename", "mesure", "a", "b"], "Did you mean `measure`?"),
        (["rule", "claim-without-pmids"], "Did you mean `claim-without-pmid`?"),
        (["rule", "xyz"], "`curate rule` lists them all."),
        (["validate", "--staged"], "git"),
    ],
)
def test_a_wrong_call_is_answered_in_one_line_and_ends_with_2(
    arguments: list[str], said: str, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert good.is_dir()
    code, out, err = _said(capsys, *arguments)
    assert code == COULD_NOT_RUN
    assert out == ""
    assert err.startswith("curate: ")
    assert said in err
    assert err.count("\n") == 1


def test_nothing_to_check_is_no_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(_corpus(tmp_path / "empty", {}))
    code, out, err = _said(capsys, "validate")
    assert (code, out) == (COULD_NOT_RUN, "")
    assert err == "curate: Nothing to check: there is no record in records.\n"


def test_outside_a_corpus_it_says_how_to_begin_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = _said(capsys, "validate")
    assert code == COULD_NOT_RUN
    assert "curate init" in err


def test_paths_of_two_corpora_are_refused(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = _corpus(tmp_path / "other", {"records/conditions/dystonia.yaml": GOOD})
    code, _, err = _said(capsys, "validate", str(good / "records"), str(other / "records"))
    assert code == COULD_NOT_RUN
    assert "another corpus" in err


# What git would commit ------------------------------------------------------------------------


@pytest.fixture
def repository(good: Path) -> Path:
    for arguments in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *arguments], cwd=good, check=True)
    return good


def test_staged_records_are_checked_as_they_were_staged(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = repository / "records/conditions/dystonia.yaml"
    record.write_text(WRONG, encoding="utf-8")
    assert _said(capsys, "validate", "--staged")[0] == CLEAN
    assert _said(capsys, "validate")[0] == ERRORS
    subprocess.run(["git", "add", "."], cwd=repository, check=True)
    record.write_text(GOOD, encoding="utf-8")
    code, out, _ = _said(capsys, "validate", "--staged")
    assert code == ERRORS
    assert "titel: Dystonia" in out
    assert _said(capsys, "validate")[0] == CLEAN


def test_a_record_that_is_not_staged_does_not_count(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "records/conditions/tremor.yaml").write_text("nonsense", encoding="utf-8")
    assert _said(capsys, "validate", "--staged")[:2] == (CLEAN, "checked 1 record, 0 errors\n")


# The terminal ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("env", "colored"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True),
        ({"NO_COLOR": "1"}, False),
        ({"CI": "true"}, False),
    ],
)
def test_colour_only_where_it_is_wanted(env: dict[str, str], *, colored: bool, bad: Path) -> None:
    plain = {"FORCE_COLOR": "", "NO_COLOR": "", "CI": ""}
    assert ("\x1b[" in _run("validate", cwd=bad, env={**plain, **env}).stdout) is colored


def test_a_terminal_that_knows_few_characters_gets_escapes(tmp_path: Path) -> None:
    files = {"records/conditions/x1.yaml": "id: x1\ntitle: X\nstatus: 手\n"}
    done = subprocess.run(
        [sys.executable, "-m", "curate", "validate"],
        cwd=_corpus(tmp_path / "corpus", files),
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == ERRORS
    assert b"\\u624b" in done.stdout


def test_a_reader_that_closes_early_changes_nothing(tmp_path: Path) -> None:
    files = {
        f"records/conditions/c{number}.yaml": WRONG.replace("dystonia", f"c{number}")
        for number in range(900)
    }
    with subprocess.Popen(
        [sys.executable, "-m", "curate", "validate"],
        cwd=_corpus(tmp_path / "corpus", files),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == ERRORS


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_check_ends_without_a_traceback(number: int, tmp_path: Path) -> None:
    root = _corpus(tmp_path / "corpus", {"records/conditions/dystonia.yaml": GOOD})
    # A shell that starts the tests in the background hands down an ignored SIGINT; a terminal,
    # where Ctrl-C is pressed, does not.
    slow = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import curate.bulk\n"
        "from curate.cli import main\n"
        "def check(*_):\n"
        "    print('checking', flush=True)\n"
        "    time.sleep(60)\n"
        "curate.bulk.check_files = check\n"
        "sys.exit(main(['validate', '--no-cache']))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", slow], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"checking\n"
        process.send_signal(number)
        _, err = process.communicate()
    assert process.returncode == 130
    assert err.strip() == b"curate: interrupted"


def test_a_bug_ends_with_3_and_says_where_to_report_it(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "from curate.rules import all_rules, missing_field\n"
        "def broken(entry):\n"
        "    raise ZeroDivisionError('a broken rule')\n"
        "missing_field.missing_field = missing_field.missing_field._replace("
        "check=broken, needs=())\n",
        encoding="utf-8",
    )
    root = _corpus(tmp_path / "corpus", {"records/conditions/dystonia.yaml": GOOD})
    done = _run("validate", cwd=root, env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == BUG
    assert done.stdout == ""
    assert "Traceback" in done.stderr
    assert "a broken rule" in done.stderr
    assert "this is a bug in curate" in done.stderr
    assert "CONTRIBUTING.md" in done.stderr


# Help -----------------------------------------------------------------------------------------

HEAVY = {"pydantic", "jsonschema", "jsonschema_rs", "yaml", "msgspec", "xml", "hypothesis"}


@pytest.mark.parametrize("arguments", [["--help"], ["validate", "--help"], ["rule", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    script = (
        "import sys\nfrom curate.cli import main\n"
        f"code = main({arguments!r})\n"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{script}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("Usage: curate")
    assert not HEAVY & set(done.stderr.split())


def test_every_command_has_a_line_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = _said(capsys, "--help")
    assert "validate  Check the records." in out
    assert "rule      Explain the rules." in out


# Rules ----------------------------------------------------------------------------------------


def test_all_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _said(capsys, "rule")
    assert code == CLEAN
    lines = out.splitlines()
    assert len(lines) == len(all_rules())
    for line, rule in zip(lines, all_rules(), strict=True):
        assert line.split()[:2] == [rule.code, rule.name]


@pytest.mark.parametrize("name", ["claim-without-pmid", "E01", "e01", "Claim-Without-PMID"])
def test_a_rule_is_explained_by_name_or_code(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _said(capsys, "rule", name)
    assert code == CLEAN
    assert out.startswith(
        "E01 claim-without-pmid (error; in a draft a warning; can be waived)\n\n"
        "Require at least one PMID on every claim.\n"
    )
    assert "\nBad:\n\n    # records/procedures/" in out
    assert "\nGood:\n\n    # records/procedures/" in out
    assert "```" not in out


def test_the_rules_are_listed_for_programs_too(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = _said(capsys, "rule", "--output-format", "json")
    assert [rule["name"] for rule in json.loads(out)["rules"]] == [
        rule.name for rule in all_rules()
    ]
