"""What a process keeps in memory from check to check changes nothing of what is found."""

import mmap
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate import config, index, source, watch
from curate.index import memory as memories
from curate.index import watched, working
from curate.index.memory import Memory
from curate.index.watched import Watched
from curate.index.working import Working
from curate.watch import Unwatched, Watch
from editing import EXAMPLES, Step, steps
from test_index import SLOW, Place

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux is asked to tell")

RECORD = "records/conditions/tremor.yaml"
GOOD = "id: tremor\ntitle: Tremor\nstatus: draft\n"
BAD = "id: tremor\ntitel: Tremor\nstatus: draft\n"


@contextmanager
def _remembering() -> Iterator[Memory]:
    memory = memories.remember()
    try:
        yield memory
    finally:
        memories.forget_all()


@contextmanager
def _folder() -> Iterator[Path]:
    # Files in memory are told of as others are.
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture
def here(tmp_path: Path) -> Place:
    made = Place(tmp_path / "corpus")
    for example in EXAMPLES[::40]:
        made.do(tuple(example))
    (made.root / RECORD).write_text(GOOD)
    return made


@pytest.fixture
def memory(here: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    """Have everything watched, and nothing in doubt."""
    monkeypatch.setattr(working, "TICK", 0)
    here.said()
    with _remembering() as made:
        for _ in range(3):
            here.said()
            made.catch_up()
        yield made


def _no_look(view: Working) -> dict[str, object]:
    raise AssertionError(f"{view} looked at every file")


@pytest.fixture
def only_told(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> Memory:
    """Fail where files are looked at that nothing was told of."""
    monkeypatch.setattr(Working, "_stamps", _no_look)
    return memory


@settings(max_examples=25, suppress_health_check=SLOW)
@given(steps(), st.lists(st.booleans(), min_size=8, max_size=8))
def test_after_any_edits_what_was_watched_is_told_as_without_an_index(
    done: list[Step], waits: list[bool]
) -> None:
    with _folder() as folder, _remembering() as memory, pytest.MonkeyPatch.context() as patch:
        patch.setattr(working, "TICK", 20_000_000)
        here = Place(folder / "corpus")
        here.said()
        for step, wait in zip(done, waits, strict=False):
            here.do(step)
            here.said()
            memory.catch_up()
            if wait:
                time.sleep(0.025)
            here.said()
            memory.catch_up()


@settings(max_examples=10, suppress_health_check=SLOW)
@given(steps(), st.lists(st.booleans(), min_size=8, max_size=8))
def test_after_any_edits_what_was_remembered_of_git_is_told_as_without_an_index(
    done: list[Step], commits: list[bool]
) -> None:
    with _folder() as folder, _remembering() as memory:
        here = Place(folder / "corpus")
        here.commit()
        here.said(staged=True)
        for step, commit in zip(done, commits, strict=False):
            here.do(step)
            here.git("add", "-A")
            here.said(staged=True)
            memory.catch_up()
            if commit:
                here.commit()
                here.said(staged=True)
                memory.catch_up()


def test_a_file_is_not_looked_at_unless_something_is_told_of_it(
    here: Place, only_told: Memory
) -> None:
    before = here.said()
    only_told.catch_up()
    (here.root / RECORD).write_text(BAD)
    (here.root / "records/conditions/.tremor.yaml.swp").write_text("x")
    (here.root / "records/conditions/notes.md").write_text("x")
    assert here.said() != before
    only_told.catch_up()
    (here.root / RECORD).write_text(GOOD)
    assert here.said() == before


def _by_another_name(path: Path) -> None:
    other = path.parents[2] / "another-name"
    os.link(path, other)
    other.write_text(BAD)


def _by_a_map(path: Path) -> None:
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as mapped:
        at = mapped.find(b"title")
        mapped[at : at + 5] = b"titel"


def _by_the_new_one_in_its_place(path: Path) -> None:
    new = path.with_name(".new")
    new.write_text(BAD)
    new.replace(path)


def _with_the_old_time(path: Path) -> None:
    seen = path.stat()
    path.write_text(BAD)
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def _by_who_keeps_it_open(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY)
    os.pwrite(handle, BAD.encode(), 0)
    os.truncate(handle, len(BAD))


def _by_a_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("essential-tremor.yaml")


def _by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "change",
    [
        _by_another_name,
        _by_a_map,
        _by_the_new_one_in_its_place,
        _with_the_old_time,
        _by_who_keeps_it_open,
        _by_a_link,
        _by_a_folder,
        Path.unlink,
    ],
)
def test_however_a_file_is_changed_it_is_seen(
    here: Place, memory: Memory, change: Callable[[Path], None]
) -> None:
    before = here.said()
    memory.catch_up()
    change(here.root / RECORD)
    assert here.said() != before
    memory.catch_up()
    here.said()


def _moves_the_corpus_away(root: Path) -> None:
    shutil.copytree(root, root.with_name("new"))
    root.rename(root.with_name("old"))
    root.with_name("new").rename(root)
    (root / RECORD).write_text(BAD)


def _moves_a_folder_away(root: Path) -> None:
    folder = root / "records/conditions"
    folder.rename(root / "conditions")
    folder.mkdir()


def _moves_a_folder_in(root: Path) -> None:
    other = root.with_name("other")
    other.mkdir()
    (other / "tremor.yaml").write_text(BAD)
    other.rename(root / "records/other")


def _does_more_than_is_told(root: Path) -> None:
    for number in range(20_000):
        os.utime(root / RECORD, (number, number))
        os.utime(root / "records", (number, number))
    (root / RECORD).write_text(BAD)


def _has_another_process_check(root: Path) -> None:
    (root / RECORD).write_text(BAD)
    kept, memories._memory = memories._memory, None  # noqa: SLF001 - another process has none
    with closing(index.check(root, config.load(root), staged=False)):
        memories._memory = kept  # noqa: SLF001 - likewise


@pytest.mark.parametrize(
    "change",
    [
        _moves_the_corpus_away,
        _moves_a_folder_away,
        _moves_a_folder_in,
        _does_more_than_is_told,
        _has_another_process_check,
    ],
)
def test_where_it_is_not_told_which_files_have_changed_all_are_looked_at(
    here: Place,
    memory: Memory,
    change: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = here.said()
    memory.catch_up()
    change(here.root)
    looked, stamps = [], Working._stamps  # noqa: SLF001 - to count

    def look(view: Working) -> dict[str, object]:
        looked.append(view)
        return stamps(view)

    monkeypatch.setattr(Working, "_stamps", look)
    assert here.said() != before
    assert looked
    memory.catch_up()
    here.said()
    memory.catch_up()
    looked.clear()
    here.said()
    assert not looked


def test_what_is_changed_while_it_is_checked_is_seen_by_the_next(
    here: Place, only_told: Memory
) -> None:
    before = here.said()
    (here.root / RECORD).write_text(BAD)  # what was found is not yet saved
    only_told.catch_up()
    assert here.said() != before


def test_an_index_that_goes_while_it_is_to_be_saved_is_made_anew(
    here: Place, memory: Memory
) -> None:
    (here.root / RECORD).write_text(BAD)
    said = here.said()
    for path in here.kept:
        path.unlink()
    memory.catch_up()
    assert here.said() == said
    memory.catch_up()
    assert here.said() == said


def test_a_damaged_index_is_not_answered_for_from_memory(here: Place, memory: Memory) -> None:
    said = here.said()
    memory.catch_up()
    (path,) = here.kept
    path.write_bytes(path.read_bytes()[:5000])
    assert here.said() == said


def test_no_more_is_kept_than_there_is_room_for(
    here: Place, memory: Memory, tmp_path: Path
) -> None:
    said = here.said()
    memory.catch_up()
    for number in range(6):
        other = Place(tmp_path / f"other-{number}")
        other.do(tuple(EXAMPLES[number]))
        for _ in range(3):
            other.said()
            memory.catch_up()
    assert len(memory._watched) == 2  # noqa: SLF001 - no other way to see it
    assert len(memory._pages) == 4  # noqa: SLF001 - likewise
    for number in range(600):
        (here.root / f"records/conditions/c-{number}.yaml").write_text(GOOD)
    here.said()
    memory.catch_up()
    assert len(memory._entries) <= 512  # noqa: SLF001 - likewise
    for number in range(600):
        (here.root / f"records/conditions/c-{number}.yaml").unlink()
    assert here.said() == said


@pytest.mark.parametrize("lack", ["_LOCAL", "most", "inotify", "handles", "unreadable"])
def test_what_cannot_be_watched_is_looked_at(
    here: Place, lack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if lack == "_LOCAL":  # others may change what is there
        monkeypatch.setattr(watch, "_LOCAL", frozenset())
    elif lack == "most":
        monkeypatch.setattr(watched, "most_files", lambda: 0)
    elif lack == "inotify":
        monkeypatch.setattr(watch.ctypes, "CDLL", lambda *_, **__: object())
    elif lack == "handles":
        monkeypatch.setattr(watch.ctypes, "CDLL", lambda *_, **__: _NoHandles)
    else:
        monkeypatch.setattr(Watch, "add", _refuse)
    with pytest.raises(Unwatched):
        Watched(here.root)
    before = here.said()
    with _remembering() as memory:
        for text in (BAD, GOOD):
            (here.root / RECORD).write_text(text)
            said = here.said()
            memory.catch_up()
    assert said == before


class _NoHandles:
    """A system on which no more can be opened to watch with."""

    inotify_init1 = staticmethod(lambda _: -1)


def _refuse(_: Watch, path: str, __: int) -> int:
    raise PermissionError(path)


def test_a_file_that_may_no_longer_be_read_is_refused(
    here: Place, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here.root / RECORD).write_text(BAD)
    monkeypatch.setattr(Watch, "add", _refuse)
    assert here.said()
    memory.catch_up()
    here.said()


def test_what_is_mounted_elsewhere_is_no_change(
    here: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching = Watched(here.root)
    with closing(watching):
        mounts = here.root / "mounts"
        monkeypatch.setattr(watched, "_MOUNTS", mounts)
        line = "1 1 0:1 / {} rw - tmpfs none rw\n"
        mounts.write_text(line.format("/elsewhere"))
        assert not watching._has_mounts()  # noqa: SLF001 - mounting needs an administrator
        mounts.write_text(line.format(here.root / "records/studies"))
        assert watching._has_mounts()  # noqa: SLF001 - likewise
        shutil.rmtree(here.root / source.RECORDS)
        with pytest.raises(Unwatched):
            watching.changed()


def test_how_many_files_may_be_watched_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert watch.most_files() > 0
    monkeypatch.setattr(watch.Path, "read_text", _no_file)
    assert watch.most_files() == 0


def _no_file(path: Path, **_: str) -> str:
    raise FileNotFoundError(path)
