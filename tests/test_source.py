"""Finding and reading the files of a corpus: what is no plain file is told, never opened."""

import errno
import os
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from curate.refusal import Refusal
from curate.source import MAX_BYTES, Obstacle, Source, find, paths_and_odd, read

RECORD = "records/studies/a.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "records" / "studies").mkdir(parents=True)
    (tmp_path / RECORD).write_bytes(b"id: a\n")
    return tmp_path


def _names(root: Path) -> dict[str, str]:
    """Return what finding gives: `read`, or the name of the obstacle, by path."""
    return {item.path: item.name if isinstance(item, Obstacle) else "read" for item in find(root)}


def test_records_are_found_sorted_and_read_whole(root: Path) -> None:
    (root / "records/studies/a-b.yaml").write_bytes(b"")
    (root / "records/conditions").mkdir()
    (root / "records/conditions/c.yaml").write_bytes(b"\xff" * 70_000)
    assert list(find(root)) == [
        Source("records/conditions/c.yaml", b"\xff" * 70_000),
        Source("records/studies/a-b.yaml", b""),
        Source(RECORD, b"id: a\n"),
    ]


def test_documentation_and_hidden_files_are_no_records(root: Path) -> None:
    (root / "records/README.md").write_text("How to write a study.")
    (root / "records/studies/.a.yaml.swp").write_text("")
    (root / "records/.cache").mkdir()
    (root / "records/.cache/b.yaml").write_text("")
    assert _names(root) == {RECORD: "read"}


@pytest.mark.parametrize("name", ["b.yml", "b.YAML", "b.json", "b", "b.yaml~", "b.yaml.orig"])
def test_a_file_that_nobody_would_read_is_told(root: Path, name: str) -> None:
    (root / "records/studies" / name).write_text("id: b\n")
    assert _names(root)[f"records/studies/{name}"] == "unexpected-file"


@pytest.mark.parametrize(
    "target", ["a.yaml", "missing.yaml", "b.yaml", "../../../outside.yaml", "/dev/zero", "."]
)
def test_a_symbolic_link_is_told_and_not_followed(root: Path, target: str) -> None:
    (root / "records/studies/b.yaml").symlink_to(target)
    assert _names(root) == {RECORD: "read", "records/studies/b.yaml": "not-a-regular-file"}


@pytest.mark.parametrize("target", ["studies", ".", "missing", "/usr"])
def test_a_link_to_a_folder_is_told_and_not_followed(root: Path, target: str) -> None:
    (root / "records/measures").symlink_to(target)
    assert _names(root) == {RECORD: "read", "records/measures": "not-a-regular-file"}


def test_a_link_in_the_place_of_records_is_told_and_not_followed(root: Path) -> None:
    (root / "records").rename(root / "elsewhere")
    (root / "records").symlink_to("elsewhere")
    assert _names(root) == {"records": "not-a-regular-file"}


def test_a_folder_with_the_name_of_a_record_is_told(root: Path) -> None:
    (root / "records/studies/b.yaml").mkdir()
    assert _names(root)["records/studies/b.yaml"] == "not-a-regular-file"


def test_pipes_and_sockets_are_told_and_not_opened(root: Path) -> None:
    os.mkfifo(root / "records/studies/b.yaml")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(root / "records/studies/c.yaml"))
        assert _names(root) == {
            RECORD: "read",
            "records/studies/b.yaml": "not-a-regular-file",
            "records/studies/c.yaml": "not-a-regular-file",
        }


def test_a_device_is_told_and_not_opened(root: Path) -> None:
    try:
        os.mknod(root / "records/studies/b.yaml", 0o20600, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("making a device takes more rights than this user has")
    assert _names(root)["records/studies/b.yaml"] == "not-a-regular-file"


def test_a_pipe_that_takes_a_files_place_before_it_is_opened_cannot_hang(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def swap(path: str, flags: int) -> int:
        Path(path).unlink()
        os.mkfifo(path)
        return opened(path, flags)

    monkeypatch.setattr(os, "open", swap)
    item = read(root, RECORD)
    assert isinstance(item, Obstacle)
    assert item.name == "not-a-regular-file"


def test_what_a_folder_lists_as_plain_files_is_opened_at_once_and_all_else_is_looked_at(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(root / "records/studies/pipe.yaml")
    (root / "records/studies/link.yaml").symlink_to("a.yaml")
    (root / "records/studies/folder.yaml").mkdir()
    looked_at: list[str] = []
    look = os.lstat
    monkeypatch.setattr("os.lstat", lambda path: (looked_at.append(path), look(path))[1])
    paths, odd = paths_and_odd(root)
    assert odd == {f"records/studies/{name}.yaml" for name in ("folder", "link", "pipe")}
    assert paths == sorted([RECORD, *odd])
    assert [read(root, path, odd) for path in paths] == [read(root, path) for path in paths]
    assert looked_at.count(f"{root}/{RECORD}") == 1


def test_what_took_a_plain_files_place_meanwhile_is_neither_followed_nor_waited_for(
    root: Path,
) -> None:
    _, odd = paths_and_odd(root)
    (root / RECORD).unlink()
    os.mkfifo(root / RECORD)
    found = read(root, RECORD, odd)
    assert isinstance(found, Obstacle)
    assert found.name == "not-a-regular-file"
    (root / RECORD).unlink()
    (root / RECORD).symlink_to("/dev/zero")
    with pytest.raises(Refusal, match="cannot be read"):
        read(root, RECORD, odd)


def test_a_file_is_refused_at_one_byte_too_many(root: Path) -> None:
    (root / RECORD).write_bytes(b"#" * MAX_BYTES)
    assert _names(root) == {RECORD: "read"}
    (root / RECORD).write_bytes(b"#" * (MAX_BYTES + 1))
    assert _names(root) == {RECORD: "too-large"}


def test_a_file_that_grows_while_it_is_read_is_read_whole_or_refused(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def grow(by: int) -> None:
        def swap(path: str, flags: int) -> int:
            Path(path).write_bytes(b"id: a\n" + b"#" * by)
            return opened(path, flags)

        monkeypatch.setattr(os, "open", swap)

    grow(5000)
    assert read(root, RECORD) == Source(RECORD, b"id: a\n" + b"#" * 5000)
    (root / RECORD).write_bytes(b"id: a\n")
    grow(MAX_BYTES)
    item = read(root, RECORD)
    assert isinstance(item, Obstacle)
    assert item.name == "too-large"


def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(root: Path) -> None:
    with (root / RECORD).open("r+b") as stream:
        stream.truncate(1 << 30)
    program = (
        "import sys; from pathlib import Path; from curate.source import find\n"
        "print([item.name for item in find(Path(sys.argv[1]))])"
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))

    done = subprocess.run(
        [sys.executable, "-c", program, root],
        capture_output=True,
        text=True,
        preexec_fn=limit,
        check=True,
    )
    assert done.stdout == "['too-large']\n"


def test_folders_deeper_than_the_stack_are_walked(root: Path) -> None:
    folder = os.open(root / "records/studies", os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=folder)
        inner = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    try:
        assert _names(root) == {RECORD: "read"}
    finally:
        # Python's own rmtree would not get to the bottom of it.
        subprocess.run(["rm", "-rf", root / "records/studies/d"], check=True)


@pytest.mark.parametrize(
    "name", ["a\nb.yaml", "a\x1b[31mb.yaml", "a\\b.yaml", "\u202eb.yaml", "e\u0301.yaml"]
)
def test_an_odd_file_name_is_carried_as_it_is(root: Path, name: str) -> None:
    (root / "records/studies" / name).write_bytes(b"id: b\n")
    assert f"records/studies/{name}" in _names(root)


def test_a_file_name_that_is_not_utf_8_is_carried(root: Path) -> None:
    path = os.fsencode(root / "records/studies") + b"/a\xff.yaml"
    try:
        with open(path, "wb"):  # noqa: PTH123 - pathlib takes no bytes
            pass
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    name = "records/studies/a\udcff.yaml"
    assert _names(root)[name] == "read"
    assert os.fsencode(name).endswith(b"/a\xff.yaml")


def test_a_corpus_without_records_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="make one, and start a record"):
        list(find(tmp_path))
    (tmp_path / "records").write_text("")
    with pytest.raises(Refusal, match="There is no folder `records`"):
        list(find(tmp_path))


def test_a_file_that_vanishes_before_it_is_read_is_refused_in_one_sentence(root: Path) -> None:
    (root / "records/studies/b.yaml").write_bytes(b"")
    found = find(root)
    next(found)
    (root / "records/studies/b.yaml").unlink()
    with pytest.raises(Refusal, match=r"b\.yaml cannot be read: No such file or directory\.$"):
        list(found)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_or_folder_that_may_not_be_read_is_refused(root: Path) -> None:
    (root / RECORD).chmod(0)
    with pytest.raises(Refusal, match=r"a\.yaml cannot be read: Permission denied\."):
        list(find(root))
    (root / "records/studies").chmod(0)
    with pytest.raises(Refusal, match=r"studies cannot be listed: Permission denied\."):
        list(find(root))
    (root / "records/studies").chmod(0o700)


@pytest.mark.parametrize("function", ["open", "scandir"])
def test_a_disk_that_fails_is_refused_in_one_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, function, fail)
    with pytest.raises(Refusal, match=r"cannot be (read|listed): Input/output error\.$"):
        list(find(root))
