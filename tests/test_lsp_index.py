"""What an editor is told from the index is what a check from nothing finds, whatever happens."""

import asyncio
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol import types

from curate import config, index, source
from curate.finding import Finding
from curate.index import Unsure, place, standing, working
from curate.index.standing import Standing
from curate.lsp import home as homes
from curate.lsp.completion import completion
from curate.lsp.home import Home
from curate.lsp.homes import Address, Homes, is_record
from curate.lsp.hover import hover
from curate.lsp.navigate import definition, references
from curate.lsp.renaming import workspace_edit
from curate.pipeline import check, load
from curate.refusal import Refusal
from curate.source import Obstacle, Source
from editing import Step, steps
from editor import (
    CONDITION,
    PROCEDURE,
    REFERENCE,
    STUDY,
    at,
    corpus,
    editing,
    pulling,
    pushed_to,
)

T = TypeVar("T")
HOWS = ("typed", "saved", "behind", "silent", "closed", "checked out", "validated")
TOML = '[corpus]\nname = "x"\npublish = ["in_review", "approved"]\nmax_reference_age = "12 mo"\n'


class Desk:
    """A corpus in an editor, and what happens to it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "records").mkdir(parents=True)
        (root / "curate.toml").write_text(TOML)
        self.home = Home(root, "utf-16")
        self.typed: dict[str, bytes] = {}

    def validate(self) -> None:
        """Bring the index up to date, as `curate validate` does beside the editor."""
        index.check(self.root, config.load(self.root), staged=False).close()

    def git(self, *arguments: str) -> None:
        author = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *author, *arguments], cwd=self.root, check=True, capture_output=True)

    def write(self, step: Step) -> list[str]:
        written = []
        for change in step:
            path = change if isinstance(change, str) else change.path
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(change, str):
                file.unlink(missing_ok=True)
            elif isinstance(change, Obstacle):
                file.write_bytes(b"#" * (source.MAX_BYTES + 1))
            else:
                file.write_bytes(change.data)
            written.append(path)
        return written

    def type(self, step: Step) -> None:
        """Let an editor show texts that nobody has saved; what it cannot show is saved."""
        for change in step:
            if isinstance(change, Source) and is_record(change.path):
                text = change.data.decode("utf-8", "replace")
                self.surely(lambda path=change.path, text=text: self.home.put(path, text, 1))
                self.typed[change.path] = text.encode()
            else:
                paths = self.write((change,))
                self.surely(lambda paths=paths: self.home.look(paths))

    def close(self) -> None:
        for path in [*self.typed]:
            del self.typed[path]
            self.surely(lambda path=path: self.home.close(path))

    def do(self, how: str, step: Step) -> None:
        if how == "typed":
            self.type(step)
            return
        if how == "closed":
            self.close()
        if how == "checked out":
            self.git("add", "-A")
            self.git("commit", "-q", "--allow-empty", "-m", "x")
        written = self.write(step)
        if how == "validated":
            self.validate()
        if how == "checked out":
            self.git("add", "-A")
            self.git("stash", "-q")
            (self.root / "records").mkdir(exist_ok=True)  # git keeps no empty folder
        if how in {"behind", "checked out"}:
            self.surely(lambda: self.home.look(["records"]))
        elif how == "silent":
            self.home.again()
        else:
            self.surely(lambda: self.home.look(written))

    def surely(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except Unsure:
            self.home.again()
            return work()

    def told(self) -> dict[str, list[Finding]]:
        found = self.surely(self.home.findings)
        self.home.let_go()
        return {path: several for path, several in found.items() if several}

    def expected(self) -> dict[str, list[Finding]]:
        files = {item.path: item for item in source.find(self.root)}
        typed = {path: Source(path, text) for path, text in self.typed.items()}
        found = (item for _, item in sorted({**files, **typed}.items()))
        expected: dict[str, list[Finding]] = {}
        for finding in check(load(found, config.load(self.root))).standing:
            expected.setdefault(finding.path, []).append(finding)
        return expected


@contextmanager
def _desks() -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as name:
        yield Desk(Path(name) / "corpus")


@pytest.mark.parametrize("indexed", [True, False], ids=["indexed", "in memory"])
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(done=steps(), data=st.data())
def test_after_any_edits_an_editor_is_told_what_is_found_from_nothing(
    done: list[Step], data: st.DataObject, *, indexed: bool
) -> None:
    with _desks() as desk, pytest.MonkeyPatch.context() as patch:
        # So that files grow old enough within a test for their times to be believed, and what is
        # kept in mind is often let go.
        patch.setattr(working, "TICK", 20_000_000)
        patch.setattr(standing, "MOST_ENTRIES", 1)
        patch.setattr(standing, "MOST_PAGES", 2)
        desk.git("init", "-q")
        desk.write(done[0])
        if indexed:
            desk.validate()
        assert desk.home.begin()
        workspace = desk.home._workspace  # noqa: SLF001 - no two ways may be one
        assert workspace is not None
        assert isinstance(workspace.kept, Standing) == indexed
        for step in done[1:]:
            desk.do(data.draw(st.sampled_from(HOWS)), step)
            assert desk.told() == desk.expected()
            time.sleep(0.025)
            assert desk.told() == desk.expected()
        desk.close()
        assert desk.told() == desk.expected()
        desk.home.close_all()


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a corpus that counts as a large one, with an index of its own."""
    monkeypatch.setattr(homes, "FEW", 0)
    monkeypatch.setenv(place.VARIABLE, str(tmp_path / "cache"))
    root = corpus(tmp_path / "corpus")
    index.check(root, config.load(root), staged=False).close()
    return root


def index_of(root: Path) -> Path:
    folder = place.folder()
    assert folder is not None
    return place.index_of(root, working.NAME, folder)


def kept(home: Home) -> Standing:
    workspace = home._workspace  # noqa: SLF001 - what is not to be seen is what is tested
    assert workspace is not None
    assert isinstance(workspace.kept, Standing)
    return workspace.kept


def names(found: list[Finding]) -> list[str]:
    return [one.name for one in found]


def test_before_there_is_an_index_an_open_file_is_told_what_follows_from_it_alone(
    many: Path,
) -> None:
    index_of(many).unlink()
    home = Home(many, "utf-16")
    text = (many / PROCEDURE).read_text()
    wrong = text.replace("horisawa-2019#permanent", "nobody-1999#permanent")
    home.put(PROCEDURE, wrong + "synonyms:\n  - ' padded'\n", 2)
    assert not home.begin()
    assert names(home.findings_of(PROCEDURE)) == ["padded-text"]
    assert home.findings().keys() == {PROCEDURE}
    assert home.news() == {PROCEDURE}
    home.put(PROCEDURE, text, 3)
    assert home.findings_of(PROCEDURE) == []
    # The others are known by the names of their files.
    buffer = home.buffer(PROCEDURE)
    assert buffer is not None
    where = at(text, "horisawa-2019#perma|nent")
    book = Homes("utf-16")
    (found,) = definition(book, home, PROCEDURE, where)
    assert found.uri.endswith(STUDY)
    assert "**Any permanent" in str(hover(home, PROCEDURE, where))
    assert references(book, home, PROCEDURE, where, with_declaration=True)
    offered = completion(home, PROCEDURE, at(text, "horis|awa-2019#permanent"))
    assert "horisawa-2019#" in [item.label for item in offered.items]
    with pytest.raises(Refusal, match="still being read"):
        workspace_edit(book, Address(home, PROCEDURE), where, "lasting", moves=True)
    assert list(home.waived_in()) == []
    home.close(PROCEDURE)
    assert home.findings() == {}
    assert home.buffer(STUDY) is not None
    assert home.buffer("records/studies/nobody.yaml") is None
    assert home.exact("records/studies/\udcff.yaml") is None


def test_an_index_is_made_beside_the_editor_and_nothing_typed_meanwhile_is_lost(
    many: Path,
) -> None:
    index_of(many).unlink()
    home = Home(many, "utf-16")
    assert not home.begin()

    async def prepare() -> None:
        made = asyncio.create_task(home.prepare())
        await asyncio.sleep(0)
        text = (many / STUDY).read_text()
        home.put(STUDY, text.replace("id: permanent", "id: lasting"), 1)
        await made

    asyncio.run(prepare())
    assert index_of(many).exists()
    home.begin_anyway()
    assert kept(home)
    assert set(names(home.findings_of(PROCEDURE))) == {"dangling-reference"}
    home.close_all()


def test_an_index_that_is_no_longer_wanted_is_not_waited_for(many: Path) -> None:
    home = Home(many, "utf-16")

    async def prepare() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(home.prepare(), 0.05)

    asyncio.run(prepare())


@pytest.mark.parametrize("where", ["", "file", "file/below"])
def test_where_no_index_can_be_kept_the_editor_has_one_of_its_own(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv(place.VARIABLE, str(tmp_path / where) if where else "")
    home = Home(many, "utf-16")
    assert not home.begin()
    asyncio.run(home.prepare())
    home.begin_anyway()
    assert kept(home)
    assert home.findings().keys() == {REFERENCE, STUDY}
    home.again()
    assert kept(home)
    scratch = home._scratch  # noqa: SLF001 - see above
    assert scratch is not None
    assert [path.suffix for path in Path(scratch.name).iterdir()].count(".curate-index") == 1
    home.close_all()
    assert not Path(scratch.name).exists()


@pytest.mark.parametrize("damage", ["no index", "empty", "cut", "another's"])
def test_a_damaged_index_is_made_anew(many: Path, damage: str) -> None:
    path = index_of(many)
    data = path.read_bytes()
    spoilt = {"no index": b"x" * 9000, "empty": b"", "cut": data[: len(data) // 2]}
    path.write_bytes(spoilt.get(damage, data))
    if damage == "another's":
        (many / "curate.toml").write_text('[corpus]\nname = "y"\npublish = ["in_review"]\n')
    home = Home(many, "utf-16")
    assert not home.begin()
    asyncio.run(home.prepare())
    home.begin_anyway()
    assert kept(home)
    assert names(home.findings_of(REFERENCE)) == ["reference-not-verified"]


def test_where_no_index_can_be_made_all_is_read(many: Path) -> None:
    index_of(many).unlink()
    home = Home(many, "utf-16")
    assert not home.begin()
    home.begin_anyway()
    assert home.is_whole
    assert names(home.findings_of(REFERENCE)) == ["reference-not-verified"]
    assert home.labels("condition") == {CONDITION: "Task-specific focal hand dystonia"}
    home.let_go()
    shutil.rmtree(many / "records")
    with pytest.raises(Refusal, match="There is no folder"):
        Home(many, "utf-16")


def test_an_index_that_is_far_behind_is_brought_up_to_date_elsewhere(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homes, "_BEHIND", 1)
    for path in (STUDY, PROCEDURE):
        (many / path).write_text((many / path).read_text() + "# Another line.\n")
    home = Home(many, "utf-16")
    assert not home.begin()
    asyncio.run(home.prepare())
    assert home.begin()
    assert kept(home)


def test_an_index_that_another_process_writes_is_opened_again(many: Path) -> None:
    home = Home(many, "utf-16")
    assert home.begin()
    text = (many / STUDY).read_text()
    (many / STUDY).write_text(text.replace("id: permanent", "id: lasting"))
    index.check(many, config.load(many), staged=False).close()
    with pytest.raises(Unsure):
        home.exact(STUDY)
    home.again()
    assert home.news() is None
    assert set(names(home.findings_of(PROCEDURE))) == {"dangling-reference"}


def test_a_file_that_changed_without_a_word_is_noticed_when_it_is_read(many: Path) -> None:
    home = Home(many, "utf-16")
    assert home.begin()
    (many / STUDY).write_text((many / STUDY).read_text() + "# Another line.\n")
    with pytest.raises(Unsure):
        home.buffer(STUDY)
    with pytest.raises(Unsure):
        home.exact(STUDY)
    home.again()
    buffer = home.buffer(STUDY)
    assert buffer is not None
    assert buffer.text.endswith("# Another line.\n")


def test_the_index_is_asked_and_what_was_read_is_let_go(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "MOST_ENTRIES", 2)
    home = Home(many, "utf-16")
    assert home.begin()
    read = kept(home)._loaded  # noqa: SLF001 - see above
    assert home.findings().keys() == {REFERENCE, STUDY}
    assert home.labels("condition") == {CONDITION: "Task-specific focal hand dystonia"}
    assert not read
    home.put(PROCEDURE, (many / PROCEDURE).read_text() + "note: x\n", 1)
    text = (many / PROCEDURE).read_text()
    where = at(text, "horis|awa-2019#permanent")
    book = Homes("utf-16")
    assert references(book, home, PROCEDURE, where, with_declaration=True)
    assert CONDITION in read
    for path in (STUDY, CONDITION, REFERENCE):
        home.exact(path)
    home.let_go()
    # What is open was never saved, so that it cannot be read again.
    assert PROCEDURE in read
    assert len(read) <= 3


def test_titles_and_ids_are_those_of_what_is_typed(many: Path) -> None:
    home = Home(many, "utf-16")
    assert home.begin()
    assert home.labels("condition") == {CONDITION: "Task-specific focal hand dystonia"}
    (label,) = home.labels("reference").values()
    assert label.startswith("Safety and long-term efficacy")
    assert label.endswith("… (Neurology 2019)")
    text = (many / CONDITION).read_text()
    home.put(
        CONDITION, text.replace("title: Task-specific focal hand dystonia", "title: Another"), 1
    )
    assert home.labels("condition") == {CONDITION: "Another"}
    home.put(CONDITION, text.replace("title: Task-specific focal hand dystonia", "title: [1]"), 2)
    assert home.labels("condition") == {CONDITION: ""}
    assert home.corpus.ids("condition") == ["focal-hand-dystonia"]
    home.put(CONDITION, text.replace("id: focal-hand", "id: hand"), 3)
    assert home.corpus.ids("condition") == ["focal-hand-dystonia", "hand-dystonia"]
    home.put(CONDITION, "id: [", 4)
    home.close(CONDITION)
    (many / CONDITION).unlink()
    home.look([CONDITION])
    assert home.labels("condition") == {}
    assert home.corpus.ids("condition") == []
    assert home.buffer(CONDITION) is None


def test_a_pull_that_changes_many_files_is_looked_at_in_one_go(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homes, "_ONE_BY_ONE", 1)
    home = Home(many, "utf-16")
    assert home.begin()
    home.put(STUDY, (many / STUDY).read_text(), 1)
    (many / STUDY).unlink()
    (many / CONDITION).unlink()
    home.look([STUDY, CONDITION])
    # What is open stays as the editor shows it.
    assert {found.message.split("`")[1] for found in home.findings_of(PROCEDURE)} == {
        "focal-hand-dystonia"
    }
    home.close(STUDY)
    assert "horisawa-2019" in {found.message.split("`")[1] for found in home.findings_of(PROCEDURE)}


def test_another_configuration_is_another_corpus(many: Path) -> None:
    home = Home(many, "utf-16")
    assert home.begin()
    before = kept(home)
    home.reload()
    assert kept(home) is before
    (many / "curate.toml").write_text('[corpus]\nname = "x"\npublish = ["approved"]\n')
    home.put(PROCEDURE, "id: [", 1)
    home.reload()
    assert not home.is_whole
    assert names(home.findings_of(PROCEDURE)) == ["syntax-error"]
    home.begin_anyway()
    assert home.corpus.config.publish == ("approved",)


@pytest.mark.asyncio
async def test_a_large_corpus_is_told_of_as_soon_as_its_index_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(place.VARIABLE, str(tmp_path / "cache"))
    root = corpus(tmp_path / "corpus")
    for number in range(homes.FEW):
        text = f"id: pain-{number}\ntitle: Pain {number}\nstatus: draft\n"
        (root / f"records/conditions/pain-{number}.yaml").write_text(text)
    text = (root / PROCEDURE).read_text()
    wrong = text.replace("horisawa-2019#permanent", "horisawa-2019#permanant")
    showing = pushed_to()
    showing.window = types.WindowClientCapabilities(work_done_progress=True)
    async with editing(root, showing) as editor:
        editor.open(PROCEDURE, wrong + "synonyms:\n  - ' padded'\n")
        assert codes(await editor.findings(PROCEDURE, version=1)) == ["padded-text"]
        version = editor.change(PROCEDURE, wrong)
        while codes(await editor.findings(PROCEDURE, version=version)) != ["dangling-reference"]:
            await editor.after(PROCEDURE, len(editor.pushed[editor.uri(PROCEDURE)]))
        assert editor.client.progress_reports
    # The next time, all is known at once, also to an editor that asks.
    async with editing(root, pulling()) as editor:
        editor.open(PROCEDURE, wrong)
        report = await editor.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
        assert editor.uri(PROCEDURE) in {item.uri for item in report.items if item.items}
        assert codes((await editor.pull(PROCEDURE)).items) == ["dangling-reference"]


@pytest.mark.asyncio
async def test_an_editor_that_watches_no_files_is_told_of_them_all_the_same(tmp_path: Path) -> None:
    root = corpus(tmp_path)
    blind = pushed_to()
    assert blind.workspace is not None
    blind.workspace.did_change_watched_files = None
    async with editing(root, blind) as editor:
        editor.open(PROCEDURE)
        assert await editor.findings(PROCEDURE, version=1) == []
        assert editor.registered == []
        text = (root / STUDY).read_text()
        (root / STUDY).write_text(text.replace("id: permanent", "id: lasting"))
        found = await editor.after(PROCEDURE, len(editor.pushed[editor.uri(PROCEDURE)]))
        assert set(codes(found)) == {"dangling-reference"}
        (root / STUDY).write_text(text)
        assert await editor.findings(PROCEDURE, without="dangling-reference") == []


def codes(found: list[types.Diagnostic]) -> list[str]:
    return [str(one.code) for one in found]
