"""A corpus that is visited by several processes is told of as if one had read it all."""

import gc
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing import Pipe
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate import worker
from curate.bulk import Work, check_files, cores, share, visit
from curate.bulk.helper import help_out, read_all, understood
from curate.bulk.portions import dealt, divided
from curate.cli.resident import CLAIM, STUDY
from curate.corpus import Corpus, Entry
from curate.pipeline import check, check_entry, load
from curate.refusal import Refusal
from curate.report import Report, load_render
from curate.source import Obstacle, Source, find, read
from curate.worker import BugError
from examples import CONFIG

# xdist runs threads beside the tests; curate has none when it starts a process.
pytestmark = pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning")

ROOT = Path(__file__).parents[1]
HERE = os.getpid()


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a corpus in which much is wrong, in every folder."""
    root: Path = tmp_path_factory.mktemp("broken")
    shutil.copytree(ROOT / "records", root / "records")
    chance = random.Random(7)  # noqa: S311 - what breaks is no secret
    for path in sorted((root / "records").glob("*/*.yaml")):
        lines = path.read_text(encoding="utf-8").split("\n")
        for _ in range(chance.randint(0, 2)):
            number = chance.randrange(len(lines))
            lines[number] = chance.choice(["", lines[number][:-1], f"{lines[number]}1", "- x"])
        path.write_text("\n".join(lines), encoding="utf-8")
    (root / "records" / "studies" / "link.yaml").symlink_to("aly-2010.yaml")
    shutil.copy(root / "records/studies/aly-2010.yaml", root / "records/studies/copy.yaml")
    return root


def _paths(root: Path) -> list[str]:
    return [item.path for item in find(root)]


def _as_told(report: Report, corpus: Corpus) -> dict[str, str]:
    return {name: "".join(load_render(name)(report, corpus)) for name in ("text", "json", "sarif")}


def _told(root: Path, jobs: int, reader: Callable[..., Any] = read) -> dict[str, str]:
    paths = _paths(root)
    visited = visit(paths, Work(partial(reader, root), CONFIG, check_entry), jobs)
    assert [*visited.found] == paths
    findings = (finding for found in visited.found.values() for finding in found)
    return _as_told(Report(findings, paths, visited.drafts), visited.corpus)


@pytest.fixture(scope="module")
def expected(broken: Path) -> dict[str, str]:
    corpus = load(find(broken), CONFIG)
    report = check(corpus)
    assert report.summary.errors > 100
    return _as_told(report, corpus)


@pytest.mark.parametrize("jobs", [1, 2, 3, 500])
def test_the_report_is_the_same_byte_for_byte(
    broken: Path, expected: dict[str, str], jobs: int
) -> None:
    assert _told(broken, jobs) == expected


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_report_is_the_same_where_few_entries_are_held(
    broken: Path, expected: dict[str, str], jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(share, "MOST_HELD", 5)
    monkeypatch.setattr(share, "_MOST_RECENT", 3)
    assert _told(broken, jobs) == expected


def test_the_report_is_the_same_where_processes_are_no_copies(
    broken: Path, expected: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "COPIES", False)
    assert _told(broken, 2) == expected


def _die_reading(root: Path, path: str) -> Source | Obstacle:
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return read(root, path)


def _die_checking(entry: Entry, corpus: Corpus) -> Any:
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return check_entry(entry, corpus)


def test_what_a_killed_process_leaves_is_done_all_the_same(
    broken: Path, expected: dict[str, str]
) -> None:
    assert _told(broken, 3, _die_reading) == expected
    paths = _paths(broken)
    visited = visit(paths, Work(partial(read, broken), CONFIG, _die_checking), 3)
    findings = (finding for found in visited.found.values() for finding in found)
    report = Report(findings, paths, visited.drafts)
    assert _as_told(report, visited.corpus) == expected


def _refuse_elsewhere(root: Path, path: str) -> Source | Obstacle:
    if os.getpid() != HERE:
        raise Refusal(f"{path} cannot be read.")
    return read(root, path)


def _fail_elsewhere(entry: Entry, corpus: Corpus) -> Any:
    return check_entry(entry, corpus) if os.getpid() == HERE else 1 / 0


def test_what_another_process_refuses_is_refused() -> None:
    with pytest.raises(Refusal, match=r"records/.*\.yaml cannot be read\."):
        _told(ROOT, 2, _refuse_elsewhere)


def test_a_bug_in_another_process_is_told_with_its_traceback() -> None:
    with pytest.raises(BugError, match=r"(?s)_fail_elsewhere.*ZeroDivisionError"):
        visit(_paths(ROOT), Work(partial(read, ROOT), CONFIG, _fail_elsewhere), 2)


def test_a_file_that_changes_meanwhile_is_not_half_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(share, "MOST_HELD", 0)
    reads: list[str] = []

    def reread(path: str) -> Source | Obstacle:
        found = read(ROOT, path)
        assert isinstance(found, Source)
        reads.append(path)
        return found if reads.count(path) == 1 else found._replace(data=found.data + b"\n")

    with pytest.raises(Refusal, match="was changed while the corpus was being checked"):
        visit(_paths(ROOT), Work(reread, CONFIG, check_entry), 1)


def test_a_file_that_is_not_held_is_read_twice_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(share, "MOST_HELD", 0)
    monkeypatch.setattr(share, "_MOST_RECENT", 4)
    for number in range(30):
        study = STUDY.replace(b"id: s", b"id: s-%d" % number, 1)
        study = study.replace(b"99999991", b"%d" % (99_000_000 + number))
        claim = CLAIM.replace(b"id: p", b"id: p-%d" % number, 1)
        claim = claim.replace(b"99999991", b"%d" % (99_000_000 + number))
        claim = claim.replace(b"s#o", b"s-%d#o" % number)
        for folder, name, text in (("studies", "s", study), ("procedures", "p", claim)):
            path = tmp_path / f"records/{folder}/{name}-{number}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
    reads: list[str] = []

    def noted(path: str) -> Source | Obstacle:
        reads.append(path)
        return read(tmp_path, path)

    paths = _paths(tmp_path)
    visited = visit(paths, Work(noted, CONFIG, check_entry), 1)
    assert [*visited.found] == paths
    assert not any(
        one.name == "dangling-reference" for found in visited.found.values() for one in found
    )
    assert sorted(reads) == sorted([*paths, *paths])


def test_another_process_reads_tells_hears_and_visits(broken: Path) -> None:
    paths = _paths(broken)
    half = len(paths) // 2
    here, there = Pipe()
    work = Work(partial(read, broken), CONFIG, check_entry)
    call = (there, [paths[half:]], work)
    was_on = gc.isenabled()
    found: list[Any] = []
    thread = Thread(target=lambda: found.extend(help_out(*call)))
    thread.start()
    assert [facts.path for facts in understood(here.recv())] == paths[half:]
    here.send([read_all(share.Share(work), [paths[:half]])])
    thread.join()
    if was_on:
        gc.enable()
    alone = visit(paths, work, 1)
    assert found == [alone.found[path] for path in paths[half:]]


def test_the_library_answers_as_one_in_memory_does(broken: Path) -> None:
    paths = _paths(broken)
    corpus = visit(paths, Work(partial(read, broken), CONFIG, check_entry), 1).corpus
    held = load(find(broken), CONFIG)
    assert [entry.path for entry in corpus.entries] == [entry.path for entry in held.entries]
    for kind in ("study", "procedure", "condition", "measure", "reference"):
        assert corpus.ids(kind) == held.ids(kind)
        assert corpus.circles(kind) == held.circles(kind)


@given(st.lists(st.from_regex(r"records/[abc]/[a-z]{1,3}", fullmatch=True)), st.integers(1, 9))
def test_every_file_is_in_one_portion(paths: list[str], count: int) -> None:
    shares = divided(sorted(paths), count)
    assert len(shares) == count
    assert sorted(path for one in shares for path in one) == sorted(paths)
    assert max(map(len, shares)) - min(map(len, shares)) <= len({path[:9] for path in paths})


@pytest.mark.parametrize(("files", "jobs"), [(3, 3), (3, 500), (12_345, 2), (100_000, 7)])
def test_every_portion_is_taken_by_one_process_whoever_is_quick(files: int, jobs: int) -> None:
    paths = [f"records/studies/{number:06}.yaml" for number in range(files)]
    chance = random.Random(3)  # noqa: S311 - who is quick is no secret
    shares, pool = dealt(paths, jobs)
    assert len(shares) == jobs
    left = {number: iter(one) for number, one in enumerate(shares)}
    taken: dict[int, list[str]] = {number: [] for number in left}
    while left:
        number = chance.choice([*left, max(left), max(left)])
        portion = next(left[number], None)
        if portion is None:
            del left[number]
        else:
            taken[number] += portion
    pool.close()
    assert sorted(path for one in taken.values() for path in one) == paths
    if files > 1000:
        assert min(map(len, taken.values())) > 0
        assert len(taken[jobs - 1]) > files / jobs


@pytest.mark.parametrize("options", [["--no-cache"], []], ids=["", "and an index"])
def test_the_command_prints_the_same_however_many_processes_work(
    broken: Path, options: list[str], tmp_path: Path
) -> None:
    (broken / "curate.toml").write_text('[corpus]\nname = "broken"\npublish = ["in_review"]\n')
    outputs = set()
    for jobs in (1, 2, 3):
        environment = {**os.environ, "CURATE_CACHE": str(tmp_path / str(jobs))}
        call = [sys.executable, "-m", "curate", "validate", "--jobs", str(jobs), *options]
        for _ in range(2):
            done = subprocess.run(
                call, cwd=broken, env=environment, capture_output=True, check=False
            )
            assert done.returncode == 1
            outputs.add((done.stdout, done.stderr))
    assert len(outputs) == 1


def test_a_corpus_that_is_a_link_is_told_as_ever(tmp_path: Path) -> None:
    (tmp_path / "records").symlink_to(ROOT / "records")
    report, _ = check_files(tmp_path, CONFIG)
    assert [finding.name for finding in report.findings] == ["not-a-regular-file"]


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1
