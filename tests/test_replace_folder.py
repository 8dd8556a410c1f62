"""A folder is replaced as a whole or not at all, whatever happens meanwhile."""

import json
import os
import resource
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from curate.artifact import Artifact
from curate.disk.file_lock import locked
from curate.disk.replace_folder import replace_folder
from curate.refusal import Refusal
from kill_replacing import export, state

KILLER = Path(__file__).parent / "kill_replacing.py"


def one_file(path: str, *chunks: bytes) -> Iterator[Artifact]:
    yield Artifact(path, "text/plain", iter(chunks))


def moments(place: Path, *how: str) -> list[dict[str, Any]]:
    """Strike a replacement at each of its calls of the system; see kill_replacing.py."""
    run = subprocess.run(
        [sys.executable, KILLER, place, *how], capture_output=True, text=True, check=True
    )
    found = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(found) > 45
    assert [moment["struck"] for moment in found] == [True] * (len(found) - 1) + [False]
    return found


@pytest.fixture
def old(tmp_path: Path) -> dict[str, Any]:
    replace_folder(tmp_path / "old/exports", export("old"))
    return state(tmp_path / "old/exports")


@pytest.fixture
def new(tmp_path: Path) -> dict[str, Any]:
    replace_folder(tmp_path / "new/exports", export("new"))
    return state(tmp_path / "new/exports")


def test_killed_at_any_moment_the_old_export_is_whole_or_the_new_one_is(
    tmp_path: Path, old: dict[str, Any], new: dict[str, Any]
) -> None:
    found = moments(tmp_path / "killed")
    seen = [moment["after"]["files"] for moment in found]
    turn = seen.index(new["files"])
    assert seen == [old["files"]] * turn + [new["files"]] * (len(seen) - turn)
    assert all(moment["next"]["beside"] == [] for moment in found)
    assert any(moment["after"]["beside"] for moment in found)


def test_where_folders_cannot_be_exchanged_the_next_run_puts_back_what_a_kill_left(
    tmp_path: Path, old: dict[str, Any], new: dict[str, Any]
) -> None:
    found = moments(tmp_path / "killed", "slow")
    between = [moment for moment in found if not moment["after"]["files"]]
    assert len(between) == 1
    assert ".exports.curate-old" in between[0]["after"]["beside"]
    others = [moment["after"]["files"] for moment in found if moment["after"]["files"]]
    assert all(files in (old["files"], new["files"]) for files in others)
    assert all(moment["next"]["beside"] == [] for moment in found)
    assert {len(moment["next"]["files"]) for moment in found} == {5}


def test_what_was_left_under_a_hidden_name_is_put_back_before_a_run_that_fails(
    tmp_path: Path, old: dict[str, Any]
) -> None:
    folder = tmp_path / "exports"
    replace_folder(folder, export("old"))
    folder.rename(tmp_path / ".exports.curate-old")

    def breaks() -> Iterator[Artifact]:
        yield from one_file("a", b"a")
        raise OSError(5, "the disk is broken")

    with pytest.raises(Refusal, match="the disk is broken"):
        replace_folder(folder, breaks())
    assert state(folder) | {"beside": []} == old


@pytest.mark.parametrize("how", [("fail",), ("fail", "slow")])
def test_a_disk_that_is_full_at_any_moment_leaves_the_old_export(
    tmp_path: Path, old: dict[str, Any], new: dict[str, Any], how: tuple[str, ...]
) -> None:
    refused = 0
    for moment in moments(tmp_path / "failed", *how):
        if moment["said"]:
            assert moment["said"].endswith(
                "cannot be written: No space left on device. What was there is unchanged."
            )
            assert moment["after"] == old
            refused += 1
        else:
            assert moment["after"]["files"] == new["files"]
        assert moment["next"]["beside"] == []
    assert refused > 25


def test_a_disk_that_is_really_full_leaves_the_old_export(
    tmp_path: Path, old: dict[str, Any]
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("a small file system cannot be mounted here")
    try:
        replace_folder(disk / "exports", export("old"))
        with pytest.raises(Refusal, match=r"No space left on device\. What was there is unchanged"):
            replace_folder(disk / "exports", one_file("large", *[b"x" * 4096] * 64))
        assert state(disk / "exports") == old
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_file_larger_than_the_system_allows_leaves_the_old_export(
    tmp_path: Path, old: dict[str, Any]
) -> None:
    folder = tmp_path / "old/exports"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, before[1]))
    try:
        with pytest.raises(Refusal, match="File too large"):
            replace_folder(folder, one_file("large", *[b"x" * 4096] * 64))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert state(folder) == old


def test_a_bug_in_the_making_of_a_file_leaves_the_old_export(
    tmp_path: Path, old: dict[str, Any]
) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise ZeroDivisionError

    folder = tmp_path / "old/exports"
    with pytest.raises(ZeroDivisionError):
        replace_folder(folder, iter([Artifact("a", "text/plain", chunks())]))
    assert state(folder) == old


def test_two_at_once_wait_for_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    words = [f"w{number}" for number in range(8)]
    together = threading.Barrier(len(words))

    def replace(word: str) -> None:
        together.wait()
        replace_folder(folder, export(word))

    threads = [threading.Thread(target=replace, args=(word,)) for word in words]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = state(folder)
    assert found["beside"] == []
    assert len(found["files"]) == 5
    assert len({text.split("\n")[0] for path, text in found["files"].items() if "." in path}) == 1


def test_a_lock_is_held_by_one_at_a_time_and_goes_away(tmp_path: Path) -> None:
    path, inside, most = tmp_path / "lock", 0, 0
    counting = threading.Lock()

    def hold() -> None:
        nonlocal inside, most
        for _ in range(50):
            with locked(path):
                with counting:
                    inside += 1
                    most = max(most, inside)
                os.sched_yield()
                with counting:
                    inside -= 1

    threads = [threading.Thread(target=hold) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert not path.exists()


@pytest.mark.parametrize("mask", [0o077, 0o000, 0o022])
def test_files_and_folders_have_the_same_modes_whatever_the_umask(
    tmp_path: Path, mask: int
) -> None:
    before = os.umask(mask)
    try:
        replace_folder(tmp_path / "exports", export("new"))
    finally:
        os.umask(before)
    found = [tmp_path / "exports", *(tmp_path / "exports").rglob("*")]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in found if path.is_dir()}
    assert modes == {0o755}
    assert {stat.S_IMODE(path.stat().st_mode) for path in found if path.is_file()} == {0o644}


def test_a_missing_folder_is_made_with_those_above_it(tmp_path: Path, new: dict[str, Any]) -> None:
    replace_folder(tmp_path / "a/b/exports", export("new"))
    assert state(tmp_path / "a/b/exports") == new


def test_an_empty_folder_is_filled(tmp_path: Path, new: dict[str, Any]) -> None:
    (tmp_path / "a/exports").mkdir(parents=True)
    replace_folder(tmp_path / "a/exports", export("new"))
    assert state(tmp_path / "a/exports") == new


def test_what_the_earlier_export_wrote_and_this_one_does_not_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    replace_folder(folder, export("old"))
    replace_folder(folder, export("new"))
    assert not (folder / "json/studies/old.json").exists()


def test_a_file_that_no_export_wrote_is_not_thrown_away(
    tmp_path: Path, old: dict[str, Any]
) -> None:
    folder = tmp_path / "old/exports"
    (folder / "json/mine.txt").write_text("mine")
    with pytest.raises(Refusal, match=r"holds json/mine\.txt, which no export wrote; move that"):
        replace_folder(folder, export("new"))
    (folder / "json/yours.txt").write_text("yours")
    with pytest.raises(Refusal, match=r"holds json/mine\.txt and 1 more, which no export wrote"):
        replace_folder(folder, export("new"))
    (folder / "json/mine.txt").unlink()
    (folder / "json/yours.txt").unlink()
    assert state(folder) == old


def test_a_file_put_there_while_the_export_is_written_is_not_thrown_away(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    replace_folder(folder, export("old"))

    def slowly() -> Iterator[Artifact]:
        yield from export("new")
        (folder / "mine.txt").write_text("mine")

    with pytest.raises(Refusal, match=r"mine\.txt"):
        replace_folder(folder, slowly())
    assert (folder / "mine.txt").read_text() == "mine"
    assert (folder / "json/studies/old.json").exists()


def test_a_link_that_no_export_wrote_is_not_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports/link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refusal, match="holds link, which no export wrote"):
        replace_folder(tmp_path / "exports", export("new"))


def test_the_folder_of_a_checkout_with_nothing_but_our_readme_is_filled(
    tmp_path: Path, new: dict[str, Any]
) -> None:
    folder = tmp_path / "a/exports"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text("# new\nas an older version wrote it\n")
    (folder / ".DS_Store").write_text("litter")
    replace_folder(folder, export("new"))
    assert state(folder) == new


def test_the_readme_of_somebody_else_is_not_thrown_away(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "README.md").write_text("# My notes\n")
    with pytest.raises(Refusal, match=r"holds README\.md, which no export wrote"):
        replace_folder(folder, export("new"))


def test_a_link_a_file_and_a_folder_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "file").write_text("mine")
    for name, why in [("link", "is a link"), ("dangling", "is a link"), ("file", "is no folder")]:
        with pytest.raises(Refusal, match=f"{name} {why}"):
            replace_folder(tmp_path / name, export("new"))
    with pytest.raises(Refusal, match="Not a directory"):
        replace_folder(tmp_path / "file/exports", export("new"))
    assert (tmp_path / "file").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dangling", "file", "link", "real"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_parent_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o555)
    with pytest.raises(Refusal, match="Permission denied"):
        replace_folder(tmp_path / "locked/exports", export("new"))


def test_a_read_only_file_system_is_refused() -> None:
    with pytest.raises(Refusal, match=r"/proc/exports cannot be written: "):
        replace_folder(Path("/proc/exports"), export("new"))


def test_a_link_under_a_hidden_name_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/file").write_text("precious")
    (tmp_path / ".exports.curate-new").symlink_to(tmp_path / "precious")
    with pytest.raises(Refusal):
        replace_folder(tmp_path / "exports", export("new"))
    assert (tmp_path / "precious/file").read_text() == "precious"


@pytest.mark.parametrize(
    "path", ["../x", "/x", "a/../../x", "a//b", "a/./b", "", ".", "a\\b", "a:b", "a\nb", "a\0b"]
)
def test_a_file_outside_the_folder_is_never_written(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="is no path for a file of an export"):
        replace_folder(tmp_path / "a/exports", one_file(path, b"x"))
    assert list((tmp_path / "a").iterdir()) == []
    assert not (tmp_path / "x").exists()


def test_two_files_of_one_name_are_a_bug(tmp_path: Path) -> None:
    files = [*one_file("a/B", b"x"), *one_file("a/b", b"x")]
    with pytest.raises(ValueError, match="is no path for a file of an export"):
        replace_folder(tmp_path / "exports", files)
