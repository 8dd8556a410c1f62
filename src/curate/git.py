"""Ask git: the files that a commit would hold, and the commit that a corpus stands at."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from curate.refusal import Refusal
from curate.source import MAX_BYTES, RECORDS, SUFFIX, Obstacle, Source


def staged(root: Path) -> Iterator[Source | Obstacle]:
    """Yield every record's file as the git index holds it, sorted by path.

    That is what a commit would contain: a record that is not staged does not count, and one that
    was mended after staging is seen as it was staged.
    """
    listing = _run(root, "ls-files", "--stage", "-z", "--", RECORDS)
    entries = [_entry(line) for line in listing.split(b"\0") if line]
    wanted = sorted(entry for entry in entries if not _ignored(entry[0]))
    request = b"".join(blob + b"\n" for _, _, blob in wanted)
    answer = _run(root, "cat-file", "--batch", stdin=request)
    at = 0
    for path, mode, _ in wanted:
        header_end = answer.index(b"\n", at)
        fields = answer[at:header_end].split()
        if len(fields) != 3 or fields[1] != b"blob":  # noqa: PLR2004 - name, type, size
            raise Refusal(f"git's index names {path}, but holds no text for it; run `git fsck`.")
        size = int(fields[2])
        data = answer[header_end + 1 : header_end + 1 + size]
        at = header_end + 1 + size + 1
        yield _source(path, mode, data)


def commit(root: Path) -> str | None:
    """Return the full name of the commit that is checked out, or None outside git."""
    try:
        return _run(root, "rev-parse", "--verify", "--quiet", "HEAD").decode().strip() or None
    except Refusal:
        return None


def _entry(line: bytes) -> tuple[str, bytes, bytes]:
    """Take apart `mode blob stage TAB path`."""
    meta, _, path = line.partition(b"\t")
    mode, blob, stage = meta.split()
    name = os.fsdecode(path)
    if stage != b"0":
        raise Refusal(f"{name} is in the middle of a merge; resolve it and `git add` it first.")
    return name, mode, blob


def _ignored(path: str) -> bool:
    return path.endswith(".md") or any(step.startswith(".") for step in path.split("/"))


def _source(path: str, mode: bytes, data: bytes) -> Source | Obstacle:
    """Hold what git has to what a plain file in the working copy is held to."""
    if mode not in {b"100644", b"100755"}:
        return Obstacle(
            path,
            "not-a-regular-file",
            "This is a symbolic link or a submodule; a record is a plain file.",
            "Put the record's text into a plain file of this name.",
        )
    if not path.endswith(SUFFIX):
        return Obstacle(
            path,
            "unexpected-file",
            f"The file name does not end in `{SUFFIX}`, so it would be read by nobody.",
            f"Rename it to end in `{SUFFIX}`, or move it out of `{RECORDS}/`.",
        )
    if len(data) > MAX_BYTES:
        return Obstacle(
            path,
            "too-large",
            f"The file is larger than {MAX_BYTES // 1024} KiB; no record is.",
            "Check that it is a record, and split what belongs to several.",
        )
    return Source(path, data)


def _run(root: Path, *arguments: str, stdin: bytes | None = None) -> bytes:
    """Run git in the corpus; its own sentence becomes ours where it refuses."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, arguments of our own
            ["git", *arguments],  # noqa: S607 - the git that the user's shell would run
            cwd=root,
            input=stdin,
            capture_output=True,
            check=True,
        )
    except FileNotFoundError as error:
        raise Refusal("git is not installed, or not on the PATH.") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise Refusal(f"git {arguments[0]}: {said[0] if said else 'failed'}") from error
    return done.stdout
