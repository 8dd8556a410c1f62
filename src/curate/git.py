"""Ask git: the files that a commit holds or would hold, and the commit that a corpus stands at."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from curate.refusal import Refusal
from curate.source import (
    MAX_BYTES,
    RECORDS,
    SUFFIX,
    Obstacle,
    Source,
    irregular,
    is_record_name,
    too_large,
    wrong_suffix,
)
from curate.suggest import did_you_mean

_PLAIN = frozenset((b"100644", b"100755"))


EMPTY = (
    b"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    b"473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
)
"""How git names an empty text, by SHA-1 and by SHA-256."""


class Staged(NamedTuple):
    """One file that git holds: an entry of its index, or of a commit."""

    path: str
    mode: bytes
    blob: bytes


def staged(root: Path) -> Iterator[Source | Obstacle]:
    """Yield every record's file as the git index holds it, sorted by path.

    That is what a commit would contain: a record that is not staged does not count, and one that
    was mended after staging is seen as it was staged. Nothing is converted: no line ends, no
    filters.
    """
    yield from texts(root, staged_entries(root))


def staged_entries(root: Path) -> list[Staged]:
    """List what the git index holds below records/, sorted by path, without reading any text."""
    entries = _index(root)
    if any(entry.blob in EMPTY for entry in entries):
        # `git add --intent-to-add` lists a file with an empty text; no commit would hold it.
        unreal = intended(root)
        entries = [entry for entry in entries if entry.path not in unreal]
    return entries


def intended(root: Path) -> set[str]:
    """Return the files that are only intended to be added."""
    return _names(run(root, *_INTENDED, *_BELOW))


def texts(root: Path, entries: list[Staged]) -> Iterator[Source | Obstacle]:
    """Yield the texts of files that git holds, within the bounds of any reading."""
    yield from _read(root, entries, _sizes(root, entries))


def at_revision(root: Path, commit: str) -> Iterator[Source | Obstacle]:
    """Yield every record's file as a commit holds it, sorted by path; nothing is checked out."""
    yield from texts(root, entries_of(root, commit))


def entries_of(root: Path, tree: str) -> list[Staged]:
    """List the records' files of a commit or tree, sorted by path."""
    return sorted(_tree(root, tree, RECORDS))


def file_at(root: Path, commit: str, path: str) -> bytes | None:
    """Return the text of one file as a commit holds it, or None where it holds none."""
    for entry in _tree(root, commit, path):
        return run(root, "cat-file", "blob", entry.blob.decode())
    return None


def resolve(root: Path, revision: str) -> str:
    """Return the full name of the commit that a revision, such as a branch or a tag, names."""
    try:
        # What the user types is a revision even where it starts with a hyphen.
        said = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return run(root, "rev-parse", *said).decode().strip()
    except Refusal as error:
        run(root, "rev-parse", "--git-dir")
        known = run(root, "for-each-ref", "--format=%(refname:short)").decode().split()
        guess = did_you_mean(revision, known)
        raise Refusal(f"git knows no revision `{revision}`. {guess}".rstrip()) from error


def merge_base(root: Path, revision: str) -> str:
    """Return the commit at which what is checked out left a revision, such as its main branch."""
    other = resolve(root, revision)
    try:
        return run(root, "merge-base", other, "HEAD").decode().strip()
    except Refusal as error:
        raise Refusal(
            f"git knows no commit that what is checked out has in common with `{revision}`; in a "
            "shallow clone, get the history first: `git fetch --unshallow`."
        ) from error


def changed(root: Path, commit: str, *, staged: bool = False) -> frozenset[str]:
    """Return the files below records/ that are others than in a commit, those deleted included.

    They are those of the working copy with what git does not track yet or, on request, of the
    index.
    """
    compared = ("--cached", commit) if staged else (commit,)
    found = run(root, "diff", "--relative", "--name-only", "--no-renames", *compared, *_BELOW)
    if not staged:
        found += run(root, "ls-files", "--others", *_BELOW)
    return frozenset(_names(found))


def below_top(root: Path) -> str:
    """Return where a corpus lies in its git repository, such as `docs/pain/`; at its top nothing.

    Outside git it is nothing too. git is not asked: it may refuse to speak of the files of another
    user, as it does in the container of many a CI.
    """
    here = root.resolve()
    for top in (here, *here.parents):
        if os.path.lexists(top / ".git"):
            below = here.relative_to(top).as_posix()
            return "" if below == "." else f"{below}/"
    return ""


def _tree(root: Path, commit: str, path: str) -> Iterator[Staged]:
    """List the plain files and links of a commit that are at or below a path."""
    for line in run(root, "ls-tree", "-r", "-z", commit, "--", path).split(b"\0"):
        if line:
            meta, _, name = line.partition(b"\t")
            mode, _, blob = meta.split()
            if not path.startswith(RECORDS) or is_record(os.fsdecode(name)):
                yield Staged(os.fsdecode(name), mode, blob)


def _read(
    root: Path, entries: list[Staged], sizes: dict[bytes, int]
) -> Iterator[Source | Obstacle]:
    """Yield the texts of files that git holds, within the bounds of any reading."""
    wanted = [entry for entry in entries if is_readable(entry) and sizes[entry.blob] <= MAX_BYTES]
    texts = dict(zip(wanted, _texts(root, wanted, sizes), strict=True))
    for entry in entries:
        if entry.mode not in _PLAIN:
            yield irregular(entry.path, "is a symbolic link or a submodule")
        elif not entry.path.endswith(SUFFIX):
            yield wrong_suffix(entry.path)
        else:
            text = texts.get(entry)
            yield too_large(entry.path) if text is None else Source(entry.path, text)


def commit(root: Path) -> str | None:
    """Return the full name of the commit that is checked out, or None outside git."""
    try:
        return run(root, "rev-parse", "--verify", "--quiet", "HEAD").decode().strip() or None
    except Refusal:
        return None


def differs(root: Path) -> bool | None:
    """Tell whether the records are others than in the commit checked out; None outside git."""
    of_interest = ("-z", "--", RECORDS, "curate.toml")
    try:
        changed = run(root, "diff", "--relative", "--name-only", "HEAD", *of_interest)
        unknown = run(root, "ls-files", "--others", *of_interest)
    except Refusal:
        return None
    paths = (os.fsdecode(path) for path in (changed + unknown).split(b"\0") if path)
    return any(path == "curate.toml" or is_record(path) for path in paths)


_INTENDED = ("diff-files", "--relative", "--name-only", "--diff-filter=A")
_BELOW = ("-z", "--", RECORDS)


def _index(root: Path) -> list[Staged]:
    """List what is staged below records/, sorted by path."""
    listing = run(root, "ls-files", "--stage", *_BELOW)
    entries = (_entry(line) for line in listing.split(b"\0") if line)
    return sorted(entry for entry in entries if is_record(entry.path))


def is_record(path: str) -> bool:
    """Tell whether a path that git names is meant as a record."""
    *folders, name = path.split("/")
    return is_record_name(name) and not any(folder.startswith(".") for folder in folders)


def _entry(line: bytes) -> Staged:
    """Take apart `mode blob stage TAB path`."""
    meta, _, path = line.partition(b"\t")
    mode, blob, stage = meta.split()
    name = os.fsdecode(path)
    if stage != b"0":
        raise Refusal(f"{name} is in the middle of a merge; resolve it and `git add` it first.")
    return Staged(name, mode, blob)


def is_readable(entry: Staged) -> bool:
    """Tell whether an entry is a plain file with the name of a record."""
    return entry.mode in _PLAIN and entry.path.endswith(SUFFIX)


def _names(listing: bytes) -> set[str]:
    return {os.fsdecode(name) for name in listing.split(b"\0")}


def _sizes(root: Path, entries: list[Staged]) -> dict[bytes, int]:
    """Return how large the text of each record is, before any is read."""
    blobs = [entry.blob for entry in entries if is_readable(entry)]
    answer = run(root, "cat-file", "--batch-check", stdin=_request(blobs))
    sizes = {}
    for line in answer.splitlines():
        name, *rest = line.split()
        if rest[:1] != [b"blob"]:
            raise Refusal(f"git's index names {name.decode()}, but holds no text for it.")
        sizes[name] = int(rest[1])
    return sizes


def _texts(root: Path, wanted: list[Staged], sizes: dict[bytes, int]) -> Iterator[bytes]:
    """Yield the text of each entry, in order."""
    answer = run(root, "cat-file", "--batch", stdin=_request([entry.blob for entry in wanted]))
    at = 0
    for entry in wanted:
        start = answer.index(b"\n", at) + 1
        at = start + sizes[entry.blob] + 1
        yield answer[start : at - 1]


def _request(blobs: list[bytes]) -> bytes:
    return b"".join(blob + b"\n" for blob in blobs)


def run(root: Path, *arguments: str, stdin: bytes = b"") -> bytes:
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
