"""What was found is told in every format, whole, in its place, and safe to print."""

import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import click
import pytest
import sarif_om
from hypothesis import given
from hypothesis import strategies as st

from curate.config import Config
from curate.corpus import Corpus
from curate.finding import Finding, Severity, Span
from curate.pipeline import check, load
from curate.report import Report, load_render, report_names
from curate.report._snippet import WIDTH, snippet
from curate.rules import all_rules
from curate.source import Source
from golden import Golden

HOSTILE = "records/conditions/Odd\x1b[31m 100%, a:b\n\udcff.yaml"
BAD: dict[str, str] = {
    "records/conditions/dystonia.yaml": (
        "id: dystonia\ntitle: Dystonia\nstatus: draft\nclaims:\n"
        "  - id: helps\n    about: benefit\n    text: It helps.\n"
    ),
    "records/conditions/tremor.yaml": "id: tremor\ntitle: Tremor: a movement\nstatus: in_review\n",
    "records/procedures/thalamotomy.yaml": (
        "id: thalamotomy\ntitel: Thalamotomy\nstatus: in_review\n"
        "synonyms: [視床手術 é, 12, e\u0301tage]\n"
        f"note: {'A long line. ' * 12}\nconditions: [{'dystonia, ' * 12}Writer's Cramp]\n"
    ),
    "records/studies/horisawa-2019.yaml": (
        "id: horisawa-2019\ntitle: Thalamotomy\nstatus: in_review\npmid: 30587520\n"
        "design: retrospective-cohort\nadverse_events_reported: not-reported\n"
        "groups:\n  - id: all\n    label: All treated patients\n    enrolled: 171\n"
        "outcomes:\n  - id: better\n    title: Better\n    group: all\n    follow_up: 12 mo\n"
        "    count: 28\n"
        "waivers:\n  - rule: outcome-without-denominator\n    at: outcomes.better\n"
        "    reason: The abstract prints no number; <b>100%</b> & more.\n"
        '    by: editors\n    date: "2026-11-21"\n'
    ),
    HOSTILE: "id: odd\ntitle: Odd\nstatus: in_review\n",
}
FORMATS = report_names()


def _corpus(files: dict[str, str]) -> Corpus:
    sources = [Source(path, text.encode()) for path, text in files.items()]
    return load(sources, Config(name="reports"))


CORPUS = _corpus(BAD)
REPORT = check(CORPUS)


def _text(name: str, report: Report = REPORT, corpus: Corpus = CORPUS) -> str:
    return click.unstyle("".join(load_render(name)(report, corpus)))


def _of(*findings: Finding) -> tuple[Report, Corpus]:
    """Return a report of findings made up for the purpose, and a corpus of their files."""
    paths = {finding.path: "id: x\n" for finding in findings}
    return Report(findings, paths), _corpus(paths)


def _finding(**changes: Any) -> Finding:
    plain = Finding(
        path="records/studies/a.yaml",
        span=Span(1, 5, 1, 6),
        code="S06",
        name="wrong-form",
        severity=Severity.ERROR,
        message="It is wrong.",
        help="Write it right.",
        record="study/a",
        pointer="/id",
    )
    return plain._replace(**changes)


@pytest.mark.parametrize("name", FORMATS)
def test_a_bad_corpus_is_told_as_it_was_agreed_on(name: str, golden: Golden) -> None:
    told = _text(name)
    for rule in all_rules():  # whose pages change for reasons of their own
        told = told.replace(json.dumps(rule.doc), json.dumps(f"The page of {rule.name}."))
    golden(f"report/{name}.txt", told.encode())


@pytest.mark.parametrize("name", FORMATS)
def test_a_clean_corpus_is_told_as_it_was_agreed_on(name: str, golden: Golden) -> None:
    corpus = _corpus({"records/conditions/x1.yaml": "id: x1\ntitle: X\nstatus: in_review\n"})
    golden(f"report/clean/{name}.txt", _text(name, check(corpus), corpus).encode())


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_prints_a_control_character(name: str) -> None:
    text = _text(name)
    assert "Odd" in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\udc80-\udcff\u202e]", text)


@pytest.mark.parametrize("name", FORMATS)
@given(text=st.text(max_size=80))
def test_any_text_can_be_told(name: str, text: str) -> None:
    finding = _finding(message=f"M{text}", help=f"H{text}", record=f"study/{text}")
    waived = finding._replace(name="outcome-without-denominator", code="E02", waived=text)
    told = _text(name, *_of(finding, waived))
    assert told.encode("utf-8")
    if name in {"json", "gitlab", "sarif"}:
        json.loads(told)
    elif name == "junit":
        ET.fromstring(told)  # noqa: S314 - our own text
    elif name in {"concise", "github"}:
        assert told.count("\n") == 1


def test_the_first_format_is_for_people() -> None:
    assert FORMATS[0] == "text"
    assert set(FORMATS) == {"text", "concise", "json", "sarif", "github", "gitlab", "junit"}


def test_the_summary_says_what_was_checked() -> None:
    assert str(Report((), ["a"]).summary) == "checked 1 record, 0 errors"
    warning = _finding(severity=Severity.WARNING)
    report = Report((_finding(), warning, _finding(waived="Why.")), ["a", "b"], ["b"])
    assert str(report.summary) == (
        "checked 2 records, 1 error, 1 warning, 1 waived, 1 draft not published"
    )


def test_a_report_can_be_limited_to_a_folder_but_not_to_a_part_of_its_name() -> None:
    findings = [_finding(path=path) for path in ("r/a/x.yaml", "r/ab/x.yaml")]
    limited = Report(findings, [finding.path for finding in findings]).within(["r/a"])
    assert [finding.path for finding in limited.findings] == ["r/a/x.yaml"]
    assert limited.summary.checked == 1


# The mark below a line ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "start", "end", "shown", "marks"),
    [
        ("title: x", 8, 9, "title: x", "       ^"),
        ("\ttitle: x", 2, 7, "    title: x", "    ^^^^^"),
        ("手: 術x", 4, 5, "手: 術x", "    ^^"),
        ("手: 術x", 5, 6, "手: 術x", "      ^"),
        ("e\u0301e\u0301: x", 7, 8, "e\u0301e\u0301: x", "    ^"),
        ("a\x1b: x", 5, 6, "a\\x1b: x", "       ^"),
        ("no end", 7, 7, "no end", "      ^"),
        ("beyond", 99, 99, "beyond", "      ^"),
        ("", 1, 1, "", "^"),
    ],
    ids=["plain", "tab", "wide", "after-wide", "accents", "escape", "end", "beyond", "empty"],
)
def test_the_mark_stands_below_what_is_meant(
    line: str, start: int, end: int, shown: str, marks: str
) -> None:
    assert snippet(line, Span(1, start, 1, end)) == (shown, marks)


def test_a_stretch_over_several_lines_is_marked_to_the_end_of_its_first() -> None:
    assert snippet("ab: |", Span(1, 5, 3, 1)) == ("ab: |", "    ^")


@given(
    line=st.text(alphabet=st.sampled_from("ab \t手e\u0301\x1b"), min_size=1, max_size=400),
    data=st.data(),
)
def test_a_long_line_is_cut_around_what_is_meant(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(1, len(line)))
    end = data.draw(st.integers(start, len(line) + 1))
    shown, marks = snippet(line, Span(1, start, 1, end))
    assert "^" in marks
    assert len(marks) <= WIDTH + 2
    assert len(re.sub("\u0301", "", shown)) <= WIDTH + 2


# JSON -----------------------------------------------------------------------------------------


def test_json_holds_the_promised_fields_and_the_waived_findings_apart() -> None:
    told = json.loads(_text("json"))
    assert list(told) == ["version", "summary", "findings", "waived", "baseline", "gone"]
    assert told["version"] == 1
    counts = "checked errors warnings notices waived drafts baseline gone"
    assert list(told["summary"]) == counts.split()
    fields = (
        "code name severity path line column end_line end_column message help url record pointer"
    )
    for finding in told["findings"]:
        assert list(finding) == fields.split()
    for finding in told["waived"]:
        assert list(finding) == [*fields.split(), "reason"]
    assert len(told["waived"]) == told["summary"]["waived"] == 1
    assert told["summary"]["drafts"] == 1


# GitHub ---------------------------------------------------------------------------------------


def test_github_commands_are_escaped() -> None:
    finding = _finding(path="records/a,b:c%.yaml", message="50% of\n::error::x")
    assert _text("github", *_of(finding)) == (
        "::error file=records/a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=5,endColumn=5,"
        "title=S06 wrong-form::50%25 of\\n::error::x Write it right.\n"
    )


def test_github_gets_no_columns_for_several_lines() -> None:
    assert "col" not in _text("github", *_of(_finding(span=Span(1, 5, 2, 3)))).split("::")[1]


# GitLab ---------------------------------------------------------------------------------------


def test_a_fingerprint_outlives_a_line_that_is_put_before_it() -> None:
    path = "records/procedures/thalamotomy.yaml"
    moved = _corpus({**BAD, path: f"# A comment.\n{BAD[path]}"})
    before, after = json.loads(_text("gitlab")), json.loads(_text("gitlab", check(moved), moved))
    assert [issue["fingerprint"] for issue in before] == [issue["fingerprint"] for issue in after]
    assert before != after


def test_no_two_findings_share_a_fingerprint() -> None:
    twice = _finding(), _finding(span=Span(2, 1, 2, 2))
    for issues in (json.loads(_text("gitlab", *_of(*twice))), json.loads(_text("gitlab"))):
        prints = [issue["fingerprint"] for issue in issues]
        assert len(prints) == len(set(prints))


# JUnit ----------------------------------------------------------------------------------------


def test_junit_has_a_case_for_every_file_and_fails_those_with_errors() -> None:
    suite = ET.fromstring(_text("junit")).find("testsuite")  # noqa: S314 - our own text
    assert suite is not None
    cases = {case.attrib["name"]: case.find("failure") for case in suite.findall("testcase")}
    assert len(cases) == len(BAD) == int(suite.attrib["tests"])
    assert cases["records/studies/horisawa-2019.yaml"] is None
    assert cases["records/conditions/dystonia.yaml"] is None
    assert cases["records/procedures/thalamotomy.yaml"] is not None
    failed = [case for case in cases.values() if case is not None]
    assert len(failed) == int(suite.attrib["failures"])


# SARIF ----------------------------------------------------------------------------------------

# Which class of the SARIF object model, generated from the official schema, a property holds.
SARIF_CLASSES = {
    "": "SarifLog",
    "runs": "Run",
    "tool": "Tool",
    "driver": "ToolComponent",
    "rules": "ReportingDescriptor",
    "shortDescription": "MultiformatMessageString",
    "help": "MultiformatMessageString",
    "defaultConfiguration": "ReportingConfiguration",
    "invocations": "Invocation",
    "originalUriBaseIds": "ArtifactLocation",
    "description": "Message",
    "results": "Result",
    "message": "Message",
    "locations": "Location",
    "physicalLocation": "PhysicalLocation",
    "artifactLocation": "ArtifactLocation",
    "region": "Region",
    "logicalLocations": "LogicalLocation",
    "suppressions": "Suppression",
}
OPEN = {"partialFingerprints"}
NAMED = {"originalUriBaseIds"}


def _check_sarif(value: dict[str, Any], name: str = "") -> None:
    """Hold an object's properties against its class: all known, none missing."""
    fields = getattr(sarif_om, SARIF_CLASSES[name]).__attrs_attrs__
    known = {field.metadata["schema_property_name"]: field for field in fields}
    required = {
        key for key, field in known.items() if field.default.__class__.__name__ == "_Nothing"
    }
    assert value.keys() <= known.keys(), name
    for key, inner in value.items():
        items = inner if isinstance(inner, list) else [inner]
        if key in NAMED:
            items = list(inner.values())
        for item in items:
            if isinstance(item, dict) and key not in OPEN:
                _check_sarif(item, key)
    assert required - {"$schema"} <= value.keys(), name


def test_sarif_has_the_structure_of_its_official_schema() -> None:
    log = json.loads(_text("sarif"))
    _check_sarif(log)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    pages = {rule.code: rule.doc for rule in all_rules()}
    for rule in rules:
        assert rule["help"] == {"text": pages[rule["id"]], "markdown": pages[rule["id"]]}
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    for result in run["results"]:
        assert result["level"] in {"error", "warning", "note"}
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert all(number >= 1 for number in region.values())
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)


def test_sarif_suppresses_what_is_waived_and_says_why() -> None:
    results = json.loads(_text("sarif"))["runs"][0]["results"]
    suppressed = [result for result in results if "suppressions" in result]
    assert len(results) == len(REPORT.findings)
    (only,) = suppressed
    assert only["suppressions"] == [
        {
            "kind": "inSource",
            "justification": "The abstract prints no number; <b>100%</b> & more.",
        }
    ]
