"""An export with what is known from the last one is the export that is made from nothing."""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import tracemalloc
from contextlib import closing
from functools import partial
from multiprocessing import Pipe
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import curate
from curate import config
from curate.bulk import Work, on_demand, share, visit
from curate.cli.main import main
from curate.corpus import Corpus, Entry
from curate.formats import load_format
from curate.formats.fhir import shelf
from curate.formats.fhir.conformance import NotConformant
from curate.index import place
from curate.manifest import Revision, assemble
from curate.pieces import Drawer, Maker, Pieces, Task, elsewhere
from curate.refusal import Refusal
from curate.source import MAX_BYTES, Obstacle, paths, read
from curate.worker import BugError
from editing import Step, steps

# xdist runs threads beside the tests; curate has none when it starts a process.
pytestmark = pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning")

FORMATS = ("csv", "fhir", "json", "sqlite")
EXAMPLE = Path(__file__).parent / "golden/fhir/corpus"
SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
STUDY = "records/studies/example-trial.yaml"


def corpus_at(root: Path, commit: str | None = None) -> Corpus:
    """Read a corpus as an export does: with its entries on the disk."""
    work = Work(partial(read, root), config.load(root), lambda *_: None, held=8)
    found = visit(sorted(paths(root)), work, 1)
    return on_demand(root, found.corpus, commit)


class Export(NamedTuple):
    """What came of an export: the files, or why there are none; and how much had to be made."""

    files: dict[str, bytes] | str
    made: int


def export(
    root: Path,
    cache: Path | None = None,
    commit: str | None = None,
    program: str = "this",
    jobs: int = 1,
) -> Export:
    """Write an export into memory, with a cache or without."""
    kept = None if cache is None else Drawer.opened(cache)
    pieces = Pieces(corpus_at(root, commit), kept, program, jobs)
    formats = map(load_format, FORMATS)
    found: dict[str, bytes] | str
    try:
        made = assemble(pieces.corpus, formats, Revision(commit, None), pieces)
        found = {artifact.path: b"".join(artifact.chunks) for artifact in made}
    except (NotConformant, sqlite3.Error, LookupError, TypeError) as error:
        # Of a corpus with errors, which no command exports.
        found = f"{type(error).__name__}: {error}"
    if cache is not None:
        pieces.keep(cache)
    return Export(found, pieces.made)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "corpus"))


def _do(root: Path, step: Step) -> None:
    for change in step:
        path = root / (change if isinstance(change, str) else change.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(change, str):
            path.unlink(missing_ok=True)
        elif isinstance(change, Obstacle):
            path.write_bytes(b"#" * (MAX_BYTES + 1))
        else:
            path.write_bytes(change.data)


@settings(max_examples=20, suppress_health_check=SLOW)
@given(steps(), st.lists(st.sampled_from([None, "a" * 40, "b" * 40]), min_size=8, max_size=8))
def test_after_any_edits_the_export_is_the_one_made_from_nothing(
    done: list[Step], commits: list[str | None]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root, cache = Path(name) / "corpus", Path(name) / "cache"
        (root / "records").mkdir(parents=True)
        publish = 'publish = ["in_review", "approved", "retired"]'
        (root / "curate.toml").write_text(f'[corpus]\nname = "examples"\n{publish}\n')
        for step, commit in zip(done, commits, strict=False):
            _do(root, step)
            assert export(root, cache, commit).files == export(root, commit=commit).files


# What editors do to a corpus that stays right: each is a file and what is replaced in it.
_EDITS = [
    (r"^title: .*$", "title: Another title"),
    (r"^status: in_review$", "status: draft"),
    (r"^status: draft$", "status: in_review"),
    (r"\A", "# A comment that moves every line.\n"),
    (r"\Z", "note: A note was added.\n"),
    (r"^note: .*\n\Z", ""),
    (r"^publication_status: .*$", "publication_status: retracted"),
    (r"^(    label: ).*$", r"\1Another label"),
    (r"^pmid: .*\n", ""),
]


@settings(max_examples=8, suppress_health_check=SLOW)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["edit", "edit", "edit", "delete", "copy", "commit", "revert"]),
            st.integers(0, 99),
            st.sampled_from(_EDITS),
        ),
        min_size=2,
        max_size=8,
    )
)
@example([("delete", 0, _EDITS[0])] * 6 + [("edit", 0, _EDITS[0])])
def test_the_command_writes_the_same_bytes_with_and_without_a_cache(
    done: list[tuple[str, int, tuple[str, str]]],
) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        root = Path(name) / "corpus"
        assert main(["init", str(root)]) == 0
        patch.chdir(root)
        patch.setenv(place.VARIABLE, str(Path(name) / "cache"))
        _git("init", "-q")
        _git("add", "-A")
        _git("commit", "-qm", "x")
        for wanted, number, (pattern, text) in done:
            files = sorted(root.glob("records/*/*.yaml"))
            # Where all were deleted there is nothing to change, only something to bring back.
            what = wanted if files else "revert"
            path = files[number % len(files)] if files else root
            if what == "edit":
                new = re.sub(pattern, text, path.read_text(), count=1, flags=re.MULTILINE)
                path.write_text(new)
            elif what == "copy":
                _copy(path)
            elif what == "delete":
                path.unlink()
            elif what == "commit":
                _git("add", "-A", "records")
                _git("commit", "-q", "--allow-empty", "-m", "x")
            else:
                _git("checkout", "-q", "HEAD", "--", "records")
            codes = (
                main(["export", "--out", "../one"]),
                main(["export", "--no-cache", "--out", "../two"]),
            )
            # An empty corpus has nothing to export, which both refuse.
            left = any(root.glob("records/*/*.yaml"))
            assert codes in ({(0, 0), (1, 1)} if left else {(2, 2)})
            assert _files(Path("../one")) == _files(Path("../two"))


def _copy(path: Path) -> None:
    """Copy a record under another id, as the paper of nobody."""
    text = path.read_text()
    new = path.with_stem(f"{path.stem[:40]}-2")
    text = text.replace(f"id: {path.stem}\n", f"id: {new.stem}\n")
    new.write_text(re.sub(r"^(pmid|doi|pmcid): .*\n", "", text, flags=re.MULTILINE))


def _git(*arguments: str) -> None:
    author = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *author, *arguments], check=True, capture_output=True)


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_nothing_is_made_again_where_nothing_changed(here: Path, tmp_path: Path) -> None:
    first = export(here, tmp_path / "cache")
    assert first.made > 0
    assert export(here, tmp_path / "cache") == (first.files, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such modes")
def test_what_is_kept_is_for_its_owner_only(here: Path, tmp_path: Path) -> None:
    export(here, tmp_path / "cache")
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o600


def test_a_commit_has_nothing_made_again(here: Path, tmp_path: Path) -> None:
    export(here, tmp_path / "cache")
    at_commit = export(here, tmp_path / "cache", "c" * 40)
    assert at_commit == (export(here, commit="c" * 40).files, 0)
    assert all(
        b"c" * 40 in data
        for path, data in at_commit.files.items()
        if re.search("corpus|studies|bundle|documents/", path)
    )


def test_only_what_an_edit_concerns_is_made_again(here: Path, tmp_path: Path) -> None:
    every = export(here, tmp_path / "cache").made
    published = (one for one in sorted(here.glob("records/*/*.yaml")) if "draft" not in one.stem)
    for path in published:
        path.write_text(f"# moved by a line\n{path.read_text()}")
        edited = export(here, tmp_path / "cache")
        assert edited.files == export(here).files
        assert 0 < edited.made < every / 2, path


def test_a_record_that_goes_leaves_nothing_behind(here: Path, tmp_path: Path) -> None:
    export(here, tmp_path / "cache")
    (gone, *_) = sorted(here.glob("records/studies/*.yaml"))
    gone.unlink()
    assert export(here, tmp_path / "cache").files == export(here).files
    with closing(sqlite3.connect(tmp_path / "cache")) as cache:
        kept = {path for (path,) in cache.execute("SELECT path FROM piece")}
    assert gone.relative_to(here).as_posix() not in kept


def test_other_settings_and_another_program_are_heeded(here: Path, tmp_path: Path) -> None:
    every = export(here, tmp_path / "cache").made
    assert export(here, tmp_path / "cache", program="other").made == every
    settings = here / "curate.toml"
    settings.write_text(re.sub('name = ".*"', 'name = "renamed"', settings.read_text()))
    renamed = export(here, tmp_path / "cache", program="other")
    assert renamed == (export(here).files, every)


def test_pieces_of_a_corpus_in_memory_are_never_taken_from_a_cache(
    here: Path, tmp_path: Path
) -> None:
    export(here, tmp_path / "cache")
    held = Corpus(corpus_at(here).entries, config.load(here))
    pieces = Pieces(held, Drawer.opened(tmp_path / "cache"), "this")
    formats = map(load_format, FORMATS)
    made = assemble(held, formats, Revision(None, None), pieces)
    assert {one.path: b"".join(one.chunks) for one in made} == export(here).files
    assert pieces.made > 0


def test_a_piece_that_asked_for_everything_is_made_anew(here: Path, tmp_path: Path) -> None:
    maker = Maker("count", lambda _, corpus, __: len(corpus.entries))
    for _ in range(2):
        pieces = Pieces(corpus_at(here), Drawer.opened(tmp_path / "cache"))
        count = pieces.of(Task(STUDY, maker))
        assert count == len(list(here.glob("records/*/*.yaml")))
        assert pieces.made == 1
        pieces.keep(tmp_path / "cache")


def test_what_is_given_beside_the_record_is_part_of_the_question(
    here: Path, tmp_path: Path
) -> None:
    maker = Maker("given", lambda _, __, given: given)
    for given_ in ((1, "a"), (2, "a"), (2, "a")):
        pieces = Pieces(corpus_at(here), Drawer.opened(tmp_path / "cache"))
        assert pieces.of(Task(STUDY, maker, given_)) == given_
        pieces.keep(tmp_path / "cache")
    assert pieces.made == 0


def _spoil(data: bytearray, rng: random.Random) -> None:
    how, at = rng.randrange(4), rng.randrange(len(data))
    if how == 0:
        data[at] ^= 1 << rng.randrange(8)
    elif how == 1:
        data[at : at + 200] = rng.randbytes(len(data[at : at + 200]))
    elif how == 2:
        del data[at:]
    else:
        page, other = (4096 * rng.randrange(len(data) // 4096) for _ in range(2))
        one, two = data[page : page + 4096], data[other : other + 4096]
        data[page : page + 4096], data[other : other + 4096] = two, one


def test_a_damaged_cache_changes_no_byte(here: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    expected = export(here, cache)
    whole = cache.read_bytes()
    rng = random.Random(8)  # noqa: S311 - damage, no secret
    made = []
    for number in range(15):
        data = bytearray(whole)
        for _ in range(1 + number % 5):
            _spoil(data, rng)
        cache.write_bytes(data)
        again = export(here, cache)
        assert again.files == expected.files, number
        made.append(again.made)
        assert export(here, cache).files == expected.files, number
    assert 0 < sum(made) < 15 * expected.made


def test_a_piece_in_the_place_of_another_is_not_believed(here: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    expected = export(here, cache).files
    with closing(sqlite3.connect(cache, isolation_level=None)) as other:
        rows = other.execute("SELECT rowid, head, data FROM piece").fetchall()
        for (rowid, _, _), (_, head, data) in zip(rows, [*rows[4:], *rows[:4]], strict=True):
            change = "UPDATE piece SET head = ?, data = ? WHERE rowid = ?"
            other.execute(change, (head, data, rowid))
    assert export(here, cache).files == expected
    with closing(sqlite3.connect(cache, isolation_level=None)) as other:
        other.execute("UPDATE piece SET data = zeroblob(40)")
    assert export(here, cache).files == expected
    with closing(sqlite3.connect(cache, isolation_level=None)) as other:
        other.execute("UPDATE piece SET head = 'text', data = 7 WHERE rowid % 2")
    assert export(here, cache).files == expected


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"not a cache", b"\0" * 5000])
def test_a_file_in_place_of_the_cache_is_replaced(
    here: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "cache").write_bytes(content)
    first = export(here, tmp_path / "cache")
    assert export(here, tmp_path / "cache") == (first.files, 0)


def test_a_cache_that_cannot_be_written_is_used_as_it_is(here: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    export(here, cache)
    (here / STUDY).write_text(f"# moved\n{(here / STUDY).read_text()}")
    with closing(sqlite3.connect(cache, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        first = export(here, cache)
        assert export(here, cache) == first
    assert first.files == export(here).files
    assert export(here, tmp_path / "no" / "such" / "folder").files == first.files


# Several processes ----------------------------------------------------------------------------


@pytest.fixture
def always_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "PAYS_FROM", 0)
    monkeypatch.setattr(elsewhere, "_BLOCK", 2)


@pytest.mark.usefixtures("always_several")
@pytest.mark.parametrize("jobs", [2, 3, 20])
def test_several_processes_write_the_same_bytes(here: Path, tmp_path: Path, jobs: int) -> None:
    alone = export(here)
    several = export(here, tmp_path / "cache", jobs=jobs)
    assert several == alone
    assert export(here, tmp_path / "cache", jobs=jobs) == (alone.files, 0)


HERE = os.getpid()


def _die(entry: Entry, _: Corpus, __: Any) -> str:
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return entry.path


def _refuse(entry: Entry, _: Corpus, __: Any) -> str:
    if os.getpid() != HERE:
        raise Refusal(f"{entry.path} cannot be read.")
    return entry.path


def _fail(entry: Entry, _: Corpus, __: Any) -> str:
    if os.getpid() != HERE:
        raise KeyError(entry.path)
    return entry.path


@pytest.mark.usefixtures("always_several")
def test_what_a_killed_process_leaves_is_made_all_the_same(here: Path) -> None:
    pieces = Pieces(corpus_at(here), jobs=3)
    maker = Maker("path", _die)
    pieces.fill_with([maker])
    assert all(piece == one.path for one, piece in pieces.each(maker))


@pytest.mark.usefixtures("always_several")
def test_what_goes_wrong_in_another_process_is_told_here(here: Path) -> None:
    pieces = Pieces(corpus_at(here), jobs=2)
    with pytest.raises(Refusal, match="cannot be read"):
        pieces.fill_with([Maker("path", _refuse)])
    with pytest.raises(BugError, match="KeyError"):
        pieces.fill_with([Maker("path", _fail)])


def test_another_process_lays_what_it_made_into_a_file(here: Path, tmp_path: Path) -> None:
    pieces = Pieces(corpus_at(here))
    tasks = [Task(STUDY, Maker("path", lambda entry, *_: entry.path))]
    _, its = Pipe()
    assert elsewhere.help_out(its, tasks, pieces._make, tmp_path / "made")
    drawer = Drawer.opened(tmp_path / "made")
    assert drawer is not None
    assert [row.path for row in drawer.rows()] == [STUDY]


def test_few_pieces_are_made_in_one_process(here: Path) -> None:
    pieces = Pieces(corpus_at(here), jobs=2)
    pieces.fill_with([Maker("process", lambda *_: os.getpid())])
    assert {piece for _, piece in pieces.each(Maker("process", _die))} == {HERE}


# The command ----------------------------------------------------------------------------------


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """Return a corpus that stands: one record of each kind."""
    root = tmp_path / "begun"
    assert main(["init", str(root)]) == 0
    return root


def _curate(root: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "curate", "export", *arguments],
        cwd=root,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _move(root: Path) -> None:
    """Move every line of every record."""
    for path in root.glob("records/*/*.yaml"):
        path.write_text(f"# moved\n{path.read_text()}")


def _cache_of(root: Path, within: Path) -> Path:
    return place.index_of(root, "export", within)


def test_another_program_is_heeded_by_the_command(begun: Path, tmp_path: Path) -> None:
    package = tmp_path / "program" / "curate"
    shutil.copytree(Path(curate.__file__).parent, package, ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copytree(Path(__file__).parents[1] / "schemas", package / "schemas", dirs_exist_ok=True)
    chosen = ("--format", "fhir")
    assert _curate(begun, *chosen, PYTHONPATH=str(package.parent)).returncode == 0
    assert b"Entered by hand" in (begun / "exports/fhir/bundle.json").read_bytes()
    module = package / "formats/fhir/citation.py"
    module.write_text(module.read_text().replace("Entered by hand", "Typed by hand"))
    assert _curate(begun, *chosen, PYTHONPATH=str(package.parent)).returncode == 0
    assert b"Typed by hand" in (begun / "exports/fhir/bundle.json").read_bytes()


def test_where_nothing_can_be_kept_the_export_is_the_same(begun: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("in the way")
    assert _curate(begun, "--no-cache").returncode == 0
    expected = _files(begun / "exports")
    for said in (str(nowhere), str(nowhere / "below"), ""):
        assert _curate(begun, CURATE_CACHE=said).returncode == 0
        assert _files(begun / "exports") == expected
    assert nowhere.read_text() == "in the way"


def test_nothing_is_kept_or_taken_on_request(begun: Path, tmp_path: Path) -> None:
    within = tmp_path / "kept"
    _curate(begun, "--no-cache", CURATE_CACHE=str(within))
    assert not within.exists()
    _curate(begun, CURATE_CACHE=str(within))
    cache = _cache_of(begun, within)
    before = cache.stat().st_mtime_ns
    _move(begun)
    assert _curate(begun, "--no-cache", CURATE_CACHE=str(within)).returncode == 0
    assert cache.stat().st_mtime_ns == before


def test_a_damaged_index_keeps_no_export_from_being_right(begun: Path, tmp_path: Path) -> None:
    within = tmp_path / "kept"
    _curate(begun, "--no-cache")
    expected = _files(begun / "exports")
    for _ in range(2):
        assert _curate(begun, CURATE_CACHE=str(within)).returncode == 0
        assert _files(begun / "exports") == expected
        for path in within.iterdir():
            data = bytearray(path.read_bytes())
            data[len(data) // 3 : len(data) // 3 + 3000] = bytes(3000)
            path.write_bytes(data)


def test_killed_at_any_moment_the_next_export_is_right(begun: Path, tmp_path: Path) -> None:
    within = tmp_path / "kept"
    command = [sys.executable, "-m", "curate", "export", "--jobs", "2"]
    environment = os.environ | {"CURATE_CACHE": str(within)}
    moments = random.Random(5)  # noqa: S311 - no secret
    began = time.monotonic()
    _curate(begun, CURATE_CACHE=str(within))
    longest = (time.monotonic() - began) * 1.2
    for number in range(5):
        for path in begun.glob("records/*/*.yaml"):
            path.write_text(f"# {number}\n{path.read_text()}")
        process = subprocess.Popen(
            command, cwd=begun, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(moments.uniform(longest / 3, longest))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert _curate(begun, CURATE_CACHE=str(within)).returncode == 0
    found = _files(begun / "exports")
    assert _curate(begun, "--no-cache").returncode == 0
    assert _files(begun / "exports") == found


# Memory ---------------------------------------------------------------------------------------


def _write_long(root: Path, size: int) -> None:
    """Write records that are quickly exported, and long."""
    (root / "records/conditions").mkdir(parents=True)
    (root / "curate.toml").write_text('[corpus]\nname = "long"\npublish = ["in_review"]\n')
    for number in range(size):
        text = f"id: c-{number}\ntitle: Pain\nstatus: in_review\ndescription: {LONG * 'pain '}.\n"
        (root / f"records/conditions/c-{number}.yaml").write_text(text)


LONG = 4000
"""Words of five letters."""


def _peak(root: Path) -> int:
    """Return the most memory that an export holds, what Python itself asks for."""
    tracemalloc.start()
    try:
        pieces = Pieces(corpus_at(root))
        formats = map(load_format, ("csv", "fhir", "json"))
        for artifact in assemble(pieces.corpus, formats, Revision(None, None), pieces):
            for _ in artifact.chunks:
                pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_grows_by_little_more_than_the_facts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is held of the records that were read last does not grow, and would hide what does.
    monkeypatch.setattr(share, "_MOST_RECENT", 8)
    monkeypatch.setattr(shelf, "_RECENT", 8)
    sizes = 50, 250
    peaks = []
    for size in (sizes[0], *sizes):  # the first is to load what any export loads
        root = tmp_path / f"{size} {len(peaks)}"
        _write_long(root, size)
        peaks.append(_peak(root))
    assert (peaks[2] - peaks[1]) / (sizes[1] - sizes[0]) < 5 * LONG / 4
