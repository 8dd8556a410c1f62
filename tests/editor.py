"""Play an editor: start the real `curate lsp`, and talk to it over its standard streams."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import coverage
from lsprotocol import types
from pygls.uris import from_fs_path
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities, make_test_lsp_client

SERVER = ("-m", "curate", "lsp", "--stdio")
PATIENCE = 40


def pushed_to() -> types.ClientCapabilities:
    """Return what an editor can do that knows of no pulling."""
    return types.ClientCapabilities(
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(
                document_changes=True,
                resource_operations=[types.ResourceOperationKind.Rename],
            ),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(
                dynamic_registration=True
            ),
        ),
        text_document=types.TextDocumentClientCapabilities(
            document_symbol=types.DocumentSymbolClientCapabilities(
                hierarchical_document_symbol_support=True
            ),
            rename=types.RenameClientCapabilities(prepare_support=True),
        ),
    )


def pulling() -> types.ClientCapabilities:
    """Return what an editor can do that asks for findings."""
    found = pushed_to()
    assert found.text_document is not None
    assert found.workspace is not None
    found.text_document.diagnostic = types.DiagnosticClientCapabilities()
    found.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    return found


def encoded(*encodings: str) -> types.ClientCapabilities:
    """Return what an editor can do that counts positions in one of these ways."""
    found = pushed_to()
    found.general = types.GeneralClientCapabilities(position_encodings=[*encodings])
    return found


class Editor:
    """An editor with some documents open."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client = client
        self.root = root
        self.pushed: dict[str, list[types.PublishDiagnosticsParams]] = {}
        self.registered: list[types.Registration] = []
        self.refreshed = 0
        self.answer: types.InitializeResult | None = None
        self._changed = asyncio.Event()
        self._versions: dict[str, int] = {}

    def uri(self, path: str) -> str:
        found = from_fs_path(str(self.root / path))
        assert found is not None
        return found

    @property
    def opened(self) -> frozenset[str]:
        return frozenset(self._versions)

    def open(self, path: str, text: str | None = None) -> None:
        shown = (self.root / path).read_text(encoding="utf-8") if text is None else text
        self._versions[path] = 1
        document = types.TextDocumentItem(self.uri(path), "yaml", 1, shown)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))

    def change(self, path: str, text: str) -> int:
        self._versions[path] += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self._versions[path], self.uri(path)),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )
        return self._versions[path]

    def close(self, path: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.document(path)))

    def moved(self, *paths: str) -> None:
        """Say that files have changed on disk."""
        changes = [types.FileEvent(self.uri(path), types.FileChangeType.Changed) for path in paths]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))

    def document(self, path: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(path))

    async def findings(
        self, path: str, *, version: int | None = None, having: str = "", without: str = ""
    ) -> list[types.Diagnostic]:
        """Wait for what is pushed of a file: of a version, with a rule's name and without one.

        What others have to do with comes later than what follows from the file alone.
        """
        async with asyncio.timeout(PATIENCE):
            while True:
                for params in reversed(self.pushed.get(self.uri(path), [])[-1:]):
                    names = [found.code for found in params.diagnostics]
                    is_named = without not in names and (not having or having in names)
                    if is_named and (version is None or params.version == version):
                        return [*params.diagnostics]
                self._changed.clear()
                await self._changed.wait()

    async def after(self, path: str, count: int) -> list[types.Diagnostic]:
        """Wait until findings of a file were pushed more often than so many times."""
        async with asyncio.timeout(PATIENCE):
            while len(self.pushed.get(self.uri(path), [])) <= count:
                self._changed.clear()
                await self._changed.wait()
        return [*self.pushed[self.uri(path)][-1].diagnostics]

    async def pull(self, path: str, previous: str | None = None) -> Any:
        return await self.client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(self.document(path), previous_result_id=previous)
        )

    async def refreshes(self, count: int) -> None:
        """Wait until the editor was told so often to ask again."""
        async with asyncio.timeout(PATIENCE):
            while self.refreshed < count:
                self._changed.clear()
                await self._changed.wait()

    def listen(self) -> None:
        """Keep what the server says of its own accord, in place of the client's own way."""
        client = self.client
        for method in (
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS,
            types.CLIENT_REGISTER_CAPABILITY,
            types.WORKSPACE_DIAGNOSTIC_REFRESH,
        ):
            client.protocol.fm.features.pop(method, None)

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def pushed(params: types.PublishDiagnosticsParams) -> None:
            self.pushed.setdefault(params.uri, []).append(params)
            self._changed.set()

        @client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params: types.RegistrationParams) -> None:
            self.registered.extend(params.registrations)
            self._changed.set()

        @client.feature(types.WORKSPACE_DIAGNOSTIC_REFRESH)
        def refresh(_: None) -> None:
            self.refreshed += 1
            self._changed.set()


@asynccontextmanager
async def editing(
    root: Path,
    capabilities: types.ClientCapabilities | str | None = None,
    *,
    folders: list[Path] | None = None,
    options: Any = None,
) -> AsyncIterator[Editor]:
    """Start a server for an editor with some folders open, and end both."""
    client: Any = await ClientServerConfig(
        [sys.executable, *measured(), *SERVER], client_factory=make_test_lsp_client
    ).start()
    editor = Editor(client, root)
    editor.listen()
    can = client_capabilities(capabilities) if isinstance(capabilities, str) else capabilities
    opened = [
        types.WorkspaceFolder(str(from_fs_path(str(one))), one.name) for one in folders or [root]
    ]
    editor.answer = await client.initialize_session(
        types.InitializeParams(
            capabilities=can or pushed_to(),
            workspace_folders=opened,
            initialization_options=options,
        )
    )
    try:
        yield editor
    finally:
        async with asyncio.timeout(PATIENCE):
            await client.shutdown_session()
            await client.stop()


def measured() -> list[str]:
    """Return how to run Python so that what the server runs counts as tested, if that is asked."""
    now = coverage.Coverage.current()
    if now is None:
        return []
    file = Path(str(now.config.data_file)).resolve()
    settings = Path(__file__).parent.parent / "pyproject.toml"
    options = ["--parallel-mode", f"--rcfile={settings}", f"--data-file={file}"]
    return ["-m", "coverage", "run", *options]


def at(text: str, marked: str) -> types.Position:
    """Return the position of the `|` in a piece of a text, in UTF-16."""
    before, after = marked.split("|")
    assert text.count(before + after) == 1, f"{marked} stands {text.count(before + after)} times"
    offset = text.index(before + after) + len(before)
    line = text.count("\n", 0, offset)
    start = text.rfind("\n", 0, offset) + 1
    return types.Position(line, len(text[start:offset].encode("utf-16-le")) // 2)


def edited(text: str, edits: list[types.TextEdit]) -> str:
    """Return a text with edits made, as an editor does, in UTF-16."""
    for edit in sorted(
        edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True
    ):
        start, end = _offset(text, edit.range.start), _offset(text, edit.range.end)
        text = text[:start] + edit.new_text + text[end:]
    return text


def _offset(text: str, position: types.Position) -> int:
    lines = text.split("\n")
    before = sum(len(line) + 1 for line in lines[: position.line])
    if position.line >= len(lines):
        return len(text)
    line = lines[position.line].encode("utf-16-le")[: 2 * position.character]
    return before + len(line.decode("utf-16-le"))


SCAFFOLD = Path(__file__).parent.parent / "src" / "curate" / "scaffold" / "records"
STUDY = "records/studies/horisawa-2019.yaml"
PROCEDURE = "records/procedures/ventro-oral-thalamotomy.yaml"
CONDITION = "records/conditions/focal-hand-dystonia.yaml"
REFERENCE = "records/references/pmid-30587520.yaml"


def corpus(folder: Path) -> Path:
    """Write the five records that every new corpus begins with."""
    shutil.copytree(SCAFFOLD, folder / "records")
    (folder / "curate.toml").write_text('[corpus]\nname = "x"\npublish = ["in_review"]\n')
    return folder
