"""What is found with an index is what is found without, whatever happened to records or index."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import curate
from curate import config, git, index, source
from curate.config import Config
from curate.index import place, working
from curate.index.layout import FIRST
from curate.index.shelf import Shelf
from curate.index.staged import MOST
from curate.index.store import Store
from curate.index.working import Working
from curate.pipeline import check, load
from curate.refusal import Refusal
from curate.report import load_render, report_names
from curate.source import Obstacle, Source
from curate.today import VARIABLE
from editing import EXAMPLES, Step, steps

TOML = """\
[corpus]
name = "examples"
publish = ["in_review", "approved"]
max_reference_age = "12 mo"
"""
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


class Place:
    """A corpus on the disk, in git, with an index of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "records").mkdir(parents=True)
        (root / "curate.toml").write_text(TOML)

    def git(self, *arguments: str) -> str:
        author = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        done = subprocess.run(
            ["git", *author, *arguments], cwd=self.root, check=True, capture_output=True, text=True
        )
        return done.stdout

    def commit(self) -> None:
        if not (self.root / ".git").exists():
            self.git("init", "-q")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")

    def do(self, step: Step) -> None:
        for change in step:
            path = self.root / (change if isinstance(change, str) else change.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(change, str):
                path.unlink(missing_ok=True)
            elif isinstance(change, Obstacle):
                path.write_bytes(b"#" * (source.MAX_BYTES + 1))
            else:
                path.write_bytes(change.data)

    def said(self, *, staged: bool = False) -> list[str]:
        """Return what is said in every format with the index, having held it against without."""
        found = git.staged(self.root) if staged else source.find(self.root)
        settings = config.load(self.root)
        corpus = load(found, settings)
        report = check(corpus)
        with closing(index.check(self.root, settings, staged=staged)) as known:
            assert list(known.report.files) == list(report.files)
            assert len(known.report.files) == len(report.files)
            assert known.report.drafts == report.drafts
            both = []
            for name in report_names():
                render = load_render(name)
                both.append("".join(render(known.report, known.corpus)))
                assert both[-1] == "".join(render(report, corpus))
        return both

    @property
    def kept(self) -> list[Path]:
        folder = place.folder()
        assert folder is not None
        views = ("working", "staged")
        paths = [place.index_of(self.root, view, folder) for view in views]
        return [path for path in paths if path.exists()]


@contextmanager
def _places() -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as name:
        yield Place(Path(name) / "corpus")


@pytest.fixture
def here(tmp_path: Path) -> Place:
    made = Place(tmp_path / "corpus")
    for example in EXAMPLES[::40]:
        made.do(tuple(example))
    return made


@settings(max_examples=25, suppress_health_check=SLOW)
@given(steps())
def test_after_any_edits_the_working_copy_is_told_as_without_an_index(done: list[Step]) -> None:
    with _places() as here, pytest.MonkeyPatch.context() as patch:
        # So that files grow old enough within a test for their times to be believed.
        patch.setattr(working, "TICK", 20_000_000)
        here.said()
        for step in done:
            here.do(step)
            here.said()
            time.sleep(0.025)
            here.said()


@settings(max_examples=15, suppress_health_check=SLOW)
@given(steps(), st.lists(st.booleans(), min_size=8, max_size=8))
def test_after_any_edits_what_is_staged_is_told_as_without_an_index(
    done: list[Step], commits: list[bool]
) -> None:
    with _places() as here:
        here.commit()
        here.said(staged=True)
        for step, commit in zip(done, commits, strict=False):
            here.do(step)
            here.git("add", "-A")
            here.said(staged=True)
            if commit:
                here.commit()
                here.said(staged=True)
        here.git("reset", "-q", "--hard", "HEAD")
        here.said(staged=True)


def _spoil(data: bytearray, rng: random.Random) -> None:
    how = rng.randrange(4)
    at = rng.randrange(len(data))
    if how == 0:
        data[at] ^= 1 << rng.randrange(8)
    elif how == 1:
        data[at : at + 200] = rng.randbytes(len(data[at : at + 200]))
    elif how == 2:
        del data[at:]
    else:
        page = 4096 * rng.randrange(max(len(data) // 4096, 1))
        other = 4096 * rng.randrange(max(len(data) // 4096, 1))
        data[page : page + 4096], data[other : other + 4096] = (
            data[other : other + 4096],
            data[page : page + 4096],
        )


@pytest.mark.parametrize("staged", [False, True])
@pytest.mark.parametrize("edited", [False, True])
def test_a_damaged_index_changes_nothing_that_is_said(
    here: Place, *, edited: bool, staged: bool
) -> None:
    here.commit()
    expected = here.said(staged=staged)
    (path,) = here.kept
    whole = path.read_bytes()
    if edited:
        here.do((*EXAMPLES[7], EXAMPLES[40][0].path))
        here.git("add", "-A")
        expected = here.said(staged=staged)
    rng = random.Random(8)  # noqa: S311 - damage, no secret
    noticed = 0
    for number in range(60):
        data = bytearray(whole)
        _spoil(data, rng)
        path.write_bytes(data)
        try:
            with closing(index.check(here.root, config.load(here.root), staged=staged)) as known:
                said = [
                    "".join(load_render(name)(known.report, known.corpus))
                    for name in report_names()
                ]
        except index.Unsure:  # then it is checked without
            noticed += 1
            continue
        assert said == expected, number
    assert noticed < 60


def test_damage_that_is_noticed_late_is_mended_by_the_command(here: Place) -> None:
    here.said()
    (path,) = here.kept
    expected = _curate(here, "--no-cache", "--output-format", "junit")
    assert _curate(here, "--output-format", "junit").stdout == expected.stdout
    with closing(sqlite3.connect(path)) as other:
        # A folder that stays as it was is only listed again where all its files are told of.
        other.execute("UPDATE page SET data = zeroblob(9) WHERE number >= ?", (FIRST,))
        other.commit()
    for _ in range(2):
        done = _curate(here, "--output-format", "sarif")
        assert done.stdout == _curate(here, "--no-cache", "--output-format", "sarif").stdout
        assert done.returncode == expected.returncode


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"not an index", b"\0" * 5000])
def test_a_file_in_place_of_the_index_is_replaced(here: Place, content: bytes) -> None:
    here.said()
    (path,) = here.kept
    path.write_bytes(content)
    here.said()
    Store(path).close()


def test_the_index_of_another_corpus_is_not_believed(here: Place, tmp_path: Path) -> None:
    other = Place(tmp_path / "other")
    other.said()
    here.said()
    shutil.copy(other.kept[0], here.kept[0])
    here.said()


def test_other_settings_are_heeded(here: Place) -> None:
    text = "id: %s\ntitle: A\nstatus: %s\n"
    draft = Source("records/conditions/pain.yaml", (text % ("pain", "draft")).encode())
    published = text % ("new", "in_review") + "conditions:\n  - pain\n"
    here.do((draft, Source("records/procedures/new.yaml", published.encode())))
    assert "leans-on-unpublished" in here.said()[0]
    (here.root / "curate.toml").write_text(TOML.replace('"in_review", ', ""))
    assert "leans-on-unpublished" not in here.said()[0]


def test_another_day_is_heeded(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    here.do(
        (
            Source(
                "records/studies/talk-1998.yaml",
                b"id: talk-1998\ntitle: A talk\nstatus: in_review\ndesign: case-series\n"
                b"adverse_events_reported: not-reported\nwaivers:\n  - rule: study-without-pmid\n"
                b"    at: pmid\n    reason: It is not in PubMed.\n    by: The editors\n"
                b'    date: "2026-01-15"\n    until: "2026-12-31"\n',
            ),
        )
    )
    assert not any("expired-waiver" in text for text in here.said())
    monkeypatch.setenv(VARIABLE, str(int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())))
    assert all("expired-waiver" in text for text in here.said()[:1])
    monkeypatch.setenv(VARIABLE, str(int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())))
    assert not any("expired-waiver" in text for text in here.said())


def _curate(here: Place, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "curate", "validate", *arguments],
        cwd=here.root,
        env={**os.environ, "NO_COLOR": "1", **more},
        capture_output=True,
        text=True,
        check=False,
    )


def test_another_program_is_heeded(here: Place, tmp_path: Path) -> None:
    package = tmp_path / "program" / "curate"
    shutil.copytree(Path(curate.__file__).parent, package, ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copytree(Path(__file__).parents[1] / "schemas", package / "schemas", dirs_exist_ok=True)
    here.do((Source("records/conditions/a.yaml", b"id: b\ntitle: A\nstatus: in_review\n"),))
    path = str(package.parent)
    assert "its file is called" in _curate(here, PYTHONPATH=path).stdout
    rule = package / "rules" / "id_is_not_file_name.py"
    rule.write_text(rule.read_text().replace("its file is called", "its file is named"))
    assert "its file is named" in _curate(here, PYTHONPATH=path).stdout


def test_a_file_with_the_size_and_time_of_before_is_read(here: Place) -> None:
    path = here.root / EXAMPLES[0][0].path
    here.do(tuple(EXAMPLES[0]))
    path.write_bytes(b"id: thalamotomy\ntitle: A\nstatus: draft\n")
    here.said()
    seen = path.stat()
    path.write_bytes(b"id: thalamotomy\ntitel: A\nstatus: draft\n")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    here.said()


def test_what_is_old_enough_is_known_by_its_times(
    here: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "TICK", 20_000_000)
    here.said()
    (path,) = here.kept
    time.sleep(0.03)
    here.said()
    view = Working(here.root)
    with closing(Store(path)) as store:
        assert all(stamp is not None for _, _, stamp in Shelf(store, view.read).listing.values())
        assert view.changes(Shelf(store, view.read)).taken == {}
    monkeypatch.setattr(sys, "platform", "win32")
    config = Config(name="times", publish=())
    assert set(view.whole(config, lambda *_: None, 1).stamps.values()) == {None}


def test_two_at_once_are_both_right(here: Place) -> None:
    here.commit()
    for edit in EXAMPLES[5:8]:
        here.do(tuple(edit))
        here.git("add", "-A")
        for arguments in ([], ["--staged"]):
            command = [sys.executable, "-m", "curate", "validate", "--output-format", "json"]
            several = [
                subprocess.Popen(
                    [*command, *arguments], cwd=here.root, stdout=subprocess.PIPE, stderr=-3
                )
                for _ in range(3)
            ]
            said = {one.communicate()[0].decode() for one in several}
            assert said == {_curate(here, *arguments, "--no-cache", *command[-2:]).stdout}
    here.said()
    here.said(staged=True)


def test_an_index_that_cannot_be_written_is_used_as_it_is(here: Place) -> None:
    here.said()
    (path,) = here.kept
    here.do(tuple(EXAMPLES[9]))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        here.said()
    here.said()


def test_where_no_index_can_be_written_there_is_none(here: Place, tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("in the way")
    expected = _curate(here, "--no-cache").stdout
    assert _curate(here, CURATE_CACHE=str(nowhere)).stdout == expected
    assert _curate(here, CURATE_CACHE=str(nowhere / "below")).stdout == expected
    assert _curate(here, CURATE_CACHE="").stdout == expected
    assert nowhere.read_text() == "in the way"
    assert here.kept == []


def test_no_index_is_kept_or_read_on_request(here: Place) -> None:
    expected = _curate(here, "--no-cache")
    assert here.kept == []
    assert _curate(here).stdout == expected.stdout
    (path,) = here.kept
    before = path.stat().st_mtime_ns
    here.do(tuple(EXAMPLES[3]))
    _curate(here, "--no-cache")
    assert path.stat().st_mtime_ns == before


def test_an_index_stands_where_programs_keep_what_may_be_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(place.VARIABLE)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    wanted = {"linux": "x/curate", "darwin": "Library/Caches/curate", "win32": "local/curate"}
    for platform, expected in wanted.items():
        monkeypatch.setattr(sys, "platform", platform)
        assert place.folder() == tmp_path / expected
    monkeypatch.delenv("LOCALAPPDATA")
    assert place.folder() is None
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert place.folder() == tmp_path / ".cache" / "curate"


def test_an_index_that_nobody_uses_is_deleted(here: Place) -> None:
    folder = place.folder()
    assert folder is not None
    folder.mkdir(exist_ok=True)
    old, young = (folder / f"{name}{place.SUFFIX}" for name in ("old", "young"))
    for path in (old, young):
        path.touch()
    os.utime(old, (0, 0))
    here.said()
    assert not old.exists()
    assert young.exists()


def test_only_some_files_are_told_of_with_an_index_too(here: Place) -> None:
    here.said()
    for arguments in (["records/studies"], ["records/conditions", "--output-format", "junit"]):
        assert _curate(here, *arguments).stdout == _curate(here, "--no-cache", *arguments).stdout
    assert _curate(here, "records/studies/none.yaml").returncode == 2


def test_records_that_are_a_link_are_said_to_be_one(here: Place) -> None:
    (here.root / "records").rename(here.root / "elsewhere")
    (here.root / "records").symlink_to("elsewhere")
    done = _curate(here)
    assert done.returncode == 1
    assert "symbolic link" in done.stdout


def test_a_corpus_without_a_commit_is_checked_as_staged(here: Place) -> None:
    here.git("init", "-q")
    here.git("add", "-A")
    with pytest.raises(index.Unsure):
        index.check(here.root, config.load(here.root), staged=True)
    assert _curate(here, "--staged").stdout == _curate(here, "--staged", "--no-cache").stdout


def test_a_merge_in_progress_is_refused_with_an_index_too(here: Place) -> None:
    here.commit()
    here.said(staged=True)
    path = here.root / EXAMPLES[0][0].path
    for branch, text in (("left", "A"), ("right", "B")):
        here.git("checkout", "-q", "-B", branch, "HEAD~0" if branch == "left" else "left~1")
        path.write_text(f"id: x\ntitle: {text}\n")
        here.commit()
    with pytest.raises(subprocess.CalledProcessError):
        here.git("merge", "left")
    with pytest.raises(Refusal, match="merge"):
        index.check(here.root, config.load(here.root), staged=True)
    assert _curate(here, "--staged").returncode == 2


def test_what_is_only_intended_to_be_added_does_not_count(here: Place) -> None:
    here.commit()
    here.said(staged=True)
    here.do((Source("records/conditions/new.yaml", b"id: new\ntitle: New\nstatus: draft\n"),))
    here.git("add", "-N", "records/conditions/new.yaml")
    here.said(staged=True)
    empty = Source("records/conditions/empty.yaml", b"")
    here.do((empty,))
    here.git("add", empty.path)
    assert any("empty-file" in text for text in here.said(staged=True))


def test_links_and_large_files_are_told_of_as_staged(here: Place) -> None:
    here.commit()
    here.said(staged=True)
    (here.root / "records/conditions/link.yaml").symlink_to("tremor.yaml")
    (here.root / "records/conditions/large.yaml").write_bytes(b"#" * (source.MAX_BYTES + 1))
    (here.root / "records/conditions/other.txt").write_text("x")
    here.git("add", "-A")
    here.said(staged=True)
    here.git("rm", "-q", "--cached", "records/conditions/link.yaml")
    here.said(staged=True)


def test_after_many_changes_a_newer_commit_is_compared_with(here: Place) -> None:
    here.commit()
    here.said(staged=True)
    text = b"id: %s\ntitle: A\nstatus: draft\n"
    names = [f"many-{number}" for number in range(MOST + 1)]
    here.do(
        tuple(Source(f"records/conditions/{name}.yaml", text % name.encode()) for name in names)
    )
    here.git("add", "-A")
    here.said(staged=True)
    here.commit()
    here.do(("records/conditions/many-3.yaml", EXAMPLES[0][0].path))
    here.git("add", "-A")
    here.said(staged=True)
    (path,) = here.kept
    with closing(Store(path)) as store:
        assert store.root["base"] == here.git("rev-parse", "HEAD^{tree}").strip()
        assert len(store.root["differ"]) <= 2
    here.said(staged=True)


def test_a_tree_that_git_has_lost_is_not_needed(here: Place) -> None:
    here.commit()
    here.do(tuple(EXAMPLES[4]))
    here.commit()
    here.said(staged=True)
    here.do(tuple(EXAMPLES[12]))
    here.git("reset", "-q", "--hard", "HEAD~1")
    here.git("reflog", "expire", "--expire=now", "--all")
    here.git("gc", "-q", "--prune=now")
    here.said(staged=True)


def test_a_corpus_in_a_folder_of_a_repository_is_known_too(tmp_path: Path) -> None:
    here = Place(tmp_path / "top" / "docs" / "corpus")
    here.do(tuple(EXAMPLES[2]))
    subprocess.run(["git", "init", "-q", tmp_path / "top"], check=True)
    here.git("add", "-A")
    here.git("commit", "-q", "-m", "x")
    here.said(staged=True)
    here.do(tuple(EXAMPLES[11]))
    here.git("add", "-A")
    here.said(staged=True)


def test_a_file_that_changes_while_it_is_told_of_is_looked_at_again(here: Place) -> None:
    here.said()
    settings = config.load(here.root)
    with closing(index.check(here.root, settings, staged=False)) as known:
        path = known.report.findings[0].path
        (here.root / path).write_text("id: other\n")
        with pytest.raises(index.Unsure):
            known.corpus.at(path)
