"""The editor is told what is found while somebody types: pushed or pulled, never both."""

import shutil
from pathlib import Path

import pytest
from lsprotocol import types

from editor import (
    CONDITION,
    PROCEDURE,
    REFERENCE,
    STUDY,
    at,
    corpus,
    editing,
    encoded,
    pulling,
    pushed_to,
)

pytestmark = pytest.mark.asyncio

RECORDS = Path(__file__).parent.parent


def codes(found: list[types.Diagnostic]) -> list[str]:
    return [str(one.code) for one in found]


async def test_a_mistake_is_told_with_its_place_while_it_is_typed(tmp_path: Path) -> None:
    async with editing(corpus(tmp_path)) as editor:
        editor.open(PROCEDURE)
        assert await editor.findings(PROCEDURE, version=1) == []
        text = (tmp_path / PROCEDURE).read_text()
        typed = text.replace("horisawa-2019#permanent", "horisawa-2019#permanant")
        version = editor.change(PROCEDURE, typed)
        (found,) = await editor.findings(PROCEDURE, version=version)
        assert found.code == "dangling-reference"
        assert found.source == "curate"
        assert found.severity == types.DiagnosticSeverity.Error
        assert found.message.endswith("\nDid you mean `permanent`?")
        assert found.range.start == at(typed, "|horisawa-2019#permanant")
        assert await editor.findings(PROCEDURE, version=editor.change(PROCEDURE, text)) == []


async def test_what_is_typed_in_one_file_is_told_of_the_others(tmp_path: Path) -> None:
    async with editing(corpus(tmp_path)) as editor:
        text = (tmp_path / STUDY).read_text()
        editor.open(PROCEDURE)
        editor.open(STUDY)
        await editor.findings(STUDY, version=1)
        editor.change(STUDY, text.replace("id: permanent", "id: lasting"))
        assert codes(await editor.findings(STUDY, version=2)) == []
        version = editor.change(PROCEDURE, (tmp_path / PROCEDURE).read_text())
        found = await editor.findings(PROCEDURE, version=version)
        assert codes(found) == ["dangling-reference"]
        # Closed without saving, the file on disk counts again.
        editor.close(STUDY)
        assert await editor.findings(PROCEDURE, without="dangling-reference") == []


async def test_only_the_last_of_many_keystrokes_is_answered(tmp_path: Path) -> None:
    async with editing(corpus(tmp_path)) as editor:
        text = (tmp_path / PROCEDURE).read_text()
        editor.open(PROCEDURE)
        await editor.findings(PROCEDURE, version=1)
        for count in range(40):
            version = editor.change(PROCEDURE, text + "#" * count + "\n")
        await editor.findings(PROCEDURE, version=version)
        versions = [params.version for params in editor.pushed[editor.uri(PROCEDURE)]]
        assert versions[-1] == version
        assert len(versions) < 20


async def test_a_file_that_is_not_open_is_told_without_its_notices(tmp_path: Path) -> None:
    root = corpus(tmp_path)
    broken = (root / PROCEDURE).read_text().replace("about: harm", "about: harms")
    (root / PROCEDURE).write_text(broken)
    async with editing(root) as editor:
        assert codes(await editor.findings(PROCEDURE)) == ["not-a-choice"]
        assert await editor.findings(REFERENCE) == []
        editor.open(REFERENCE)
        (notice,) = await editor.findings(REFERENCE, version=1)
        assert (notice.code, notice.severity) == (
            "reference-not-verified",
            types.DiagnosticSeverity.Hint,
        )


async def test_a_client_that_pulls_is_never_pushed_to(tmp_path: Path) -> None:
    async with editing(corpus(tmp_path), pulling()) as editor:
        text = (tmp_path / PROCEDURE).read_text()
        editor.open(PROCEDURE, text.replace("about: harm", "about: harms"))
        report = await editor.pull(PROCEDURE)
        assert codes(report.items) == ["not-a-choice"]
        again = await editor.pull(PROCEDURE, report.result_id)
        assert again.kind == types.DocumentDiagnosticReportKind.Unchanged
        editor.change(PROCEDURE, text)
        assert not (await editor.pull(PROCEDURE, report.result_id)).items
        assert editor.pushed == {}


async def test_a_client_that_pulls_is_told_when_another_file_is_concerned(tmp_path: Path) -> None:
    async with editing(corpus(tmp_path), pulling()) as editor:
        editor.open(PROCEDURE)
        editor.open(STUDY)
        assert not (await editor.pull(PROCEDURE)).items
        await editor.pull(STUDY)
        before = editor.refreshed
        text = (tmp_path / STUDY).read_text()
        editor.change(STUDY, text.replace("id: permanent", "id: lasting"))
        await editor.refreshes(before + 1)
        assert codes((await editor.pull(PROCEDURE)).items) == ["dangling-reference"]


async def test_the_whole_corpus_can_be_pulled(tmp_path: Path) -> None:
    root = corpus(tmp_path)
    text = (root / CONDITION).read_text()
    (root / CONDITION).write_text(text.replace("horisawa-2019#", "horisawa#"))
    async with editing(root, pulling()) as editor:
        empty = types.WorkspaceDiagnosticParams([])
        report = await editor.client.workspace_diagnostic_async(empty)
        items = {item.uri: item for item in report.items}
        found = items[editor.uri(CONDITION)]
        assert isinstance(found, types.WorkspaceFullDocumentDiagnosticReport)
        assert codes([*found.items]) == ["dangling-reference"]
        known = types.PreviousResultId(found.uri, str(found.result_id))
        again = await editor.client.workspace_diagnostic_async(
            types.WorkspaceDiagnosticParams([known])
        )
        kinds = {item.uri: item.kind for item in again.items}
        assert kinds[editor.uri(CONDITION)] == "unchanged"
        (root / CONDITION).write_text(text)
        editor.moved(CONDITION)
        mended = await editor.client.workspace_diagnostic_async(
            types.WorkspaceDiagnosticParams([known])
        )
        (item,) = [item for item in mended.items if item.uri == editor.uri(CONDITION)]
        assert not item.items


@pytest.mark.parametrize("name", ["neovim@0.11.0", "neovim@0.9.1", "emacs@29.1"])
async def test_real_clients_get_findings_in_their_one_way(tmp_path: Path, name: str) -> None:
    async with editing(corpus(tmp_path), name) as editor:
        text = (tmp_path / PROCEDURE).read_text().replace("about: harm", "about: harms")
        editor.open(PROCEDURE, text)
        can = editor.client.capabilities
        assert can is not None
        assert can.text_document is not None
        if can.text_document.diagnostic is None:
            assert codes(await editor.findings(PROCEDURE, version=1)) == ["not-a-choice"]
        else:
            assert codes((await editor.pull(PROCEDURE)).items) == ["not-a-choice"]
            assert editor.pushed == {}


@pytest.mark.parametrize(
    ("encodings", "chosen", "column"),
    [
        ((), "utf-16", 12),
        (("utf-8", "utf-16"), "utf-8", 14),
        (("utf-32",), "utf-32", 11),
        (("klingon",), "utf-16", 12),
    ],
)
async def test_columns_are_counted_as_agreed(
    tmp_path: Path, encodings: tuple[str, ...], chosen: str, column: int
) -> None:
    async with editing(corpus(tmp_path), encoded(*encodings) if encodings else None) as editor:
        assert editor.answer is not None
        assert editor.answer.capabilities.position_encoding == chosen
        text = (tmp_path / STUDY).read_text()
        editor.open(STUDY, text.replace("pmid: 30587520", 'pmid: "😀 2"', 1))
        (found,) = await editor.findings(STUDY, version=1)
        assert (found.range.start.character, found.range.end.character) == (6, column)


async def test_files_that_change_on_disk_are_read_again(tmp_path: Path) -> None:
    async with editing(corpus(tmp_path)) as editor:
        editor.open(PROCEDURE)
        assert await editor.findings(PROCEDURE, version=1) == []
        (watch,) = editor.registered
        assert watch.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        (tmp_path / STUDY).unlink()
        editor.moved(STUDY)
        version = editor.change(PROCEDURE, (tmp_path / PROCEDURE).read_text())
        gone = await editor.findings(PROCEDURE, version=version)
        assert set(codes(gone)) == {"dangling-reference"}
        shutil.copy(RECORDS / "src/curate/scaffold" / STUDY, tmp_path / STUDY)
        editor.moved(STUDY)
        assert await editor.findings(PROCEDURE, without="dangling-reference") == []


async def test_a_folder_that_goes_takes_its_records_with_it(tmp_path: Path) -> None:
    async with editing(corpus(tmp_path)) as editor:
        editor.open(PROCEDURE)
        await editor.findings(PROCEDURE, version=1)
        (tmp_path / "records/studies").rename(tmp_path / "away")
        editor.moved("records/studies")
        version = editor.change(PROCEDURE, (tmp_path / PROCEDURE).read_text())
        found = await editor.findings(PROCEDURE, version=version)
        assert set(codes(found)) == {"dangling-reference"}
        (tmp_path / "away").rename(tmp_path / "records/studies")
        editor.moved("records/studies")
        assert await editor.findings(PROCEDURE, without="dangling-reference") == []


async def test_what_is_open_counts_before_what_is_on_disk(tmp_path: Path) -> None:
    async with editing(corpus(tmp_path)) as editor:
        editor.open(PROCEDURE)
        await editor.findings(PROCEDURE, version=1)
        (tmp_path / PROCEDURE).write_text("id: [\n")
        editor.moved(PROCEDURE)
        text = (RECORDS / "src/curate/scaffold" / PROCEDURE).read_text()
        version = editor.change(PROCEDURE, text + "\n")
        assert await editor.findings(PROCEDURE, version=version) == []


async def test_a_file_outside_of_any_corpus_stays_quiet(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    root = corpus(tmp_path / "corpus")
    (tmp_path / "other.yaml").write_text("a: [")
    (root / ".github").mkdir()
    async with editing(root, pulling(), folders=[tmp_path]) as editor:
        for path in ("../other.yaml", "other.yaml", ".github/x.yaml", "records/README.md"):
            editor.open(path, "a: [")
            assert not (await editor.pull(path)).items
        where = types.Position(0, 2)
        nothing = editor.document("../other.yaml")
        client = editor.client
        assert await client.text_document_hover_async(types.HoverParams(nothing, where)) is None
        completion = types.CompletionParams(nothing, where)
        assert await client.text_document_completion_async(completion) is None
        definition = types.DefinitionParams(nothing, where)
        assert not await client.text_document_definition_async(definition)
        symbols = types.DocumentSymbolParams(nothing)
        assert not await client.text_document_document_symbol_async(symbols)
        rename = types.RenameParams(nothing, where, "x")
        assert await client.text_document_rename_async(rename) is None


async def test_two_corpora_do_not_know_each_other(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        corpus(tmp_path / name)
    (tmp_path / "two" / STUDY).unlink()
    folders = [tmp_path / "one", tmp_path / "two"]
    async with editing(tmp_path, folders=folders) as editor:
        editor.open(f"one/{PROCEDURE}")
        editor.open(f"two/{PROCEDURE}")
        assert await editor.findings(f"one/{PROCEDURE}", version=1) == []
        found = await editor.findings(f"two/{PROCEDURE}", version=1, having="dangling-reference")
        assert set(codes(found)) == {"dangling-reference"}
        # A folder that is closed is forgotten, and its findings are taken back.
        editor.close(f"two/{PROCEDURE}")
        folder = types.WorkspaceFolder(editor.uri("two"), "two")
        event = types.WorkspaceFoldersChangeEvent(added=[], removed=[folder])
        editor.client.workspace_did_change_workspace_folders(
            types.DidChangeWorkspaceFoldersParams(event)
        )
        assert await editor.findings(f"two/{PROCEDURE}", without="dangling-reference") == []


async def test_a_corpus_that_cannot_be_read_is_named_once_and_then_read(tmp_path: Path) -> None:
    root = corpus(tmp_path)
    good = (root / "curate.toml").read_text()
    (root / "curate.toml").write_text("[corpus\n")
    async with editing(root) as editor:
        editor.open(PROCEDURE, "id: [")
        while not editor.client.messages:
            await editor.client.wait_for_notification(types.WINDOW_SHOW_MESSAGE)
        assert "is not TOML" in editor.client.messages[0].message
        (root / "curate.toml").write_text(good)
        editor.moved("curate.toml")
        assert codes(await editor.findings(PROCEDURE, version=1)) == ["syntax-error"]
        (root / "curate.toml").write_text("[corpus\n")
        editor.moved("curate.toml")
        version = editor.change(PROCEDURE, "id: {")
        assert codes(await editor.findings(PROCEDURE, version=version)) == ["syntax-error"]
        assert len(editor.client.messages) == 1


async def test_nothing_is_ever_written(tmp_path: Path) -> None:
    root = corpus(tmp_path)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    async with editing(root) as editor:
        text = (root / STUDY).read_text()
        editor.open(STUDY, text.replace("pmid: 30587520", 'pmid: "PMID 30587520"'))
        (found,) = await editor.findings(STUDY, version=1)
        action = types.CodeActionParams(
            editor.document(STUDY), found.range, types.CodeActionContext([found])
        )
        assert await editor.client.text_document_code_action_async(action)
        rename = types.RenameParams(editor.document(STUDY), at(text, "id: hori|sawa-2019"), "x")
        assert await editor.client.text_document_rename_async(rename)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


async def test_a_push_client_is_not_asked_to_refresh(tmp_path: Path) -> None:
    async with editing(corpus(tmp_path), pushed_to()) as editor:
        editor.open(PROCEDURE)
        await editor.findings(PROCEDURE, version=1)
        assert editor.refreshed == 0
