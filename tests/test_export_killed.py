"""A real export is one complete version at any moment: killed, without room, or not allowed."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from curate.artifact import Artifact
from curate.config import Config
from curate.corpus import Corpus
from curate.disk.replace_folder import replace_folder
from curate.formats import load_format
from curate.manifest import Revision, assemble
from curate.refusal import Refusal
from full_corpus import corpus_of, full_values

pytestmark = pytest.mark.no_cover  # the same export, over and over

KILLS = 200


def corpus(version: str) -> Corpus:
    config = Config(name="full", version=version, publish=("in_review",))
    return corpus_of(full_values(), config)


def write(folder: Path, held: Corpus) -> None:
    replace_folder(folder, files_of(held))


def files_of(held: Corpus) -> Iterator[Artifact]:
    formats = [load_format(name) for name in ("json", "csv", "sqlite", "fhir")]
    return assemble(held, formats, Revision(None, None))


def complete(folder: Path) -> str:
    """Hold an export against its own sums, and return the version that it is of."""
    check = ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"]
    done = subprocess.run(check, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    listed = {line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == listed | {"SHA256SUMS"}
    corpus_file = (folder / "json/corpus.json").read_text(encoding="utf-8")
    return corpus_file.split('"version":"')[1].split('"')[0]


def test_killed_at_200_random_moments_the_export_is_one_complete_version(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    # They are made beforehand, so that most die while they write.
    versions = [
        [file._replace(chunks=[*file.chunks]) for file in files_of(corpus(version))]
        for version in "12"
    ]
    replace_folder(folder, versions[0])
    began = time.monotonic()
    replace_folder(folder, versions[1])
    longest = (time.monotonic() - began) * 1.5
    moments = random.Random(5)  # noqa: S311 - no secret
    died, seen = 0, set()
    for number in range(KILLS):
        child = os.fork()
        if child == 0:
            try:
                replace_folder(folder, versions[number % 2])
            finally:
                os._exit(0)
        time.sleep(moments.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        died += os.WIFSIGNALED(status)
        seen.add(complete(folder))
    assert seen == {"1", "2"}
    assert died > 0
    replace_folder(folder, versions[0])
    assert complete(folder) == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["exports"]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a small file system of its own, or skip where none can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", place]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("a small file system cannot be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def test_on_a_disk_with_ever_less_room_the_export_is_one_complete_version(disk: Path) -> None:
    folder = disk / "exports"
    write(folder, corpus("1"))
    size = shutil.disk_usage(disk).used
    room = shutil.disk_usage(disk).free
    written: list[str] = []
    said: list[str] = []
    for step in range(24):
        # What is left beside the old export: from room for a new one down to none.
        left = size * (23 - step) // 20
        with (disk / "filler").open("wb") as stream:
            stream.write(b"x" * max(room - left, 0))
        version = str(step + 2)
        try:
            write(folder, corpus(version))
            written.append(version)
        except Refusal as refusal:
            said.append(str(refusal))
        assert complete(folder) == (written or ["1"])[-1]
        (disk / "filler").unlink()
        assert [path.name for path in disk.iterdir()] == ["exports"]
    assert 0 < len(written) < 24
    assert len(written) + len(said) == 24
    assert all(refusal.endswith("What was there is unchanged.") for refusal in said)


def test_a_disk_that_may_only_be_read_is_refused_and_the_export_stays(disk: Path) -> None:
    folder = disk / "exports"
    write(folder, corpus("1"))
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    with pytest.raises(Refusal, match="Read-only file system"):
        write(folder, corpus("2"))
    assert complete(folder) == "1"
