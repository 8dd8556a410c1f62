"""The server: takes in what the editor sends, and answers from the corpus.

Everything that touches a corpus runs on one thread, in the order in which it came; the connection
is served meanwhile. Findings are pushed, or pulled where the client can: never both.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from curate import __version__
from curate.config import FILE
from curate.index import Unsure
from curate.lsp.client import Client, client_of
from curate.lsp.home import Home
from curate.lsp.homes import Homes
from curate.lsp.telling import Telling
from curate.on_disk import Watch
from curate.refusal import Refusal
from curate.source import RECORDS

P = ParamSpec("P")
T = TypeVar("T")

QUIET = 0.15
"""For how many seconds nobody must have typed before findings are looked for."""
_LOOKS = 1.0
"""Seconds between two looks at the disk, where the editor does not watch it."""
_SHARE = 10
"""How many times as long to pause as looking took."""
_MOST_TRIES = 2
_WATCHED = (f"**/{FILE}", f"**/{RECORDS}/**")


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
        self._reading: dict[Home, asyncio.Task[None]] = {}

    def begin(self, params: types.InitializeParams) -> None:
        """Note who is on the other side."""
        encoding = ServerCapabilitiesBuilder.choose_position_encoding(params.capabilities)
        self.client = client_of(params)
        self.homes = Homes(str(getattr(encoding, "value", encoding)))
        self.telling = Telling(self.homes)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do what touches a corpus, after all that came before."""
        loop = asyncio.get_running_loop()
        done = partial(self._surely, work, *args, **kwargs)
        found = await loop.run_in_executor(self._desk, done)
        self._complete()
        return found

    def _surely(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do it, and once more where the disk or an index turned out to have changed meanwhile."""
        try:
            try:
                return work(*args, **kwargs)
            except Unsure:
                for home in self.homes:
                    home.again()
                return work(*args, **kwargs)
        finally:
            for home in self.homes:
                home.let_go()

    def watch(self) -> None:
        """Ask to be told of records that change on disk, as after a pull."""
        if self.client.watches:
            watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = types.Registration("records-on-disk", method, options)
            self.client_register_capability(types.RegistrationParams([registration]))
        else:
            self._do(self._keep_looking())

    async def _keep_looking(self) -> None:
        """Look for records that change on disk, where the editor does not tell."""
        watches: dict[Path, Watch] = {}
        while True:
            took = 0.0
            for home in self.homes:
                begun = time.perf_counter()
                changed = {RECORDS}
                with suppress(Refusal):
                    if home.root in watches:
                        changed = await asyncio.to_thread(watches[home.root].changed)
                    else:
                        watches[home.root] = await asyncio.to_thread(Watch, home.root)
                    took += time.perf_counter() - begun
                    if changed:
                        await self.look([self.homes.uri(home, path) for path in changed])
            await asyncio.sleep(max(_LOOKS, _SHARE * took))

    async def enter(self, uris: Iterable[str]) -> None:
        """Open the corpora that folders of the editor are in."""
        for folder in [Path(name) for uri in uris if (name := to_fs_path(uri))]:
            await self.run(self.homes.enter, folder)
        self._entered.set()
        self._tell_if_quiet()

    def _complete(self) -> None:
        """See to it that every corpus is read as a whole, without waiting for that."""
        for home in self.homes:
            if not home.is_whole and not home.trouble and home not in self._reading:
                self._reading[home] = self._do(self._read(home))

    async def _read(self, home: Home) -> None:
        """Take a corpus from its index, which may first have to be made."""
        try:
            if not await self.run(home.begin):
                token = f"curate: reading {home.root}"
                await self._say_begun(token)
                try:
                    # Once more where the configuration, or much else, changed meanwhile.
                    for _ in range(_MOST_TRIES):
                        await home.prepare()
                        if await self.run(home.begin):
                            break
                    await self.run(home.begin_anyway)
                finally:
                    self._say_done(token)
        except Refusal as refusal:
            home.trouble = self.homes.refusals[home.root] = str(refusal)
        finally:
            del self._reading[home]
            self._tell_if_quiet()

    async def _say_begun(self, token: str) -> None:
        if self.client.shows_progress:
            await self.work_done_progress.create_async(token)
            begun = types.WorkDoneProgressBegin("Reading the records")
            self.work_done_progress.begin(token, begun)

    def _say_done(self, token: str) -> None:
        if self.client.shows_progress:
            self.work_done_progress.end(token, types.WorkDoneProgressEnd())

    async def leave(self, uris: Iterable[str]) -> None:
        """Close the corpora of folders that the editor closed."""
        for name in map(to_fs_path, uris):
            for params in await self.run(self.telling.leave, Path(name or "")):
                if not self.client.pulls:
                    self.text_document_publish_diagnostics(params)

    async def open(self, uri: str, text: str, version: int | None) -> None:
        """Take in a document that was opened, and tell at once what is found in it."""
        await self.run(self._take, uri, text, version)
        self._tell_if_quiet()

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

    def end(self) -> None:
        """Do nothing more: nobody is there to be told."""
        if self._timer is not None:
            self._timer.cancel()
        for task in self._tasks:
            task.cancel()

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

    async def whole(self) -> None:
        """Wait until every corpus that can be is read as a whole."""
        await self.quiet()
        while self._reading:
            await asyncio.wait(self._reading.values())

    def _tell_if_quiet(self) -> None:
        """Tell what is found now, or else once nobody types any more."""
        if self._still.is_set():
            self._tell_now()

    def _tell_now(self) -> None:
        self._still.set()
        self._do(self._tell())

    def _do(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Do something while all else goes on."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._told)
        return task

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
        news: dict[Home, list[str]] = {}
        for uri in uris:
            found = self.homes.place(uri)
            home = None if found is None else self.homes.enter(found[0])
            if found is None or home is None:
                continue
            news.setdefault(home, []).append(found[1])
        for home, paths in news.items():
            home.trouble = ""
            try:
                if FILE in paths:
                    home.reload()
                home.look(path for path in paths if path.split("/")[0] == RECORDS)
            except Refusal as refusal:
                self.homes.refusals[home.root] = str(refusal)
