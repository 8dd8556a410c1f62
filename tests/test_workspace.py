"""A workspace always reports what a fresh check would."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings

from curate.pipeline import check, load
from curate.report import Report, load_render, report_names
from curate.source import Obstacle, Source
from curate.today import VARIABLE
from curate.workspace import Workspace
from editing import Step, apply, steps
from examples import CONFIG

CONDITION = Source(
    "records/conditions/tremor.yaml", b"id: tremor\ntitle: Tremor\nstatus: in_review\n"
)
PROCEDURE = Source(
    "records/procedures/thalamotomy.yaml",
    b"id: thalamotomy\ntitle: Thalamotomy\nstatus: in_review\nconditions:\n  - tremor\n",
)


def _names(report: Report) -> list[tuple[str, str]]:
    return [(finding.path, finding.name) for finding in report.findings]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(steps())
def test_after_any_edits_a_workspace_reports_what_a_fresh_check_does(done: list[Step]) -> None:
    workspace = Workspace([], CONFIG)
    files: dict[str, Source | Obstacle] = {}
    for step in done:
        apply(files, step)
        for change in step:
            if isinstance(change, str):
                workspace.drop(change)
            else:
                workspace.put(change)
        report = workspace.report()
        fresh = load(files.values(), CONFIG)
        expected = check(fresh)
        for name in report_names():
            render = load_render(name)
            assert [*render(report, workspace.corpus)] == [*render(expected, fresh)]
        assert report.files == expected.files
        assert report.drafts == expected.drafts


def test_a_record_that_is_deleted_is_missed_by_those_that_mention_it() -> None:
    workspace = Workspace([CONDITION, PROCEDURE], CONFIG)
    assert _names(workspace.report()) == []
    workspace.drop(CONDITION.path)
    assert _names(workspace.report()) == [(PROCEDURE.path, "dangling-reference")]
    workspace.put(CONDITION)
    assert _names(workspace.report()) == []


def test_deleting_what_is_not_there_changes_nothing() -> None:
    workspace = Workspace([CONDITION], CONFIG)
    before = workspace.report().files, workspace.corpus
    workspace.drop("records/conditions/other.yaml")
    assert (workspace.report().files, workspace.corpus) == before
    assert workspace.checked == ()


def test_only_those_who_asked_what_has_another_answer_are_checked_again() -> None:
    other = Source(CONDITION.path.replace("tremor", "pain"), CONDITION.data.replace(b"em", b"en"))
    workspace = Workspace([CONDITION, PROCEDURE, other], CONFIG)
    workspace.report()
    assert workspace.checked == (other.path, CONDITION.path, PROCEDURE.path)
    workspace.put(CONDITION)
    workspace.report()
    assert workspace.checked == ()
    workspace.put(CONDITION._replace(data=CONDITION.data.replace(b"Tremor", b"Shaking")))
    workspace.report()
    assert workspace.checked == (CONDITION.path,)  # the procedure never asked for its title
    workspace.put(CONDITION._replace(data=CONDITION.data.replace(b"in_review", b"retired")))
    workspace.report()
    assert workspace.checked == (CONDITION.path, PROCEDURE.path)


def test_a_report_of_the_next_day_is_made_with_the_next_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    study = Source(
        "records/studies/talk-1998.yaml",
        b"id: talk-1998\ntitle: A talk\nstatus: in_review\ndesign: case-series\n"
        b"adverse_events_reported: not-reported\nwaivers:\n  - rule: study-without-pmid\n"
        b"    at: pmid\n    reason: It is not in PubMed.\n    by: The editors\n"
        b'    date: "2026-01-15"\n    until: "2026-12-31"\n',
    )
    workspace = Workspace([study, CONDITION], CONFIG)
    assert _names(workspace.report()) == [(study.path, "study-without-pmid")]
    monkeypatch.setenv(VARIABLE, str(int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())))
    assert {name for _, name in _names(workspace.report())} == {
        "study-without-pmid",
        "expired-waiver",
    }
    assert workspace.checked == (study.path,)


def test_an_unsaved_text_takes_the_place_of_the_file() -> None:
    workspace = Workspace([CONDITION], CONFIG, "0" * 40)
    workspace.put(CONDITION._replace(data=CONDITION.data.replace(b"Tremor", b"")))
    assert _names(workspace.report()) == [(CONDITION.path, "empty-field")]
    assert workspace.corpus.commit == "0" * 40
