"""A baseline accepts what was there when it was written, and nothing else."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.baseline import accept, parse, take, text
from curate.cli import main
from curate.config import Config
from curate.corpus import Corpus
from curate.finding import Finding
from curate.pipeline import check, load
from curate.refusal import Refusal
from curate.report import Known, Report, load_render
from curate.source import Source
from test_validate import CLEAN, COULD_NOT_RUN, ERRORS, _corpus, _said

STUDY = "records/studies/horisawa-2019.yaml"
TEXT = """\
id: horisawa-2019
title: Thalamotomy for hand dystonia in 171 people
status: in_review
pmid: 30587520
design: retrospective-cohort
adverse_events_reported: not-reported
groups:
  - id: all
    label: All treated patients
    enrolled: 171
outcomes:
  - id: better
    title: Better after the operation
    group: all
    follow_up: 12 mo
    count: 28
  - id: recurrence
    title: Dystonia came back
    group: all
    follow_up: 12 mo
    analysed: 171
    count: 18
    percent: 11.5
"""
DENOMINATOR, PERCENT = "outcome-without-denominator", "percent-is-not-count"


def corpus_of(files: dict[str, str]) -> Corpus:
    sources = [Source(path, data.encode()) for path, data in files.items()]
    return load(sources, Config(name="test"))


def standing(report: Report) -> list[str]:
    return [finding.name for finding in report.standing]


def held_against(was: str, now: str) -> Report:
    """Return what is found now, with a baseline of what was found before."""
    old, new = corpus_of({STUDY: was}), corpus_of({STUDY: now})
    return accept(check(new), new, take(check(old), old))


def test_the_findings_of_the_day_are_accepted() -> None:
    assert standing(check(corpus_of({STUDY: TEXT}))) == [DENOMINATOR, PERCENT]
    report = held_against(TEXT, TEXT)
    assert report.standing == report.gone == ()
    assert report.summary.baseline == 2
    assert report.summary.errors == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: horisawa-2019\n", "# A comment.\n\nid: horisawa-2019\n"),
        ("    percent: 11.5\n", "    percent:     11.5 # as printed\n"),
        (
            "outcomes:\n",
            (
                "outcomes:\n  - id: first\n    title: First\n    group: all\n"
                "    follow_up: 6 mo\n    analysed: 171\n    count: 3\n"
            ),
        ),
        ("All treated patients", "All of the patients"),
        (
            "id: recurrence\n    title: Dystonia came back\n    group: all\n",
            "id: recurrence\n    group: all\n    title: Dystonia came back\n",
        ),
    ],
    ids=["lines", "layout", "a part before it", "another part", "order of fields"],
)
def test_a_finding_is_known_again_when_its_surroundings_change(old: str, new: str) -> None:
    assert old in TEXT
    report = held_against(TEXT, TEXT.replace(old, new))
    assert standing(report) == []
    assert report.gone == ()


@pytest.mark.parametrize(
    ("old", "new", "stands"),
    [
        ("percent: 11.5", "percent: 11.6", PERCENT),
        ("percent: 11.5", "percent: 11.50", PERCENT),
        ("count: 28", "count: 29", DENOMINATOR),
        ("id: recurrence", "id: came-back", PERCENT),
    ],
)
def test_another_value_or_another_place_is_a_new_finding(old: str, new: str, stands: str) -> None:
    report = held_against(TEXT, TEXT.replace(old, new))
    assert standing(report) == [stands]
    assert [known.rule for known in report.gone] == [stands]


def test_what_was_mended_is_told_as_gone_with_its_place() -> None:
    report = held_against(TEXT, TEXT.replace("percent: 11.5", "percent: 10.5"))
    assert standing(report) == []
    (gone,) = report.gone
    assert (gone.path, gone.rule, gone.at) == (STUDY, PERCENT, "outcomes.recurrence.percent")


def test_what_is_waived_since_is_gone_from_the_baseline() -> None:
    waiver = (
        f"waivers:\n  - rule: {DENOMINATOR}\n    at: outcomes.better\n    reason: Not printed.\n"
        '    by: editors\n    date: "2026-11-21"\n'
    )
    report = held_against(TEXT, TEXT + waiver)
    assert report.summary.waived == 1
    assert [known.rule for known in report.gone] == [DENOMINATOR]


def test_a_warning_that_becomes_an_error_is_no_longer_accepted() -> None:
    draft = TEXT.replace("in_review", "draft")
    assert standing(held_against(draft, draft)) == []
    report = held_against(draft, TEXT)
    assert standing(report) == [DENOMINATOR]
    assert report.gone == ()
    assert standing(held_against(TEXT, draft)) == []


def test_one_mistake_more_of_the_same_kind_is_new() -> None:
    path = "records/conditions/x1.yaml"
    twice = "id: x1\ntitle: X\nstatus: draft\nsynonyms:\n  - a\n  - b\n  - a\n"
    old, new = corpus_of({path: twice}), corpus_of({path: twice + "  - a\n"})
    report = accept(check(new), new, take(check(old), old))
    assert [one.span.line for one in report.standing] == [8]
    assert report.summary.baseline == 1


def test_a_text_that_cannot_be_read_is_known_by_the_line_it_fails_at() -> None:
    path = "records/conditions/x1.yaml"
    broken = "id: x1\ntitle: Tremor: a movement\nstatus: draft\n"
    old = corpus_of({path: broken})
    known = take(check(old), old)
    for now, stands in ((f"# More.\n{broken}", 0), (broken.replace("Tremor", "Ataxia"), 1)):
        new = corpus_of({path: now})
        assert len(accept(check(new), new, known).standing) == stands


def test_notices_ask_for_nothing_and_are_not_taken() -> None:
    path = "records/references/pmid-30587520.yaml"
    reference = (
        "id: pmid-30587520\ntitle: T\nstatus: in_review\npmid: 30587520\nauthors:\n  - A B\n"
        "journal: J\nyear: 2019\norigin: by-hand\n"
    )
    corpus = corpus_of({path: reference})
    assert [one.name for one in check(corpus).standing] == ["reference-not-verified"]
    assert take(check(corpus), corpus) == []


def test_without_a_baseline_a_report_is_as_it_was() -> None:
    corpus = corpus_of({STUDY: TEXT})
    report = check(corpus)
    assert accept(report, corpus, []).findings == report.findings


# The file -------------------------------------------------------------------------------------


@given(st.lists(st.builds(Known, *[st.text(max_size=9)] * 5), max_size=5))
def test_a_baseline_is_read_as_it_was_written(known: list[Known]) -> None:
    assert parse(text(known).encode(), "x") == sorted(known)
    assert text(known).encode("ascii").count(b"\n") == 4 + len(known) + bool(known)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not JSON"),
        (b"\xff", "not JSON"),
        (b"<<<<<<< HEAD\n{}", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "no list `findings`"),
        (b'{"version": 1}', "no list `findings`"),
        (b'{"version": 2, "findings": []}', "no baseline of version 1"),
        (b'{"version": 1, "findings": [1]}', "entry 1 is not made of"),
        (b'{"version": 1, "findings": [{"path": "x"}]}', "entry 1 is not made of"),
    ],
)
def test_what_is_no_baseline_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        parse(data, "known.json")


def test_an_entry_holds_texts_only() -> None:
    entry = dict.fromkeys(Known._fields, "x") | {"at": 1}
    data = json.dumps({"version": 1, "findings": [entry]}).encode()
    with pytest.raises(Refusal, match="entry 1"):
        parse(data, "known.json")


# In every report ------------------------------------------------------------------------------


def test_every_format_leaves_out_what_is_accepted_or_says_that_it_is() -> None:
    corpus = corpus_of({STUDY: TEXT})
    report = check(corpus)
    gone = Known(STUDY, "claim-without-pmid", "claims.a", "0", "error")
    accepted = accept(report, corpus, [*take(report, corpus), gone])

    def told(name: str) -> str:
        return "".join(load_render(name)(accepted, corpus))

    assert told("concise") == told("github") == ""
    assert json.loads(told("gitlab")) == []
    words = told("text")
    assert (
        "gone from the baseline: claim-without-pmid in records/studies/horisawa-2019.yaml" in words
    )
    assert "0 errors, 2 in the baseline, 1 gone from the baseline" in words
    whole = json.loads(told("json"))
    assert whole["findings"] == []
    assert (whole["summary"]["baseline"], whole["summary"]["gone"]) == (2, 1)
    assert {one["name"] for one in whole["baseline"]} == {DENOMINATOR, PERCENT}
    assert whole["gone"] == [{"name": "claim-without-pmid", "path": STUDY, "at": "claims.a"}]
    results = json.loads(told("sarif"))["runs"][0]["results"]
    assert {one["baselineState"] for one in results} == {"unchanged"}
    assert {one["suppressions"][0]["kind"] for one in results} == {"external"}
    junit = told("junit")
    assert 'failures="0"' in junit
    assert junit.count("In the baseline.") == 2


# The command ----------------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = _corpus(tmp_path / "corpus", {STUDY: TEXT})
    monkeypatch.chdir(root)
    return root


def test_a_baseline_is_written_used_and_shortened(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline = ["validate", "--baseline", "known.json"]
    code, out, _ = _said(capsys, *baseline, "--write-baseline")
    assert code == CLEAN
    assert (
        out == "checked 1 record, 0 errors, 2 in the baseline\nwrote known.json with 2 findings\n"
    )
    assert _said(capsys, *baseline)[0] == CLEAN

    mended = TEXT.replace("percent: 11.5", "percent: 10.5")
    (here / STUDY).write_text(mended, encoding="utf-8")
    before = (here / "known.json").read_bytes()
    code, out, _ = _said(capsys, *baseline)
    assert code == CLEAN
    assert "gone from the baseline: percent-is-not-count in" in out
    assert (here / "known.json").read_bytes() == before
    out = _said(capsys, *baseline, "--write-baseline")[1]
    assert "dropped 1 of 2 findings from known.json" in out
    after = (here / "known.json").read_bytes().splitlines()
    assert len(set(before.splitlines()) - set(after)) <= 2

    (here / STUDY).write_text(TEXT, encoding="utf-8")
    code, out, _ = _said(capsys, *baseline, "--output-format", "concise")
    assert code == ERRORS
    assert out.startswith(f"{STUDY}:23:14: error N03 percent-is-not-count")


def test_a_baseline_that_is_there_never_grows(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline = ["validate", "--baseline", "known.json", "--write-baseline"]
    assert _said(capsys, *baseline)[0] == CLEAN
    before = (here / "known.json").read_bytes()
    (here / STUDY).write_text(TEXT.replace("    analysed: 171\n", ""), encoding="utf-8")
    code, out, _ = _said(capsys, *baseline)
    assert code == ERRORS
    assert "error E02 outcome-without-denominator" in out
    assert set((here / "known.json").read_bytes().splitlines()) <= {
        *before.splitlines(),
        *(line.removesuffix(b",") for line in before.splitlines()),
    }


def test_the_settings_of_the_corpus_name_its_baseline_for_everybody(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = '[corpus]\nname = "test"\nbaseline = "known.json"\n'
    (here / "curate.toml").write_text(settings, encoding="utf-8")
    code, _, err = _said(capsys, "validate")
    assert (code, err) == (
        COULD_NOT_RUN,
        "curate: There is no baseline known.json; --write-baseline beside it writes one.\n",
    )
    monkeypatch.chdir(here / "records")
    code, out, _ = _said(capsys, "validate", "--write-baseline")
    assert (code, "wrote ../known.json with 2 findings" in out) == (CLEAN, True)
    assert (here / "known.json").is_file()
    assert _said(capsys, "validate", "studies")[:2] == (
        CLEAN,
        "checked 1 record, 0 errors, 2 in the baseline\n",
    )


def test_a_baseline_lets_nothing_into_an_export(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _said(capsys, "validate", "--baseline", "known.json", "--write-baseline")[0] == CLEAN
    assert main(["export"]) == ERRORS
    assert not (here / "exports").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--baseline", "known.json"], "There is no baseline known.json"),
        (["--baseline", "records"], "records cannot be read: Is a directory"),
        (["--write-baseline"], "leave out paths"),
        (["--baseline", "k", "--write-baseline", "records"], "for the whole corpus as it is"),
        (["--baseline", "k", "--write-baseline", "--fix"], "for the whole corpus as it is"),
        (["--baseline", "k", "--write-baseline", "--since", "x"], "for the whole corpus as it is"),
        (["--baseline", "no/where/k", "--diff", "--write-baseline"], "for the whole corpus as it"),
    ],
)
def test_a_baseline_that_cannot_be_is_answered_in_one_line(
    arguments: list[str], said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = _said(capsys, "validate", *arguments)
    assert (code, out, err.count("\n")) == (COULD_NOT_RUN, "", 1)
    assert said in err
    assert sorted(path.name for path in here.iterdir()) == ["curate.toml", "records"]


def test_paths_limit_what_is_told_to_be_gone(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = Known("records/conditions/x1.yaml", "claim-without-pmid", "claims.a", "0", "error")
    (here / "known.json").write_text(text([known]), encoding="utf-8")
    arguments = ["validate", "--baseline", "known.json"]
    assert "gone from" in _said(capsys, *arguments)[1]
    assert "gone from" not in _said(capsys, *arguments, STUDY)[1]


def test_a_finding_of_a_file_that_the_corpus_does_not_hold_is_known_by_what_is_left() -> None:
    stray = Finding(*check(corpus_of({STUDY: TEXT})).findings[0])._replace(path="elsewhere.yaml")
    empty = corpus_of({})
    report = Report([stray], [])
    assert accept(report, empty, take(report, empty)).standing == ()
