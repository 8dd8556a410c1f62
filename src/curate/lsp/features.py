"""What the server answers to, one function a request."""

from collections.abc import Sequence

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from curate.lsp import actions as acting
from curate.lsp import completion as completing
from curate.lsp import folding, hover, navigate, renaming, symbols
from curate.lsp.page import explanation, page, rule_named
from curate.lsp.server import Server
from curate.refusal import Refusal


def make_server() -> Server:
    """Return a server that answers all that is listed here."""
    server = Server()
    _add_documents(server)
    _add_findings(server)
    _add_help(server)
    _add_navigation(server)
    _add_rename(server)
    _add_actions(server)
    return server


def _add_documents(server: Server) -> None:
    """Answer to documents and folders that come, change and go."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.begin(params)

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        server.watch()
        folders = [folder.uri for folder in server.workspace.folders.values()]
        await server.enter(folders or [server.workspace.root_uri or ""])

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.end()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def did_open(params: types.DidOpenTextDocumentParams) -> None:
        opened = params.text_document
        await server.open(opened.uri, opened.text, opened.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def did_change(params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        text = server.workspace.get_text_document(uri).source
        await server.take(uri, text, params.text_document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def did_close(params: types.DidCloseTextDocumentParams) -> None:
        await server.close(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def did_change_files(params: types.DidChangeWatchedFilesParams) -> None:
        await server.look([change.uri for change in params.changes])

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    async def did_change_folders(params: types.DidChangeWorkspaceFoldersParams) -> None:
        await server.leave([folder.uri for folder in params.event.removed])
        await server.enter([folder.uri for folder in params.event.added])


def _add_findings(server: Server) -> None:
    """Answer clients that ask for findings."""
    options = types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=True, identifier="curate"
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def diagnostic(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        await server.quiet()
        found = await server.run(server.homes.address, params.text_document.uri)
        if found is None:
            return types.RelatedFullDocumentDiagnosticReport([])
        return await server.run(server.telling.pulled, found, params.previous_result_id)

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def workspace_diagnostic(
        params: types.WorkspaceDiagnosticParams,
    ) -> types.WorkspaceDiagnosticReport:
        await server.whole()
        return await server.run(server.telling.all_pulled, params.previous_result_ids)


def _add_help(server: Server) -> None:
    """Answer what stands at a position, and what may be written there."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def shown(params: types.HoverParams) -> types.Hover | None:
        found = await server.run(server.homes.address, params.text_document.uri)
        if found is None:
            return None
        markdown = server.client.hovers_markdown
        return await server.run(hover.hover, *found, params.position, markdown=markdown)

    options = types.CompletionOptions(trigger_characters=completing.TRIGGERS, resolve_provider=True)

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, options)
    async def complete(params: types.CompletionParams) -> types.CompletionList | None:
        found = await server.run(server.homes.address, params.text_document.uri)
        if found is None:
            return None
        return await server.run(completing.completion, *found, params.position)

    @server.feature(types.COMPLETION_ITEM_RESOLVE)
    async def resolve(item: types.CompletionItem) -> types.CompletionItem:
        markdown = server.client.completes_markdown
        return await server.run(completing.resolve, server.homes, item, markdown=markdown)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def outline(
        params: types.DocumentSymbolParams,
    ) -> Sequence[types.DocumentSymbol] | Sequence[types.SymbolInformation]:
        uri = params.text_document.uri
        found = await server.run(server.homes.address, uri)
        nested = [] if found is None else await server.run(symbols.symbols, *found)
        return nested if server.client.nests else symbols.flat(uri, nested)

    @server.feature(types.WORKSPACE_SYMBOL)
    async def search(params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        return await server.run(symbols.search, server.homes, params.query)

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    async def folded(params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        found = await server.run(server.homes.address, params.text_document.uri)
        buffer = None if found is None else await server.run(found.home.buffer, found.path)
        return folding.foldings(buffer.text, server.client.most_foldings) if buffer else []


def _add_navigation(server: Server) -> None:
    """Answer where a name is given, and where it is used."""

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location]:
        found = await server.run(server.homes.address, params.text_document.uri)
        if found is None:
            return []
        return await server.run(navigate.definition, server.homes, *found, params.position)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> list[types.Location]:
        found = await server.run(server.homes.address, params.text_document.uri)
        if found is None:
            return []
        return await server.run(
            navigate.references,
            server.homes,
            *found,
            params.position,
            with_declaration=params.context.include_declaration,
        )


def _add_rename(server: Server) -> None:
    """Answer how a name is changed wherever it stands."""

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        found = await server.run(server.homes.address, params.text_document.uri)
        if found is None:
            return None
        try:
            return await server.run(renaming.prepare, *found, params.position)
        except Refusal as refusal:
            raise JsonRpcInvalidParams(str(refusal)) from refusal

    @server.feature(types.TEXT_DOCUMENT_RENAME)
    async def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        found = await server.run(server.homes.address, params.text_document.uri)
        if found is None:
            return None
        try:
            return await server.run(
                renaming.workspace_edit,
                server.homes,
                found,
                params.position,
                params.new_name,
                moves=server.client.moves,
            )
        except Refusal as refusal:
            raise JsonRpcInvalidParams(str(refusal)) from refusal


def _add_actions(server: Server) -> None:
    """Answer what can be done about a finding."""
    kinds = [types.CodeActionKind.QuickFix, acting.FIX_ALL]

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(kinds))
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        found = await server.run(server.homes.address, uri)
        if found is None:
            return []
        only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
        return await server.run(acting.actions, *found, uri, params.range, only or None)

    @server.command(acting.EXPLAIN)
    def explain(name: str) -> str | None:
        rule = rule_named(name)
        if rule is None:
            return None
        if not server.client.shows_pages:
            said = explanation(rule)
            params = types.ShowMessageParams(types.MessageType.Info, said)
            server.window_show_message(params)
        return page(rule)
