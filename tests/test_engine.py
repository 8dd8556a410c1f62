"""A corpus checked in shards gives the findings of one process, wherever the shards are checked."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import fsspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from called import called
from curate.corpus import Corpus
from curate.engine import Circumstances, check, dask
from curate.engine.dask import connect
from curate.engine.here import Here
from curate.pipeline import check as check_at_once
from curate.pipeline import load
from curate.refusal import Refusal
from curate.report import Report, load_render
from curate.source import Obstacle, Source
from curate.store import Folder, store_at
from curate.today import today
from editing import EXAMPLES, VARIANTS
from examples import CONFIG

HERE = Path(__file__).parents[1]


class Kept(NamedTuple):
    """A corpus that is kept in memory."""

    items: dict[str, Source | Obstacle]

    def paths(self) -> list[str]:
        return sorted(self.items)

    def read(self, path: str) -> Source | Obstacle:
        return self.items[path]

    def read_all(self, paths: Iterable[str]) -> Iterator[Source | Obstacle]:
        return map(self.read, paths)

    def text(self, name: str) -> bytes:
        raise FileNotFoundError(name)


def _same(items: list[Source | Obstacle], size: int) -> None:
    around = Circumstances(Kept({item.path: item for item in items}), CONFIG, today())
    report, corpus = check(Here(), around, size)
    at_once = load(items, CONFIG)
    expected = check_at_once(at_once)
    assert report.findings == expected.findings
    assert report.files == expected.files
    assert report.drafts == expected.drafts
    for name in ("text", "gitlab"):  # those that look into the files again
        assert _said(name, report, corpus) == _said(name, expected, at_once)


def _said(name: str, report: Report, corpus: Corpus) -> str:
    return "".join(load_render(name)(report, corpus))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda files: files[-1].path)
def test_each_file_alone_in_its_shard_gives_what_all_at_once_do(example: list[Source]) -> None:
    _same([*example], 1)


@given(
    st.lists(st.sampled_from(sorted(VARIANTS)), unique=True, max_size=12).flatmap(
        lambda paths: st.tuples(*(st.sampled_from(VARIANTS[path]) for path in paths))
    ),
    st.integers(1, 5),
)
@settings(max_examples=60)
def test_any_records_in_shards_of_any_size_give_what_all_at_once_do(
    items: tuple[Source | Obstacle, ...], size: int
) -> None:
    _same([*items], size)


def test_the_records_here_give_what_all_at_once_do() -> None:
    around = Circumstances(Folder(HERE), CONFIG, today())
    expected = check_at_once(load(Folder(HERE).read_all(Folder(HERE).paths()), CONFIG))
    report, _ = check(Here(), around, 7)
    assert report.findings == expected.findings
    assert report.waived


def _corpus(folder: Path) -> Path:
    """Copy the records of this repository, and spoil some of them in ways that meet others."""
    shutil.copytree(HERE / "records", folder / "records")
    shutil.copy(HERE / "curate.toml", folder)
    studies = sorted((folder / "records" / "studies").glob("*.yaml"))
    studies[0].unlink()
    spoilt = studies[1].read_text(encoding="utf-8")
    studies[1].write_text(spoilt.replace("title:", "titel:", 1), encoding="utf-8")
    studies[2].write_bytes(studies[3].read_bytes())
    return folder


def _validate(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return called(cwd, "validate", *arguments, NO_COLOR="1")


def test_a_corpus_in_an_archive_is_checked_as_its_folder_is(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path / "corpus")
    (corpus / "records" / "studies" / ".hidden.yaml").write_text("not a record", encoding="utf-8")
    (corpus / "records" / "studies" / "notes.txt").write_text("no record", encoding="utf-8")
    (corpus / "records" / "studies" / "README.md").write_text("no record", encoding="utf-8")
    (corpus / "records" / "studies" / "large.yaml").write_text("#" * 1_100_000, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "corpus.zip", "w") as archive:
        for path in sorted(corpus.rglob("*")):
            archive.write(path, path.relative_to(corpus))
    here = _validate(cwd=corpus)
    there = _validate("--corpus", f"zip://::{tmp_path / 'corpus.zip'}", cwd=tmp_path)
    assert "too-large" in here.stdout
    assert "unexpected-file" in here.stdout
    assert (there.stdout, there.returncode) == (here.stdout, 1)


def test_a_corpus_below_a_folder_of_a_store_is_found() -> None:
    files = fsspec.filesystem("memory")
    for path in (HERE / "curate.toml", *sorted((HERE / "records" / "measures").iterdir())):
        files.pipe(f"/a/corpus/{path.relative_to(HERE)}", path.read_bytes())
    store = store_at("memory://a/corpus")
    paths = [f"records/measures/{path.name}" for path in (HERE / "records" / "measures").iterdir()]
    assert store.paths() == sorted(paths)
    assert store.read(store.paths()[0]) == Folder(HERE).read(store.paths()[0])
    assert store.text("curate.toml") == (HERE / "curate.toml").read_bytes()


def test_a_file_url_is_a_folder(tmp_path: Path) -> None:
    assert store_at(tmp_path.as_uri()) == Folder(tmp_path)
    assert store_at(str(tmp_path)) == Folder(tmp_path)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("memory://nowhere", "memory://nowhere/curate.toml cannot be read"),
        ("nothing://at/all", "nothing://at/all cannot be opened"),
        ("/nowhere/at/all", "curate.toml cannot be read: No such file or directory"),
    ],
)
def test_a_place_without_a_corpus_is_told(place: str, said: str, tmp_path: Path) -> None:
    done = _validate("--corpus", place, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_without_records_or_without_a_file_is_told() -> None:
    fsspec.filesystem("memory").pipe("/empty/curate.toml", b'[corpus]\nname = "x"\n')
    store = store_at("memory://empty")
    with pytest.raises(Refusal, match="There is no record below memory://empty/records"):
        store.paths()
    with pytest.raises(Refusal, match=r"records/studies/a.yaml cannot be read"):
        store.read("records/studies/a.yaml")


def test_what_a_store_cannot_give_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "corpus.zip", "w") as archive:
        archive.writestr("records/studies/a.yaml", "id: a\n")
    store = store_at(f"zip://::{tmp_path / 'corpus.zip'}")
    assert store.paths() == ["records/studies/a.yaml"]
    with pytest.raises(Refusal, match=r"curate\.toml cannot be read"):
        store.text("curate.toml")
    with pytest.raises(Refusal, match=r"records/studies/b\.yaml cannot be read"):
        store.read("records/studies/b.yaml")
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(Refusal, match=r"pip install 'curate\[cluster\]'"):
        store.paths()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--engine", "spark://there"], "is no engine"),
        (["--engine", "dsak://there:1"], "Did you mean"),
        (["--engine", "dask://"], "is no engine"),
        (["--engine", "dask://there:1", "--fix"], "only check"),
        (["--corpus", "memory://a", "--since", "main"], "only check"),
        (["--corpus", "memory://a", "records"], "only check"),
    ],
)
def test_what_an_engine_cannot_do_is_refused(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    done = _validate(*arguments, cwd=_corpus(tmp_path / "corpus"))
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


class Processes(NamedTuple):
    """A scheduler and its workers, each a process of its own."""

    address: str
    workers: list["subprocess.Popen[bytes]"]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Processes]:
    place = tmp_path / "scheduler.json"
    own = ("--host", "127.0.0.1", "--no-dashboard")
    started = [_dask("scheduler", *own, "--port", "0", "--scheduler-file", str(place))]
    try:
        _wait(lambda: place.exists() and place.stat().st_size > 0)
        address = json.loads(place.read_text(encoding="utf-8"))["address"]
        alone = (*own, "--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path))
        started += [_dask("worker", address, *alone) for _ in range(3)]
        yield Processes(f"dask://{address.removeprefix('tcp://')}", started[1:])
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def _dask(*arguments: str) -> "subprocess.Popen[bytes]":
    silent = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments], stdout=silent, stderr=silent
    )


def _wait(done: Callable[[], bool]) -> None:
    for _ in range(600):
        if done():
            return
        time.sleep(0.1)
    raise TimeoutError


def _many(folder: Path) -> Path:
    """Write a corpus of many small shards, with findings that meet other files."""
    corpus = _corpus(folder)
    for number in range(5):
        for path in sorted((HERE / "records" / "studies").glob("*.yaml")):
            copy = path.read_text(encoding="utf-8").replace("id: ", f"id: n{number}-", 1)
            (corpus / "records" / "studies" / f"n{number}-{path.name}").write_text(copy)
    return corpus


@pytest.mark.no_cover  # the command below goes the same way
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_cluster_that_loses_a_worker_on_the_way_finds_what_one_process_does(
    tmp_path: Path, cluster: Processes
) -> None:
    corpus = _many(tmp_path / "corpus")
    store = Folder(corpus)
    expected = check_at_once(load(store.read_all(store.paths()), CONFIG))
    assert len(expected.standing) > 100
    with connect(cluster.address) as workers:
        workers.client.wait_for_workers(3, timeout=60)
        losing = _Losing(workers, cluster.workers[0])
        report, _ = check(losing, Circumstances(store, CONFIG, today()), 10)
        _wait(lambda: len(workers.client.nthreads()) == 2)
    assert losing.lost > 0
    assert report.findings == expected.findings
    assert report.files == expected.files
    assert report.drafts == expected.drafts


class _Losing:
    """A cluster of which a worker is killed while it has something to do."""

    def __init__(self, workers: Any, victim: "subprocess.Popen[bytes]") -> None:
        self._workers = workers
        self._victim = victim
        self.lost = 0
        """How many tasks the worker had been given and not done."""

    def run(self, function: Any, calls: Iterable[Any]) -> Iterator[Any]:
        processes = self._workers.client.run(os.getpid)
        alive = [address for address, pid in processes.items() if pid == self._victim.pid]
        for number, result in enumerate(self._workers.run(function, calls)):
            if number >= 5 and self.lost == 0:
                self._kill_at_work(*alive)
            yield result

    def _kill_at_work(self, mine: str) -> None:
        """Kill the worker, unless it happens to have nothing to do just now."""
        self._victim.send_signal(signal.SIGSTOP)
        self.lost = len(self._workers.client.processing()[mine])
        self._victim.send_signal(signal.SIGKILL if self.lost else signal.SIGCONT)


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_the_command_lets_a_cluster_check(
    tmp_path: Path, cluster: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask, "_PATIENCE", 60)  # its workers start beside other tests
    corpus = _corpus(tmp_path / "corpus")
    here = _validate(cwd=corpus)
    there = _validate("--engine", cluster.address, cwd=corpus)
    assert there.stdout == here.stdout
    assert (there.returncode, there.stderr) == (1, here.stderr)
    baseline = ("--baseline", str(tmp_path / "baseline.json"), "--write-baseline")
    assert _validate(*baseline, "--engine", cluster.address, cwd=corpus).returncode == 0
    assert _validate(*baseline[:2], cwd=corpus).returncode == 0


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_scheduler_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask, "_PATIENCE", 1)
    done = _validate("--engine", "dask://127.0.0.1:1", cwd=_corpus(tmp_path / "corpus"))
    assert done.returncode == 2
    assert "There is no Dask scheduler at 127.0.0.1:1" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_extra_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = _validate("--engine", "dask://127.0.0.1:1", cwd=_corpus(tmp_path / "corpus"))
    assert done.returncode == 2
    assert "pip install 'curate[cluster]'" in done.stderr


def test_a_worker_with_another_program_is_refused() -> None:
    class Older(Here):
        def run(self, function: Any, calls: Iterable[Any]) -> Iterator[Any]:
            for call, told in super().run(function, calls):
                yield call, told._replace(version="0.0.1")

    with pytest.raises(Refusal, match=r"A worker has curate 0\.0\.1"):
        check(Older(), Circumstances(Folder(HERE), CONFIG, today()))
