"""What the client is told of each file, and was told before, so that only news is sent."""

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types

from curate.finding import Finding
from curate.lsp.diagnostics import diagnostic, to_show
from curate.lsp.home import Home
from curate.lsp.homes import Address, Homes


class _Told(NamedTuple):
    """What is known to be found in a file, of which version, under the name of an answer."""

    id: str
    version: int | None
    findings: tuple[Finding, ...]


class Telling:
    """The findings as they were last told."""

    def __init__(self, homes: Homes) -> None:
        self._homes = homes
        self._told: dict[tuple[Path, str], _Told] = {}
        self._typed: set[tuple[Path, str]] = set()
        self._ids = count(1)

    def typed(self, address: Address) -> None:
        """Note that a file changed in the editor, which will ask for its findings by itself."""
        self._typed.add((address.home.root, address.path))

    def news(self) -> list[types.PublishDiagnosticsParams]:
        """Return what is to be pushed: the files of which something else is found than before."""
        self._typed.clear()
        found = []
        for home in self._homes:
            for path in self._concerned(home):
                now = home.findings_of(path)
                if self._is_news(home, path, now):
                    found.append((home, path, self._next(home, path, now)))
        # What is asked of a corpus may have to be asked again: only then is it said to be told.
        pushed = [self._pushed(*one) for one in found]
        for home, path, told in found:
            self._note(home, path, told)
        return pushed

    def has_news(self) -> bool:
        """Tell whether an open file that was not typed in has other findings than were pulled."""
        has_news = any(
            (home.root, path) not in self._typed
            and not self._is_told(home, path, home.findings_of(path))
            for home in self._homes
            for path in home.open_paths
        )
        self._typed.clear()
        return has_news

    def pulled(self, address: Address, previous: str | None) -> types.DocumentDiagnosticReport:
        """Return what is found in one file, or that it is what it was."""
        home, path = address
        told = self._tell(home, path, home.findings_of(path))
        if told.id == previous:
            return types.RelatedUnchangedDocumentDiagnosticReport(told.id)
        items = self._items(home, path, told)
        return types.RelatedFullDocumentDiagnosticReport(items, result_id=told.id)

    def all_pulled(
        self, previous: Iterable[types.PreviousResultId]
    ) -> types.WorkspaceDiagnosticReport:
        """Return what is found in every file with findings, or that had some."""
        known = {one.uri: one.value for one in previous}
        items: list[types.WorkspaceDocumentDiagnosticReport] = []
        for home in self._homes:
            for path, told in self._all(home):
                uri = self._homes.uri(home, path)
                if known.get(uri) == told.id:
                    items.append(
                        types.WorkspaceUnchangedDocumentDiagnosticReport(
                            uri, told.id, version=told.version
                        )
                    )
                else:
                    items.append(
                        types.WorkspaceFullDocumentDiagnosticReport(
                            uri,
                            self._items(home, path, told),
                            version=told.version,
                            result_id=told.id,
                        )
                    )
        return types.WorkspaceDiagnosticReport(items)

    def leave(self, folder: Path) -> list[types.PublishDiagnosticsParams]:
        """Close the corpora of a folder, and take back what was told of them."""
        found = []
        for home in self._homes.leave(folder):
            home.close_all()
            for root, path in [*self._told]:
                if root == home.root:
                    del self._told[root, path]
                    uri = self._homes.uri(home, path)
                    found.append(types.PublishDiagnosticsParams(uri, []))
        return found

    def _concerned(self, home: Home) -> list[str]:
        """Return the files of which something else may be found than was told."""
        news = home.news()
        if news is not None:
            return sorted(news)
        told = {path for root, path in self._told if root == home.root}
        return sorted(told | home.findings().keys())

    def _all(self, home: Home) -> Iterator[tuple[str, _Told]]:
        """Yield every file with findings, now or when last told."""
        now = home.findings()
        gone = [path for root, path in self._told if root == home.root and path not in now]
        for path in [*now, *gone]:
            yield path, self._tell(home, path, now.get(path, []))
        for path in gone:
            # It was said now that nothing is found in it any more.
            if home.buffer(path) is None:
                del self._told[home.root, path]

    def _is_news(self, home: Home, path: str, now: list[Finding]) -> bool:
        """Tell whether something is to be told: of a closed file nothing is if nothing was."""
        if not now and home.version(path) is None and (home.root, path) not in self._told:
            return False
        return not self._is_told(home, path, now)

    def _is_told(self, home: Home, path: str, now: list[Finding]) -> bool:
        told = self._told.get((home.root, path))
        if told is None:
            return False
        return (told.version, told.findings) == (home.version(path), tuple(now))

    def _tell(self, home: Home, path: str, now: list[Finding]) -> _Told:
        if not self._is_told(home, path, now):
            self._told[home.root, path] = self._next(home, path, now)
        return self._told[home.root, path]

    def _next(self, home: Home, path: str, now: list[Finding]) -> _Told:
        return _Told(str(next(self._ids)), home.version(path), tuple(now))

    def _note(self, home: Home, path: str, told: _Told) -> None:
        """Keep what was told; of a file that is closed and clean there is nothing to take back."""
        self._told[home.root, path] = told
        if not told.findings and told.version is None:
            del self._told[home.root, path]

    def _pushed(self, home: Home, path: str, told: _Told) -> types.PublishDiagnosticsParams:
        uri = self._homes.uri(home, path)
        return types.PublishDiagnosticsParams(uri, self._items(home, path, told), told.version)

    def _items(self, home: Home, path: str, told: _Told) -> list[types.Diagnostic]:
        shown = to_show(told.findings, is_open=told.version is not None)
        buffer = home.buffer(path) if shown else None
        return [] if buffer is None else [diagnostic(buffer, finding) for finding in shown]
