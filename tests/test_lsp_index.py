"""What an editor is told from the index is what a check from nothing finds, whatever happens."""

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

from curate import config, index, source
from curate.finding import Finding
from curate.index import Unsure, standing, working
from curate.index.standing import Standing
from curate.lsp.home import Home
from curate.lsp.homes import is_record
from curate.pipeline import check, load
from curate.source import Obstacle, Source, overlay
from editing import Step, steps

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
        found = overlay(source.find(self.root), self.typed)
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
