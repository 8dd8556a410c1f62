"""A workspace always reports what a fresh check would."""

from hypothesis import HealthCheck, given, settings

from curate.pipeline import check, load
from curate.report import Report, load_render, report_names
from curate.source import Obstacle, Source
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
    before = workspace.report(), workspace.corpus
    workspace.drop("records/conditions/other.yaml")
    assert (workspace.report(), workspace.corpus) == before


def test_an_unsaved_text_takes_the_place_of_the_file() -> None:
    workspace = Workspace([CONDITION], CONFIG, "0" * 40)
    workspace.put(CONDITION._replace(data=CONDITION.data.replace(b"Tremor", b"")))
    assert _names(workspace.report()) == [(CONDITION.path, "empty-field")]
    assert workspace.corpus.commit == "0" * 40
