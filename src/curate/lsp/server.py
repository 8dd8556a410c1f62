"""The server: takes in what the editor sends, and answers from the corpus.

Everything that touches a corpus runs on one thread, in the order in which it came; the connection
is served meanwhile. Findings are pushed, or pulled where the client can: never both.
"""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from curate import __version__
from curate.config import FILE
from curate.lsp.client import Client, client_of
from curate.lsp.homes import Homes
from curate.lsp.telling import Telling
from curate.refusal import Refusal

P = ParamSpec("P")
T = TypeVar("T")

QUIET = 0.15
"""For how many seconds nobody must have typed before findings are looked for."""
_WATCHED = (f"**/{FILE}", "**/records/**")


class Server(LanguageServer):
    """The corpora that are open in one editor, and what it was told of them."""

    homes: Homes
    client: Client
    telling: Telling

    def __init__(self) -> None:
        super().__init__(
            "curate", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
        )
        self._desk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="corpus")
        self._timer: asyncio.TimerHandle | None = None
        self._still = asyncio.Event()
        self._still.set()
        self._entered = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._warned: set[str] = set()

    def begin(self, params: types.InitializeParams) -> None:
        """Note who is on the other side."""
        encoding = ServerCapabilitiesBuilder.choose_position_encoding(params.capabilities)
        self.client = client_of(params)
        self.homes = Homes(str(getattr(encoding, "value", encoding)))
        self.telling = Telling(self.homes)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do what touches a corpus, after all that came before."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._desk, partial(work, *args, **kwargs))

    def watch(self) -> None:
        """Ask to be told of records that change on disk, as after a pull."""
        if self.client.watches:
            watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = types.Registration("records-on-disk", method, options)
            self.client_register_capability(types.RegistrationParams([registration]))

    async def enter(self, uris: Iterable[str]) -> None:
        """Open the corpora that folders of the editor are in."""
        folders = [Path(name) for uri in uris if (name := to_fs_path(uri))]
        token = "curate: reading the records"  # noqa: S105 - names a progress bar
        if self.client.shows_progress and folders:
            await self.work_done_progress.create_async(token)
            title = "Reading the records"
            self.work_done_progress.begin(token, types.WorkDoneProgressBegin(title))
        for folder in folders:
            await self.run(self.homes.enter, folder)
        if self.client.shows_progress and folders:
            self.work_done_progress.end(token, types.WorkDoneProgressEnd())
        self._entered.set()
        self.soon()

    async def leave(self, uris: Iterable[str]) -> None:
        """Close the corpora of folders that the editor closed."""
        for name in map(to_fs_path, uris):
            for params in await self.run(self.telling.leave, Path(name or "")):
                if not self.client.pulls:
                    self.text_document_publish_diagnostics(params)

    async def take(self, uri: str, text: str, version: int | None) -> None:
        """Take in what the editor shows of a document."""
        self.soon()
        await self.run(self._take, uri, text, version)

    async def close(self, uri: str) -> None:
        """Go back to what is on disk."""
        self.soon()
        await self.run(self._close, uri)

    async def look(self, uris: list[str]) -> None:
        """Take in what has changed on disk."""
        self.soon()
        await self.run(self._look, uris)
        if any(uri.endswith(f"/{FILE}") for uri in uris):
            # A document may lie in another corpus now, or in one at last.
            for uri, document in [*self.workspace.text_documents.items()]:
                await self.run(self._take, uri, document.source, document.version)

    def soon(self) -> None:
        """Tell what is found once nobody has typed for a moment."""
        loop = asyncio.get_running_loop()
        self._still.clear()
        if self._timer is not None:
            self._timer.cancel()
        self._timer = loop.call_later(QUIET, self._tell_now)

    async def quiet(self) -> None:
        """Wait until the corpora are open, and nobody has typed for a moment."""
        await self._entered.wait()
        await self._still.wait()

    def _tell_now(self) -> None:
        self._still.set()
        task = asyncio.get_running_loop().create_task(self._tell())
        self._tasks.add(task)
        task.add_done_callback(self._told)

    async def _tell(self) -> None:
        if not self.client.pulls:
            for params in await self.run(self.telling.news):
                self.text_document_publish_diagnostics(params)
        elif await self.run(self.telling.has_news) and self.client.refreshes:
            await self.workspace_diagnostic_refresh_async(None)
        for text in self.homes.refusals.values():
            if text not in self._warned:
                self._warned.add(text)
                self.warn(text)

    def _told(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # A bug must never look like a corpus without findings.
            self.warn(f"curate failed, and findings are missing: {error!r}")

    def warn(self, text: str) -> None:
        """Show a sentence to whoever edits."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, text))

    def _take(self, uri: str, text: str, version: int | None) -> None:
        found = self.homes.address(uri)
        if found is not None:
            found.home.put(found.path, text, version)
            self.telling.typed(found)

    def _close(self, uri: str) -> None:
        found = self.homes.address(uri)
        if found is not None:
            found.home.close(found.path)

    def _look(self, uris: list[str]) -> None:
        for uri in uris:
            found = self.homes.place(uri)
            home = None if found is None else self.homes.enter(found[0])
            if found is None or home is None:
                continue
            if found[1] == FILE:
                try:
                    home.reload()
                except Refusal as refusal:
                    self.homes.refusals[home.root] = str(refusal)
            elif found[1].split("/")[0] == "records":
                home.look(found[1])
