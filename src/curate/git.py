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


class _Staged(NamedTuple):
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
    entries = _index(root)
    sizes = _sizes(root, entries)
    if 0 in sizes.values():
        # `git add --intent-to-add` lists a file with an empty text; no commit would hold it.
        intended = _names(_run(root, *_INTENDED, *_BELOW))
        entries = [entry for entry in entries if entry.path not in intended]
    yield from _read(root, entries, sizes)


def at_revision(root: Path, commit: str) -> Iterator[Source | Obstacle]:
    """Yield every record's file as a commit holds it, sorted by path; nothing is checked out."""
    entries = sorted(_tree(root, commit, RECORDS))
    yield from _read(root, entries, _sizes(root, entries))


def file_at(root: Path, commit: str, path: str) -> bytes | None:
    """Return the text of one file as a commit holds it, or None where it holds none."""
    for entry in _tree(root, commit, path):
        return _run(root, "cat-file", "blob", entry.blob.decode())
    return None


def resolve(root: Path, revision: str) -> str:
    """Return the full name of the commit that a revision, such as a branch or a tag, names."""
    try:
        # What the user types is a revision even where it starts with a hyphen.
        said = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return _run(root, "rev-parse", *said).decode().strip()
    except Refusal as error:
        _run(root, "rev-parse", "--git-dir")
        known = _run(root, "for-each-ref", "--format=%(refname:short)").decode().split()
        guess = did_you_mean(revision, known)
        raise Refusal(f"git knows no revision `{revision}`. {guess}".rstrip()) from error


def merge_base(root: Path, revision: str) -> str:
    """Return the commit at which what is checked out left a revision, such as its main branch."""
    other = resolve(root, revision)
    try:
        return _run(root, "merge-base", other, "HEAD").decode().strip()
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
    found = _run(root, "diff", "--relative", "--name-only", "--no-renames", *compared, *_BELOW)
    if not staged:
        found += _run(root, "ls-files", "--others", *_BELOW)
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


def _tree(root: Path, commit: str, path: str) -> Iterator[_Staged]:
    """List the plain files and links of a commit that are at or below a path."""
    for line in _run(root, "ls-tree", "-r", "-z", commit, "--", path).split(b"\0"):
        if line:
            meta, _, name = line.partition(b"\t")
            mode, _, blob = meta.split()
            if not path.startswith(RECORDS) or _is_record(os.fsdecode(name)):
                yield _Staged(os.fsdecode(name), mode, blob)


def _read(
    root: Path, entries: list[_Staged], sizes: dict[bytes, int]
) -> Iterator[Source | Obstacle]:
    """Yield the texts of files that git holds, within the bounds of any reading."""
    wanted = [entry for entry in entries if _readable(entry) and sizes[entry.blob] <= MAX_BYTES]
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
        return _run(root, "rev-parse", "--verify", "--quiet", "HEAD").decode().strip() or None
    except Refusal:
        return None


def differs(root: Path) -> bool | None:
    """Tell whether the records are others than in the commit checked out; None outside git."""
    of_interest = ("-z", "--", RECORDS, "curate.toml")
    try:
        changed = _run(root, "diff", "--relative", "--name-only", "HEAD", *of_interest)
        unknown = _run(root, "ls-files", "--others", *of_interest)
    except Refusal:
        return None
    paths = (os.fsdecode(path) for path in (changed + unknown).split(b"\0") if path)
    return any(path == "curate.toml" or _is_record(path) for path in paths)


_INTENDED = ("diff-files", "--relative", "--name-only", "--diff-filter=A")
_BELOW = ("-z", "--", RECORDS)


def _index(root: Path) -> list[_Staged]:
    """List what is staged below records/, sorted by path."""
    listing = _run(root, "ls-files", "--stage", *_BELOW)
    entries = (_entry(line) for line in listing.split(b"\0") if line)
    return sorted(entry for entry in entries if _is_record(entry.path))


def _is_record(path: str) -> bool:
    *folders, name = path.split("/")
    return is_record_name(name) and not any(folder.startswith(".") for folder in folders)


def _entry(line: bytes) -> _Staged:
    """Take apart `mode blob stage TAB path`."""
    meta, _, path = line.partition(b"\t")
    mode, blob, stage = meta.split()
    name = os.fsdecode(path)
    if stage != b"0":
        raise Refusal(f"{name} is in the middle of a merge; resolve it and `git add` it first.")
    return _Staged(name, mode, blob)


def _readable(entry: _Staged) -> bool:
    return entry.mode in _PLAIN and entry.path.endswith(SUFFIX)


def _names(listing: bytes) -> set[str]:
    return {os.fsdecode(name) for name in listing.split(b"\0")}


def _sizes(root: Path, entries: list[_Staged]) -> dict[bytes, int]:
    """Return how large the text of each record is, before any is read."""
    blobs = [entry.blob for entry in entries if _readable(entry)]
    answer = _run(root, "cat-file", "--batch-check", stdin=_request(blobs))
    sizes = {}
    for line in answer.splitlines():
        name, *rest = line.split()
        if rest[:1] != [b"blob"]:
            raise Refusal(f"git's index names {name.decode()}, but holds no text for it.")
        sizes[name] = int(rest[1])
    return sizes


def _texts(root: Path, wanted: list[_Staged], sizes: dict[bytes, int]) -> Iterator[bytes]:
    """Yield the text of each entry, in order."""
    answer = _run(root, "cat-file", "--batch", stdin=_request([entry.blob for entry in wanted]))
    at = 0
    for entry in wanted:
        start = answer.index(b"\n", at) + 1
        at = start + sizes[entry.blob] + 1
        yield answer[start : at - 1]


def _request(blobs: list[bytes]) -> bytes:
    return b"".join(blob + b"\n" for blob in blobs)


def _run(root: Path, *arguments: str, stdin: bytes = b"") -> bytes:
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
