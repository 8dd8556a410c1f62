"""What git's index says to who reads the file is what it says to git."""

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate import config, index
from curate.index import memory as memories
from curate.index import staged
from curate.index.git_index import Snapshot, Unusual, snapshot
from curate.index.git_place import git_place
from curate.index.memory import Memory
from curate.refusal import Refusal
from editing import EXAMPLES
from test_index import Place

pytestmark = pytest.mark.usefixtures("no_git_settings")

SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
RECORD = "records/conditions/tremor.yaml"
GOOD = "id: tremor\ntitle: Tremor\nstatus: draft\n"
BAD = "id: tremor\ntitel: Tremor\nstatus: draft\n"


class Repository:
    """A corpus that git holds, and what git says of it."""

    def __init__(self, root: Path) -> None:
        self.place = Place(root)
        self.root = root
        for number in range(6):
            self.write(number, 0)
        self.place.git("init", "-q", "-b", "main")
        self.place.commit()
        self.base = self.place.git("rev-parse", "HEAD^{tree}").strip()

    def write(self, number: int, text: int) -> str:
        path = f"records/studies/{'abcdefgh'[number]}.yaml"
        (self.root / path).parent.mkdir(exist_ok=True)
        (self.root / path).write_text(f"id: x\ntitle: {text}\n")
        return path

    def git(self, *arguments: str) -> None:
        """Do what can be done."""
        with suppress(subprocess.CalledProcessError):
            self.place.git(*arguments)

    @property
    def data(self) -> bytes:
        place = git_place(self.root)
        assert place is not None
        data = place.read()
        assert data is not None
        return data

    def differ(self) -> staged.Differences:
        return staged._against(self.root, self.base)  # noqa: SLF001 - this is what is replaced

    def is_plain(self) -> bool:
        """Tell whether nothing is only intended to be added."""
        flags = re.findall(r"flags: ([0-9a-f]+)", self.place.git("ls-files", "--debug"))
        return not any(int(flag, 16) & 0x20000000 for flag in flags)


Act = Callable[[Repository, int, int], object]
ACTS: dict[str, Act] = {
    "write": lambda one, number, text: one.git("add", one.write(number, text)),
    "edit": lambda one, number, text: one.write(number, text),
    "add all": lambda one, *_: one.git("add", "-A"),
    "intend": lambda one, number, text: one.git("add", "-N", one.write(number, text)),
    "remove": lambda one, number, _: one.git(
        "rm", "-qf", f"records/studies/{'abcdefgh'[number]}.yaml"
    ),
    "move": lambda one, number, _: one.git(
        "mv", "-f", f"records/studies/{'abcdefgh'[number]}.yaml", "records/studies/moved.yaml"
    ),
    "mode": lambda one, number, _: one.git(
        "update-index", "--chmod=+x", f"records/studies/{'abcdefgh'[number]}.yaml"
    ),
    "assume": lambda one, number, _: one.git(
        "update-index", "--assume-unchanged", f"records/studies/{'abcdefgh'[number]}.yaml"
    ),
    "skip": lambda one, number, _: one.git(
        "update-index", "--skip-worktree", f"records/studies/{'abcdefgh'[number]}.yaml"
    ),
    "refresh": lambda one, *_: one.git("status"),
    "commit": lambda one, *_: one.git("commit", "-q", "--allow-empty", "-m", "x"),
    "commit all": lambda one, *_: one.git("commit", "-qa", "--allow-empty", "-m", "x"),
    "branch": lambda one, number, _: one.git("branch", "-f", f"other-{number % 2}"),
    "check out": lambda one, number, _: one.git("checkout", "-qf", f"other-{number % 2}"),
    "reset": lambda one, *_: one.git("reset", "-q", "--hard"),
    "unstage": lambda one, *_: one.git("reset", "-q"),
    "stash": lambda one, *_: one.git("stash", "-q"),
    "read a tree": lambda one, *_: one.git("read-tree", "HEAD"),
}


@settings(max_examples=25, suppress_health_check=SLOW)
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 7), st.integers(0, 3)),
        min_size=4,
        max_size=10,
    ),
    is_three=st.booleans(),
)
def test_whatever_git_is_told_the_differences_are_those_that_it_tells(
    acts: list[tuple[str, int, int]], *, is_three: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one = Repository(Path(folder) / "corpus")
        if is_three:
            one.git("update-index", "--skip-worktree", "curate.toml")
        known: Snapshot | None = snapshot(one.data)
        before = one.differ()
        for name, number, text in acts:
            ACTS[name](one, number, text)
            now, data = one.differ(), one.data
            try:
                if known is not None:
                    compared = known.compared(data)
                    assert staged._moved(before, compared.changes, b"") == now  # noqa: SLF001
                    assert compared.snapshot().starts == snapshot(data).starts
                known = snapshot(data)
            except Unusual:
                assert not one.is_plain()
                known = None
            before = now


@pytest.fixture
def memory() -> Iterator[Memory]:
    yield memories.remember()
    memories.forget_all()


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return _corpus(tmp_path / "corpus")


def _corpus(root: Path) -> Place:
    made = Place(root)
    for example in EXAMPLES[::40]:
        made.do(tuple(example))
    (root / RECORD).write_text(GOOD)
    return made


class Asked:
    """How often git was asked for the differences, since this was last asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._count, ask = 0, staged._against  # noqa: SLF001 - to count

        def count(root: Path, tree: str) -> staged.Differences:
            self._count += 1
            return ask(root, tree)

        monkeypatch.setattr(staged, "_against", count)

    def take(self) -> int:
        count, self._count = self._count, 0
        return count


@pytest.fixture
def asked(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> Asked:
    assert memory is not None
    return Asked(monkeypatch)


def _said(here: Place) -> list[str]:
    """Check as a process that stays does."""
    said = here.said(staged=True)
    memory = memories.current_memory()
    assert memory is not None
    memory.catch_up()
    return said


def _warm(here: Place, asked: Asked) -> list[str]:
    """Have everything known."""
    for _ in range(2):
        said = _said(here)
    asked.take()
    return said


def _stage(here: Place, text: str) -> None:
    (here.root / RECORD).write_text(text)
    here.git("add", "-A")


def test_git_is_asked_once_and_then_the_file_is_compared(here: Place, asked: Asked) -> None:
    here.commit()
    said = _warm(here, asked)
    _stage(here, BAD)
    assert _said(here) != said
    (here.root / "records/conditions/more.yaml").write_text("id: more\n")
    here.git("rm", "-q", "--cached", EXAMPLES[0][0].path)
    here.git("add", "-A", "records/conditions")
    _said(here)
    here.commit()
    _said(here)
    here.git("checkout", "-q", "HEAD~1")
    assert _said(here) == said
    assert asked.take() == 0


def test_a_corpus_below_the_top_of_its_repository_is_known_too(
    tmp_path: Path, asked: Asked
) -> None:
    top = tmp_path / "töp"
    here = _corpus(top / "docs" / "corpus")
    subprocess.run(["git", "init", "-q", top], check=True)
    (top / "records").mkdir()
    here.git("add", "-A", top.as_posix())
    here.git("commit", "-qm", "x")
    said = _warm(here, asked)
    (top / "records/a.yaml").write_text("x")
    (top / "docs/b.yaml").write_text("x")
    here.git("add", "-A", top.as_posix())
    assert _said(here) == said
    _stage(here, BAD)
    assert _said(here) != said
    assert asked.take() == 0
    (here.root.parent / "HEAD").write_text("as in a folder of git's own")
    assert _said(here) != said
    assert asked.take() == 1


def test_a_hook_has_its_own_index_compared(
    tmp_path: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tmp_path / "top"
    here = _corpus(top / "corpus")
    subprocess.run(["git", "init", "-q", top], check=True)
    here.git("add", "-A")
    here.git("commit", "-qm", "x")
    said = _warm(here, asked)
    hook = top / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    env, go = tmp_path / "env", tmp_path / "go"
    hook.write_text(f"#!/bin/sh\nenv -0 >{env}.new && mv {env}.new {env}\n")
    with hook.open("a") as script:
        script.write(f"while [ ! -e {go} ]; do sleep 0.01; done\n")
    hook.chmod(0o755)
    for arguments in (["-a"], [], ["-o", RECORD]):
        (here.root / RECORD).write_text(f"{BAD}# {arguments}\n")
        if not arguments:
            here.git("add", "-A")
        author = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        command = ["git", *author, "commit", "-q", "-m", "x", *arguments]
        committing = subprocess.Popen(command, cwd=here.root)
        try:
            while not env.exists():
                assert committing.poll() is None
                time.sleep(0.01)
            with monkeypatch.context() as patch:
                for line in env.read_text().split("\0"):
                    name, _, value = line.partition("=")
                    if name.startswith("GIT_"):
                        patch.setenv(name, value)
                assert "GIT_INDEX_FILE" in os.environ
                assert _said(here) != said
        finally:
            go.touch()
            committing.wait()
        env.unlink()
        go.unlink()
        assert _said(here) != said
        assert asked.take() == 0, arguments


def _four(here: Place) -> None:
    here.git("update-index", "--index-version", "4")


def _split(here: Place) -> None:
    here.git("update-index", "--split-index")


def _sparse(here: Place) -> None:
    here.git("sparse-checkout", "set", "--cone", "--sparse-index", "records/conditions")


def _worktree(here: Place) -> None:
    here.git("config", "core.worktree", here.root.as_posix())


def _unset(here: Place) -> None:
    (here.root / ".git/config").unlink()


def _intends(here: Place) -> None:
    (here.root / "records/conditions/new.yaml").write_text("id: new\n")
    here.git("add", "-N", "records/conditions/new.yaml")


@pytest.mark.parametrize("change", [_four, _split, _sparse, _worktree, _unset, _intends])
def test_of_an_unusual_index_git_is_asked(
    here: Place, asked: Asked, change: Callable[[Place], None]
) -> None:
    here.commit()
    _warm(here, asked)
    change(here)
    for text in (BAD, GOOD, BAD):
        (here.root / RECORD).write_text(text)
        here.git("add", "--sparse", RECORD)
        _said(here)
    assert asked.take() == 3


@pytest.mark.parametrize(
    "name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_CEILING_DIRECTORIES", "GIT_ICASE_PATHSPECS"]
)
def test_who_says_where_things_are_has_git_asked(
    here: Place, asked: Asked, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    here.commit()
    said = _warm(here, asked)
    value = {"GIT_DIR": here.root / ".git", "GIT_WORK_TREE": here.root}.get(name, "1")
    monkeypatch.setenv(name, str(value))
    _stage(here, BAD)
    assert _said(here) != said
    assert asked.take() == 1


def test_another_index_file_is_read(
    here: Place, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.commit()
    said = _warm(here, asked)
    monkeypatch.setenv("GIT_INDEX_FILE", "other")
    here.git("read-tree", "HEAD")
    _stage(here, BAD)
    other = _said(here)
    assert other != said
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert _said(here) == said
    assert asked.take() == 0
    monkeypatch.setenv("GIT_INDEX_FILE", (here.root / "other").as_posix())
    assert _said(here) == other
    assert asked.take() == 0


def test_what_does_not_fit_what_is_known_is_not_believed() -> None:
    changes = {b"records/a.yaml": ("100644 1", None)}
    with pytest.raises(Unusual):
        staged._moved({"records/a.yaml": (None, "100644 2")}, changes, b"")  # noqa: SLF001


def test_where_there_is_no_index_git_is_asked(here: Place, asked: Asked) -> None:
    here.commit()
    said = _warm(here, asked)
    (here.root / ".git/index").unlink()
    assert _said(here) != said
    assert asked.take() == 1
    here.git("add", "-A")
    assert _said(here) == said


def test_a_repository_with_sha256_has_git_asked(here: Place, asked: Asked) -> None:
    here.git("init", "-q", "--object-format=sha256")
    here.commit()
    said = _warm(here, asked)
    _stage(here, BAD)
    assert _said(here) != said
    assert asked.take() == 1
    with pytest.raises(Unusual):
        snapshot((here.root / ".git/index").read_bytes())


def test_a_linked_working_tree_has_git_asked(here: Place, asked: Asked, tmp_path: Path) -> None:
    here.commit()
    here.git("worktree", "add", "-q", (tmp_path / "linked").as_posix())
    other = Place.__new__(Place)
    other.root = tmp_path / "linked"
    said = _warm(other, asked)
    _stage(other, BAD)
    assert _said(other) != said
    assert asked.take() == 1


def test_a_folder_that_is_no_repository_does_not_hide_the_one_above(
    tmp_path: Path, asked: Asked
) -> None:
    here = _corpus(tmp_path / "top" / "corpus")
    subprocess.run(["git", "init", "-q", here.root.parent], check=True)
    (here.root / ".git").mkdir()
    here.git("add", "-A")
    here.git("commit", "-qm", "x")
    said = _warm(here, asked)
    _stage(here, BAD)
    assert _said(here) != said
    assert asked.take() == 1


def test_a_merge_is_refused_by_who_remembers_too(here: Place, asked: Asked) -> None:
    here.commit()
    here.git("branch", "-M", "main")
    here.git("branch", "other")
    _stage(here, BAD)
    here.commit()
    here.git("checkout", "-q", "other")
    _stage(here, GOOD.replace("Tremor", "Another"))
    here.commit()
    _warm(here, asked)
    with pytest.raises(subprocess.CalledProcessError):
        here.git("merge", "main")
    with pytest.raises(Refusal, match="merge"):
        index.check(here.root, config.load(here.root), staged=True)
    here.git("add", "-A")
    _said(here)
    _said(here)
    asked.take()
    _stage(here, GOOD)
    _said(here)
    assert asked.take() == 0


def test_what_is_staged_before_it_is_saved_is_seen_by_the_next(here: Place, asked: Asked) -> None:
    here.commit()
    said = _warm(here, asked)
    _stage(here, BAD)
    memory = memories.current_memory()
    assert memory is not None
    bad = here.said(staged=True)
    _stage(here, GOOD)
    memory.catch_up()
    assert _said(here) == said
    _stage(here, BAD)
    assert _said(here) == bad
    assert asked.take() == 0


def test_what_another_process_has_saved_is_not_taken_for_what_was_seen(
    here: Place, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.commit()
    said = _warm(here, asked)
    _stage(here, BAD)
    with monkeypatch.context() as patch:
        patch.setattr(memories, "_memory", None)
        with closing(index.check(here.root, config.load(here.root), staged=True)):
            assert asked.take() == 1
    _stage(here, GOOD)
    assert _said(here) == said
    assert asked.take() == 1
    _said(here)
    assert asked.take() == 0


def test_what_was_not_saved_is_not_remembered(here: Place, asked: Asked) -> None:
    here.commit()
    said = _warm(here, asked)
    memory = memories.current_memory()
    assert memory is not None
    _stage(here, BAD)
    bad = here.said(staged=True)
    for path in here.kept:
        path.unlink()
    memory.catch_up()
    assert _said(here) == bad
    _stage(here, GOOD)
    assert _said(here) == said


def test_what_is_staged_while_git_is_asked_is_not_remembered(
    here: Place, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.commit()
    _said(here)
    ask = staged._against  # noqa: SLF001 - to come between

    def between(root: Path, tree: str) -> staged.Differences:
        found = ask(root, tree)
        _stage(here, BAD)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(staged, "_against", between)
        with closing(index.check(here.root, config.load(here.root), staged=True)):
            pass
        memory.catch_up()
    asked = Asked(monkeypatch)
    _said(here)
    assert asked.take() == 1


def test_a_tree_that_git_has_lost_is_not_needed_by_who_remembers(
    here: Place, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.commit()
    (here.root / RECORD).write_text(BAD)
    here.commit()
    _warm(here, asked)
    here.git("reset", "-q", "--hard", "HEAD~1")
    here.git("reflog", "expire", "--expire=now", "--all")
    here.git("gc", "-q", "--prune=now")
    _said(here)
    monkeypatch.setattr(staged, "MOST", 0)
    _said(here)
    assert asked.take() == 0


def test_of_no_more_corpora_than_two_the_file_is_kept(tmp_path: Path, asked: Asked) -> None:
    places = [_corpus(tmp_path / f"corpus-{number}") for number in range(3)]
    for here in places:
        here.commit()
        _warm(here, asked)
    for here, expected in zip(reversed(places), (0, 0, 1), strict=True):
        _said(here)
        assert asked.take() == expected
