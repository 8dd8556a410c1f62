"""npm's yaml-language-server, old and new, knows our records, offline."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from click.testing import CliRunner
from lsprotocol import types
from pytest_lsp import ClientServerConfig, make_test_lsp_client

from curate import config
from curate.cli.schemas import command
from curate.corpus_schema import corpus_schema
from curate.kinds import FOLDERS, KINDS
from curate.pipeline import load
from curate.published import schema
from curate.refusal import Refusal
from curate.source import find
from editor import CONDITION, PATIENCE, PROCEDURE, REFERENCE, STUDY, Editor, at, corpus

MEASURE = "records/measures/tsfd-scale.yaml"
VERSIONS = ("1.19.2", "2")
SETTINGS = {
    "yaml": {
        "schemaStore": {"enable": False},
        "validate": True,
        "hover": True,
        "completion": True,
        "format": {"enable": True},
    },
    "http": {"proxy": "http://127.0.0.1:9", "proxyStrictSSL": True},
}


@pytest.fixture(scope="module", params=VERSIONS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the command of a yaml-language-server, or skip where none can be installed."""
    if not request.config.getoption("--npm"):
        pytest.skip("needs the npm registry; run with --npm")
    program = shutil.which("npm")
    node = shutil.which("node")
    if program is None or node is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("npm")
    options = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"]
    wanted = f"yaml-language-server@{request.param}"
    try:
        done = subprocess.run(
            [program, "install", *options, "--prefix", str(folder), wanted],
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("the npm registry does not answer")
    if done.returncode:
        pytest.skip(f"npm cannot install it: {done.stderr.strip()[-200:]}")
    package = folder / "node_modules" / "yaml-language-server"
    return [node, str(package / "bin" / "yaml-language-server"), "--stdio"]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a corpus whose schemas name its ids."""
    monkeypatch.chdir(corpus(tmp_path))
    assert CliRunner().invoke(command, standalone_mode=False).return_value == 0
    return tmp_path


@asynccontextmanager
async def opened(server: list[str], root: Path) -> AsyncIterator[Editor]:
    """Start the server as an editor does that has it check and complete YAML."""
    client: Any = await ClientServerConfig(server, client_factory=make_test_lsp_client).start()
    client.set_configuration(SETTINGS)
    editor = Editor(client, root)
    editor.listen()
    folder = types.WorkspaceFolder(editor.uri("."), "corpus")
    markdown = [types.MarkupKind.Markdown]
    await client.initialize_session(
        types.InitializeParams(
            capabilities=types.ClientCapabilities(
                workspace=types.WorkspaceClientCapabilities(configuration=True),
                text_document=types.TextDocumentClientCapabilities(
                    hover=types.HoverClientCapabilities(content_format=markdown),
                    completion=types.CompletionClientCapabilities(
                        completion_item=types.ClientCompletionItemOptions(
                            snippet_support=True, documentation_format=markdown
                        )
                    ),
                ),
            ),
            workspace_folders=[folder],
        )
    )
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(SETTINGS))
    try:
        yield editor
    finally:
        async with asyncio.timeout(PATIENCE):
            await client.shutdown_session()
            await client.stop()


async def completed(editor: Editor, path: str, marked: str) -> dict[str, types.CompletionItem]:
    """Return what is offered at the `|` of a text, by label."""
    text = marked.replace("|", "", 1)
    if path in editor.opened:
        editor.change(path, text)
    else:
        editor.open(path, text)
    before = marked.partition("|")[0]
    where = types.Position(before.count("\n"), len(before.rpartition("\n")[2]))
    found: Any = await editor.client.text_document_completion_async(
        types.CompletionParams(editor.document(path), where)
    )
    return {item.label: item for item in found.items}


async def hovered(editor: Editor, path: str, marked: str) -> str:
    """Return what is shown at the `|` of a record as it stands on disk."""
    text = (editor.root / path).read_text()
    if path not in editor.opened:
        editor.open(path, text)
    found: Any = await editor.client.text_document_hover_async(
        types.HoverParams(editor.document(path), at(text, marked))
    )
    # Old versions escape what Markdown might take for its own.
    value: str = found.contents.value
    return value.replace("\\", "")


def head(kind: str) -> str:
    return f"# yaml-language-server: $schema=../../schemas/{kind}.schema.json\nid: x\n"


# With the real server -------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_every_kind_is_checked_without_a_false_alarm(server: list[str], root: Path) -> None:
    async with opened(server, root) as editor:
        for path in (STUDY, PROCEDURE, CONDITION, MEASURE, REFERENCE):
            editor.open(path)
            assert await editor.findings(path) == []
            text = (root / path).read_text()
            (found,) = await changed(editor, path, text.replace("status: in_", "status: on_"))
            assert "in_review" in found.message
            (found,) = await changed(editor, path, f"{text}sttus: draft\n")
            assert "sttus" in found.message
            assert await changed(editor, path, text.replace("title:", "titel:", 1))


async def changed(editor: Editor, path: str, text: str) -> list[types.Diagnostic]:
    """Change a text and wait for its findings; the server does not say of which version."""
    before = len(editor.pushed[editor.uri(path)])
    editor.change(path, text)
    return await editor.after(path, before)


@pytest.mark.asyncio
async def test_fields_words_and_ids_are_completed_for_every_kind(
    server: list[str], root: Path
) -> None:
    fields = {
        "study": "adverse_events",
        "procedure": "technique",
        "condition": "synonyms",
        "measure": "direction",
        "reference": "journal",
    }
    folders = {kind: folder for folder, kind in FOLDERS.items()}
    async with opened(server, root) as editor:
        for kind, field in fields.items():
            path = f"records/{folders[kind]}/x.yaml"
            assert field in await completed(editor, path, f"{head(kind)}|\n")
            words = await completed(editor, path, f"{head(kind)}status: |\n")
            assert {"draft", "in_review", "approved", "retired"} <= set(words)
        offered = await completed(editor, "records/studies/x.yaml", head("study") + "pmid: |\n")
        assert "30587520" in offered
        listed = head("study") + "procedures:\n  - |\n"
        offered = await completed(editor, "records/studies/x.yaml", listed)
        assert "ventro-oral-thalamotomy" in offered
        claim = head("procedure") + "claims:\n  - id: a\n    evidence:\n      - |\n"
        offered = await completed(editor, "records/procedures/x.yaml", claim)
        assert "horisawa-2019#permanent" in offered
        score = head("study") + "outcomes:\n  - id: a\n    measure: |\n"
        assert "tsfd-scale" in await completed(editor, "records/studies/x.yaml", score)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("path", "marked", "wanted"),
    [
        (STUDY, "des|ign: retro", "The design, in the nearest of these words."),
        (STUDY, "design: retro|spective", "People treated earlier were looked up in records."),
        (STUDY, "  - ventro-oral-tha|lamotomy", "Ventro-oral thalamotomy"),
        (PROCEDURE, "techni|que: Radio", "How it acts"),
        (CONDITION, "syno|nyms:", "Other names"),
        (MEASURE, "direc|tion: higher", "higher value means that the patient is better"),
        (REFERENCE, "jour|nal: Neuro", "abbreviation in PubMed"),
    ],
)
async def test_fields_and_values_are_explained(
    server: list[str], root: Path, path: str, marked: str, wanted: str
) -> None:
    async with opened(server, root) as editor:
        assert wanted in await hovered(editor, path, marked)


@pytest.mark.asyncio
async def test_every_shipped_record_is_fine_to_the_server(server: list[str]) -> None:
    root = Path(__file__).parent.parent
    async with opened(server, root) as editor:
        for folder in FOLDERS:
            for path in sorted((root / "records" / folder).glob("*.yaml"))[:4]:
                name = f"records/{folder}/{path.name}"
                editor.open(name)
                assert await editor.findings(name) == [], name


# Without it -----------------------------------------------------------------------------------


def test_lists_change_no_verdict(tmp_path: Path) -> None:
    root = corpus(tmp_path)
    read = load(find(root), config.load(root))
    for kind in KINDS:
        made = corpus_schema(kind, read)
        judge = jsonschema_rs.Draft202012Validator(made)
        for entry in read.entries:
            if entry.kind == kind:
                assert judge.is_valid(entry.document.value)
                other = {**(entry.document.value or {}), "replaced_by": "an-id-of-tomorrow"}
                assert judge.is_valid(other)
                assert not judge.is_valid({**other, "replaced_by": "No Id"})


def test_every_field_that_names_a_record_has_its_list(tmp_path: Path) -> None:
    root = corpus(tmp_path)
    made = corpus_schema("study", load(find(root), config.load(root)))
    listed = made["properties"]["procedures"]["items"]["anyOf"][0]
    assert listed == {
        "enum": ["ventro-oral-thalamotomy"],
        "enumDescriptions": ["Ventro-oral thalamotomy"],
    }
    assert made["properties"]["pmid"]["anyOf"][0]["enum"] == [30587520]
    assert made["properties"]["overlaps"]["items"]["anyOf"][0]["enum"] == ["horisawa-2019"]
    assert made["$defs"]["Outcome"]["properties"]["measure"]["anyOf"][0]["enum"] == ["tsfd-scale"]
    assert "anyOf" not in made["$defs"]["Outcome"]["properties"]["group"]


def test_a_corpus_without_records_has_no_lists(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "curate.toml").write_text('[corpus]\nname = "x"\n')
    read = load(find(tmp_path), config.load(tmp_path))
    assert corpus_schema("procedure", read) == schema("procedure")


def test_schemas_are_written_once_and_then_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus(tmp_path))
    check = CliRunner().invoke(command, ["--check"], standalone_mode=False)
    assert check.return_value == 1
    assert check.output.startswith("schemas/procedure.schema.json is not up to date; run ")
    assert not (tmp_path / "schemas").exists()
    assert "schemas/study.schema.json was written\n" in CliRunner().invoke(command).output
    for arguments in ([], ["--check"]):
        done = CliRunner().invoke(command, arguments, standalone_mode=False)
        assert (done.return_value, done.output) == (0, "the schemas are up to date\n")
    text = (tmp_path / CONDITION).read_text().replace("id: focal", "id: other-focal")
    (tmp_path / "records/conditions/other-focal-hand-dystonia.yaml").write_text(text)
    assert CliRunner().invoke(command, ["--check"], standalone_mode=False).return_value == 1
    assert CliRunner().invoke(command, standalone_mode=False).return_value == 0
    listed = (tmp_path / "schemas/study.schema.json").read_text()
    assert '"other-focal-hand-dystonia"' in listed


def test_the_programs_own_schemas_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus(tmp_path))
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/export.schema.json").write_text("{}")
    with pytest.raises(Refusal, match="program's own"):
        CliRunner().invoke(command, standalone_mode=False, catch_exceptions=False)
