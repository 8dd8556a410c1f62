"""`curate list`, `show` and `todo` tell what is there, at the width of the screen."""

import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate.characters import FORBIDDEN
from curate.cli import main
from curate.config import Config
from curate.kinds import KINDS
from curate.page import page
from curate.page.figures import figures
from curate.page.waivers import waivers
from curate.pipeline import check, load
from curate.printable import columns
from curate.source import Source
from full_corpus import corpus_of, full_values, to_yaml
from generated import spoilt
from terminal import Terminal
from untidy import records

SCAFFOLD = Path(__file__).parent.parent / "src/curate/scaffold/records"
STUDY = "records/studies/horisawa-2019.yaml"
many = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "corpus"
    shutil.copytree(SCAFFOLD, root / "records")
    toml = '[corpus]\nname = "test"\npublish = ["in_review"]\nmax_reference_age = "12 mo"\n'
    (root / "curate.toml").write_text(toml, encoding="utf-8")
    monkeypatch.chdir(root)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return root


Said = pytest.CaptureFixture[str]


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.usefixtures("corpus")
def test_all_records_are_listed_with_their_kind(capsys: Said) -> None:
    assert main(["list"]) == 0
    said = capsys.readouterr()
    rows = [line.split()[:3] for line in said.out.splitlines()]
    assert rows == [
        ["condition", "focal-hand-dystonia", "in_review"],
        ["measure", "tsfd-scale", "in_review"],
        ["procedure", "ventro-oral-thalamotomy", "in_review"],
        ["reference", "pmid-30587520", "in_review"],
        ["study", "horisawa-2019", "in_review"],
    ]
    assert said.err == "5 records\n"


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["study"], ["horisawa-2019"]),
        (["studies"], ["horisawa-2019"]),
        (["--status", "draft"], []),
        (["--status", "draft", "--status", "in_review", "measure"], ["tsfd-scale"]),
        (["--find", "DYSTONIA", "--find", "scale"], ["tsfd-scale"]),
        (["--find", "nothing like it"], []),
        (["--pmid", "1"], []),
        (
            ["--pmid", "30587520"],
            [
                "focal-hand-dystonia",
                "ventro-oral-thalamotomy",
                "pmid-30587520",
                "horisawa-2019",
            ],
        ),
    ],
)
@pytest.mark.usefixtures("corpus")
def test_the_list_is_narrowed_down(arguments: list[str], ids: list[str], capsys: Said) -> None:
    assert main(["list", *arguments, "--output-format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["version"] == 1
    assert [one["id"] for one in listed["records"]] == ids


def test_a_record_that_cannot_be_read_is_listed(corpus: Path, capsys: Said) -> None:
    (corpus / "records/studies/broken.yaml").write_bytes(b"id: broken\ntitle: [half\n")
    change(corpus, STUDY, "design: retrospective-cohort", "design: other")
    assert main(["list", "study"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "broken         (errors)"
    assert re.match(r"horisawa-2019  in_review \(errors\)  \S", out[1])
    assert main(["list", "study", "--output-format", "json"]) == 0
    first = json.loads(capsys.readouterr().out)["records"][0]
    assert first == {
        "kind": "study",
        "id": "broken",
        "status": None,
        "title": "",
        "path": "records/studies/broken.yaml",
        "readable": False,
    }
    assert main(["list", "--pmid", "30587520"]) == 0
    assert "horisawa" not in capsys.readouterr().out


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "studdy"], "Did you mean `study`?"),
        (["list", "elephant"], "There are procedure, study"),
        (["show", "horisawa-2091"], "Did you mean `horisawa-2019`?"),
        (["show", "elephant"], "`curate list` lists them all."),
        (["show", "studdy/horisawa-2019"], "Did you mean `study`?"),
        (["show", "measure/horisawa-2019"], "There is no measure `horisawa-2019`."),
        (["show", "1"], "There is no record `pmid-1`."),
    ],
)
def test_what_is_not_there_is_said(arguments: list[str], said: str, capsys: Said) -> None:
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize(
    "name", ["horisawa-2019", "study/horisawa-2019", "studies/horisawa-2019", STUDY]
)
def test_a_record_is_found_by_any_of_its_names(name: str, capsys: Said) -> None:
    assert main(["show", name]) == 0
    assert f"study  horisawa-2019  in_review  {STUDY}\n" in capsys.readouterr().out


def test_an_id_that_two_kinds_have_is_asked_back(corpus: Path, capsys: Said) -> None:
    text = "id: horisawa-2019\ntitle: x\nstatus: draft\n"
    (corpus / "records/conditions/horisawa-2019.yaml").write_text(text, encoding="utf-8")
    assert main(["show", "horisawa-2019"]) == 2
    assert "write `study/horisawa-2019` or `condition/horisawa-2019`" in capsys.readouterr().err


@pytest.mark.usefixtures("corpus")
def test_a_page_holds_figures_claims_papers_mentions_and_findings(capsys: Said) -> None:
    assert main(["show", "horisawa-2019"]) == 0
    study = capsys.readouterr().out
    assert "7 of 9" in study
    assert "\nSpoken of in\n- records/conditions/focal-hand-dystonia.yaml, line" in study
    assert study.endswith("\nFindings\nnone\n1 waived\n")
    assert "\x1b" not in study
    assert main(["show", "ventro-oral-thalamotomy"]) == 0
    procedure = capsys.readouterr().out
    assert "horisawa-2019#" in procedure
    assert "  - PMID 30587520: Horisawa S et al. Safety" in procedure
    assert main(["show", "30587520"]) == 0
    assert "- notice reference-not-verified, line " in capsys.readouterr().out


def test_what_is_wrong_stands_at_the_end_in_the_order_of_its_gravity(
    corpus: Path, capsys: Said
) -> None:
    change(corpus, STUDY, "count: 7", "count: 17")
    path = "records/procedures/ventro-oral-thalamotomy.yaml"
    change(corpus, path, "horisawa-2019#", "horisawa-2018#")
    assert main(["show", "horisawa-2019"]) == 0
    found = capsys.readouterr().out.partition("\nFindings\n")[2]
    assert found.startswith("- error count-exceeds-denominator, line ")
    assert main(["show", "ventro-oral-thalamotomy"]) == 0
    assert re.search(r"horisawa-2018#\S+: not there", capsys.readouterr().out)


def test_a_file_that_cannot_be_read_has_a_page_that_says_why(corpus: Path, capsys: Said) -> None:
    (corpus / "records/studies/broken.yaml").write_bytes(b"id: broken\ntitle: [half\n")
    assert main(["show", "broken"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("broken\nstudy  broken  no status  records/studies/broken.yaml\n")
    assert "\nThe file cannot be read\n" in said
    assert "- error syntax-error, line 2" in said


def test_a_file_outside_every_folder_has_a_page(corpus: Path) -> None:
    source = Source("records/stray.yaml", b"id: stray\ntitle: Stray\n")
    held = load([source], Config(name="test"))
    text = "\n".join(page(held.entries[0], held, check(held), 80))
    assert corpus.is_dir()
    assert "no kind" in text
    assert "unexpected-file" in text


def test_a_full_record_of_every_kind_has_a_page_that_fits() -> None:
    held = corpus_of(full_values(), Config(name="full", publish=("in_review",)))
    report = check(held)
    for entry in held.entries:
        for width in (40, 80, 120):
            lines = list(page(entry, held, report, width))
            assert all(columns(_plain(line)) <= max(width, 90) for line in lines)
            assert _words(str(entry.document.value["title"])) <= _words(_plain(" ".join(lines)))


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_written_has_a_page_that_is_safe_to_print(kind: str) -> None:
    @many
    @given(spoilt(kind), st.sampled_from([40, 80]))
    def run(value: Any, width: int) -> None:
        path = f"records/{KINDS[kind].folder}/a.yaml"
        _show(path, to_yaml(value), width)

    run()


@many
@given(records(), st.sampled_from(["records/studies/a.yaml", "records/procedures/a.yaml"]))
def test_an_untidy_file_has_a_page_that_is_safe_to_print(text: str, path: str) -> None:
    _show(path, text.encode("utf-8", "replace"), 60)


def _show(path: str, data: bytes, width: int) -> None:
    held = load([Source(path, data)], Config(name="test"))
    for line in page(held.entries[0], held, check(held), width):
        assert not FORBIDDEN.search(_plain(line))
        assert "\n" not in line


def _plain(line: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", line)


def _words(text: str) -> set[str]:
    return set(text.split())


@pytest.mark.parametrize(
    ("result", "shown"),
    [
        ({"count": 7, "analysed": 9}, "7 of 9"),
        ({"count": 7, "analysed": 9, "percent": 78, "hedge": "about"}, "about 7 of 9 (78 %)"),
        ({"count": 7, "counted": "sides"}, "7 sides"),
        ({"percent": 16}, "16 %"),
        ({"mean": 4, "sd": 1, "unit": "mo", "p": "<0.001"}, "mean 4 mo (SD 1); p <0.001"),
        ({"median": 3, "q1": 1, "q3": 5, "p": 1}, "median 3 (IQR 1 to 5); p = 1"),
        ({"min": 1, "unit": "mo"}, "range 1 to ? mo"),
        ({"value": 5, "mean": 4, "ci": {"level": 95, "low": 3, "high": 6}},
         "5; mean 4 (95 % CI 3 to 6)"),
        ({"effect": {"type": "risk-ratio", "value": 2, "against": "sham", "p": 1,
                     "ci": {"level": 95, "low": 1, "high": 3}}},
         "risk ratio 2 against sham (95 % CI 1 to 3); p = 1"),
        ({"effect": {"type": "risk-ratio", "value": 2, "against": "sham"}},
         "risk ratio 2 against sham"),
        ({"hedge": "about"}, ""),
        ({"ci": "odd", "effect": "odd"}, ""),
    ],
)  # fmt: skip
def test_figures_are_shown_as_they_are_printed(result: dict[str, Any], shown: str) -> None:
    assert figures(result) == shown


@pytest.mark.parametrize(
    ("since", "shown"),
    [
        ("2026-11-22", "(2026-11-22)"),
        ("2026-11-21", "(2026-11-21, 1 day ago)"),
        ("2026-11-01", "(2026-11-01, 21 days ago)"),
        ("soon", "(soon)"),
    ],
)
def test_a_waiver_is_shown_with_its_age(since: str, shown: str) -> None:
    (line,) = list(waivers([{"date": since, "reason": "So."}], date(2026, 11, 22), 80))[2:]
    assert line.endswith(f": So. {shown}")


def test_a_page_fits_a_narrow_terminal_and_is_coloured(corpus: Path) -> None:
    terminal = Terminal(["show", "ventro-oral-thalamotomy"], corpus, columns=50)
    assert terminal.end() == 0
    assert "\x1b[1m" in terminal.said
    lines = _plain(terminal.said).split("\r\n")
    assert len(lines) > 10
    path = "procedure  ventro-oral-thalamotomy"
    assert all(columns(line) <= 50 for line in lines if not line.startswith(path))


def test_a_list_is_cut_to_the_terminal_and_whole_in_a_pipe(corpus: Path) -> None:
    terminal = Terminal(["list"], corpus, columns=70)
    assert terminal.end() == 0
    lines = [line for line in terminal.said.split("\r\n") if line]
    assert max(map(columns, lines)) == 70
    assert any(line.endswith("…") for line in lines)
    call = [sys.executable, "-m", "curate", "list"]
    piped = subprocess.run(call, cwd=corpus, capture_output=True, text=True, check=True)
    assert "…" not in piped.stdout


def test_whoever_reads_a_page_may_stop_early(corpus: Path) -> None:
    call = f"{sys.executable} -m curate show horisawa-2019 | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", call], cwd=corpus, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


def test_todo_lists_what_waits_with_its_dates(corpus: Path, capsys: Said) -> None:
    study = corpus / STUDY
    assert main(["new", "condition", "tremor", "--title", "Tremor"]) == 0
    change(corpus, STUDY, "status: in_review\n", 'status: approved\nreview:\n  by: Jane Doe\n'
           '  date: "2025-11-01"\n  next: "2026-11-01"\n')  # fmt: skip
    change(corpus, "records/measures/tsfd-scale.yaml", "status: in_review\n",
           'status: approved\nreview:\n  by: Jane Doe\n  date: "2026-11-01"\n'
           '  next: "2027-11-22"\n')  # fmt: skip
    change(corpus, STUDY, 'date: "2026-11-22"', 'date: "2026-11-01"\n    until: "2027-01-31"')
    capsys.readouterr()
    assert main(["todo"]) == 0
    said = capsys.readouterr().out
    assert "Drafts: never exported (1)\n  records/conditions/tremor.yaml:5  nothing left" in said
    line = study.read_text(encoding="utf-8").split("\n").index('  next: "2026-11-01"') + 1
    assert f"Reviews (2)\n  {STUDY}:{line}  due 2026-11-01, 21 days late  last reviewed" in said
    assert "  due 2027-11-22, in 365 days  last reviewed on 2026-11-01 by Jane Doe\n" in said
    assert "  2026-11-01, 21 days ago  outcome-without-denominator at " in said
    assert ", until 2027-01-31: " in said
    assert "nobody has compared with PubMed (1)\n  records/references/pmid-30587520.yaml:" in said


@pytest.mark.usefixtures("corpus")
def test_todo_is_read_by_programs_too(capsys: Said) -> None:
    assert main(["todo", "waivers", "--output-format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (item,) = found["items"]
    assert (item["what"], item["path"], found["version"]) == ("waiver", STUDY, 1)
    assert item["days"] == (date(2026, 11, 22) - date.fromisoformat(item["date"])).days


def test_a_reference_that_grew_old_is_to_be_compared_again(corpus: Path, capsys: Said) -> None:
    path = "records/references/pmid-30587520.yaml"
    change(corpus, path, "origin: by-hand", 'origin: fetched\nretrieved: "2024-11-22"')
    assert main(["todo", "references"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"References to compare with PubMed again (1)\n  {path}:")
    assert "2024-11-22, 730 days ago" in said
    change(corpus, path, "2024-11-22", "2026-11-22")
    assert main(["todo", "references"]) == 0
    assert capsys.readouterr().err == "nothing waits\n"
    change(corpus, "curate.toml", '"12 mo"', '""')
    change(corpus, path, "2026-11-22", "2004-11-22")
    assert main(["todo", "references"]) == 0
    assert capsys.readouterr().err == "nothing waits\n"


def test_a_day_that_the_calendar_does_not_have_is_shown_as_it_is(
    corpus: Path, capsys: Said
) -> None:
    change(corpus, STUDY, 'date: "2026-11-22"', 'date: "2026-02-31"')
    assert main(["todo", "waivers"]) == 0
    assert "  2026-02-31  outcome-without-denominator" in capsys.readouterr().out
    change(corpus, STUDY, 'date: "2026-02-31"', 'date: "2026-11-22"')
    assert main(["todo", "waivers"]) == 0
    assert "  2026-11-22, today  outcome" in capsys.readouterr().out


def test_of_many_the_first_are_told_and_all_on_request(corpus: Path, capsys: Said) -> None:
    for number in range(12):
        text = f"id: c{number:02}\ntitle: C\nstatus: draft\n"
        (corpus / f"records/conditions/c{number:02}.yaml").write_text(text, encoding="utf-8")
    assert main(["todo"]) == 0
    said = capsys.readouterr().out
    assert "c09.yaml" in said
    assert "c10.yaml" not in said
    assert "  and 2 more: `curate todo drafts`\n" in said
    assert main(["todo", "--all"]) == 0
    assert "c11.yaml" in capsys.readouterr().out
    terminal = Terminal(["todo"], corpus, columns=60)
    assert terminal.end() == 0
    assert all(columns(_plain(line)) <= 60 for line in terminal.said.split("\r\n"))
