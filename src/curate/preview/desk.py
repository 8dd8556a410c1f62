"""A corpus on the desk: what is saved is checked, and shown as soon as it can be read."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Condition
from typing import NamedTuple, TypeVar

from curate import config, git, index, source
from curate.config import PUBLISHABLE, Config
from curate.corpus import Corpus
from curate.finding import Finding
from curate.formats.html.files import ASSETS, INDEX, asset, makers
from curate.formats.html.page import Page, written
from curate.formats.html.pages.search import index as search_index
from curate.formats.html.site import Site
from curate.index import Unsure, place
from curate.index.standing import Standing, stand
from curate.kinds import FOLDERS
from curate.library import Held
from curate.on_disk import Watch
from curate.preview.framed import Frame, framed, mark_of, stand_in
from curate.refusal import Refusal
from curate.report import Report
from curate.workspace import Workspace

_SHOWN = ("draft", *PUBLISHABLE)
"""Whoever edits wants to see what is not published yet."""

_BEHIND = 1000
"""From more changed files than these on, an index is brought up to date like a new one."""

T = TypeVar("T")

_HTML = "text/html; charset=utf-8"


class File(NamedTuple):
    """What an address shows: its type and its bytes."""

    media_type: str
    data: bytes
    found: bool = True


class Desk:
    """A corpus that is being edited, as pages; safe to ask from several threads."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._changed = Condition()
        self._version = 0
        self._trouble = ""
        self._files: dict[str, File] = {}
        self._last: dict[str, Page] = {}
        # Looked at first: what is saved while it is read counts as a change.
        self._watch = Watch(root)
        self._good = Held(())
        with self._changed:
            self._read_all(git.commit(root) if not git.differs(root) else None, jobs=None)

    def look(self) -> set[str]:
        """Take in what was saved since the last look, and return the files that it was."""
        with self._changed:
            try:
                changed = self._watch.changed()
                self._take_in(changed)
                trouble = ""
            except Refusal as refusal:
                changed, trouble = set(), str(refusal)
            if changed or trouble != self._trouble:
                self._trouble = trouble
                self._surely(self._show)
            return changed

    def prepare(self) -> None:
        """Read all records, which the first page would otherwise have to wait for."""
        with self._changed:
            self._surely(self._gather)

    @property
    def report(self) -> Report:
        """What the checks find now."""
        with self._changed:
            return self._report

    def file(self, address: str) -> File:
        """Return what an address shows, such as `studies/liu-2020.html`; made when it is asked."""
        with self._changed:
            try:
                if address not in self._files:
                    self._files[address] = self._surely(lambda: self._file(address))
            except (Refusal, Unsure) as error:
                said = f"The corpus cannot be read now: {error}\n"
                return File("text/plain; charset=utf-8", said.encode(), found=False)
            return self._files[address]

    def wait(self, address: str, mark: str, seconds: float) -> bool:
        """Wait until an address shows something else than is marked; tell whether it does."""
        with self._changed:
            if mark_of(self.file(address).data) != mark:
                return True
            version = self._version
            self._changed.wait_for(lambda: self._version != version, seconds)
            return self._version != version and mark_of(self.file(address).data) != mark

    def _read_all(self, commit: str | None, jobs: int | None = 1) -> None:
        """Read the corpus afresh: at the start, and once its configuration changes."""
        self._config = config.load(self._root)
        self._commit = commit
        self._open(jobs)

    def _open(self, jobs: int | None) -> None:
        """Take the corpus from its index, or read all where none can be had."""
        self._workspace = _from_index(self._root, self._config, jobs) or Workspace(
            source.find(self._root), self._config
        )
        self._outdated: set[str] | None = None
        self._show()

    def _surely(self, work: Callable[[], T]) -> T:
        """Do it, and once more where the disk or the index turned out to have changed meanwhile."""
        try:
            return work()
        except Unsure:
            self._open(jobs=1)
            return work()

    def _take_in(self, changed: set[str]) -> None:
        if changed:
            # The records are no longer those of a commit, whatever they were before.
            self._commit = None
        if config.FILE in changed:
            try:
                self._read_all(None)
            except Refusal:
                self._watch.forget(config.FILE)
                raise
        for path in sorted(changed - {config.FILE}):
            self._surely(partial(self._take, path))

    def _take(self, path: str) -> None:
        if self._outdated is not None:
            self._outdated.add(path)
        try:
            self._workspace.put(source.read(self._root, path))
        except Refusal:
            if (self._root / path).exists():
                self._watch.forget(path)
                raise
            self._workspace.drop(path)

    def _show(self) -> None:
        """Let the pages be those of the present corpus, and wake up whoever waits for that."""
        self._report = self._workspace.report()
        self._site: Site | None = None
        self._files = {}
        self._version += 1
        self._changed.notify_all()

    def _gather(self) -> Site:
        """Return the site of all records that can be read, or else as they could be read last."""
        corpus = self._workspace.corpus
        try:
            self._gather_records(corpus)
        except Refusal as refusal:
            # Shown are those that could be read; the next look at the disk tries again.
            self._trouble = str(refusal)
        if self._site is None:
            shown = self._config._replace(publish=_SHOWN)
            self._site = Site(Corpus(self._good, shown, self._commit))
            self._makers: dict[str, Callable[[], Page]] = dict(makers(self._site))
            if isinstance(self._workspace.kept, Standing):
                self._workspace.kept.let_go()
        return self._site

    def _gather_records(self, corpus: Corpus) -> None:
        """Take in the records that came or changed since the site was last made."""
        outdated = self._outdated
        if outdated is None:
            outdated = {entry.path for entry in (*corpus.entries, *self._good.entries())}
        for path in outdated:
            entry = corpus.at(path)
            if entry is None:
                self._good.drop(path)
            elif entry.record is not None:
                self._good.put(entry)
        self._outdated = set()

    def _file(self, address: str) -> File:
        if address in ASSETS:
            return File(ASSETS[address], asset(address))
        site = self._gather()
        if address == INDEX:
            return File("text/javascript", b"".join(search_index(site)))
        if address.endswith((".csv", ".svg")):
            return self._download(address)
        return self._page(site, address)

    def _page(self, site: Site, address: str) -> File:
        frame = self._frame(address)
        if address not in self._makers:
            page = stand_in(site, address, frame)
            return File(_HTML, framed(written(site, page), frame), found=False)
        try:
            page = self._makers[address]()
            self._last[address] = page
        except Exception as error:  # noqa: BLE001 - whatever a half-written record does to a page
            frame = frame._replace(failed=type(error).__name__)
            page = self._last.get(address) or stand_in(site, address, frame)
        return File(_HTML, framed(written(site, page), frame))

    def _download(self, address: str) -> File:
        """Return a table or a picture of a page as its file: `<page>.<name>.csv` or `.svg`."""
        start, _, suffix = address.rpartition(".")
        name, _, part = start.rpartition(".")
        make = self._makers.get(f"{name}.html")
        page = make() if make is not None else None
        for table in page.tables if page is not None and suffix == "csv" else ():
            if table.name == part:
                return File("text/csv; charset=utf-8", table.csv())
        for picture in page.pictures if page is not None and suffix == "svg" else ():
            if picture.name == part:
                return File("image/svg+xml", picture.file())
        return File("text/plain; charset=utf-8", b"There is no such file.\n", found=False)

    def _frame(self, address: str) -> Frame:
        path = _path_of(address)
        entry = self._workspace.corpus.at(path) if path else None
        return Frame(
            path=path if entry is not None else "",
            broken=entry is not None and entry.record is None,
            findings=self._findings(path) if entry is not None else (),
            lines=entry.document if entry is not None else None,
            report=self._report,
            trouble=self._trouble,
        )

    def _findings(self, path: str) -> tuple[Finding, ...]:
        found = self._workspace.findings_of(path)
        return tuple(finding for finding in found if finding.waived is None)


def _from_index(root: Path, settings: Config, jobs: int | None) -> Workspace | None:
    """Open a corpus by its index, which is made or brought up to date by so many processes."""
    within = place.folder()
    if within is None:
        return None
    for is_made in (False, True):
        try:
            if is_made:
                index.check(root, settings, staged=False, jobs=jobs).close()
            kept, corpus = stand(root, settings, (), within=within, most=_BEHIND)
        except Unsure:
            continue
        return Workspace.over(kept, corpus)
    return None


def _path_of(address: str) -> str:
    """Return the file whose record an address shows, if it shows one."""
    folder, _, name = address.partition("/")
    known = folder in FOLDERS and name.endswith(".html") and name != "index.html"
    return f"{source.RECORDS}/{folder}/{name.removesuffix('.html')}.yaml" if known else ""
