"""What git would commit: what has changed in its index since it was last looked at.

git compares its index with a tree faster than anybody can list either. So a tree is kept, and how
the index differed from it when everything was last checked; what differs in another way now has
changed. Trees and texts are named by their content: no clock plays a part.
"""

import os
from pathlib import Path
from typing import Any, TypeAlias

from curate import git
from curate.config import Config
from curate.corpus import Entry
from curate.index.blobs import Blobs
from curate.index.memory import current_memory
from curate.index.seen import Each, Moved, Seen, Taken, Whole
from curate.index.shelf import Shelf
from curate.index.store import Damaged
from curate.pipeline import entry_of
from curate.refusal import Refusal
from curate.source import RECORDS

Differences: TypeAlias = dict[str, tuple[str | None, str | None]]
"""Path → mode and name of the text, in a tree and in what is compared with it; None: not there."""

MOST = 64
"""From more differences than these on, the tree of a newer commit is taken."""


class Staged:
    """The files below records/ in git's index."""

    name = "staged"

    def __init__(self, root: Path) -> None:
        self._root = root
        self._blobs = Blobs(root)

    def whole(self, config: Config, each: Each, jobs: int | None) -> Whole:  # noqa: ARG002 - git tells the texts to one process
        """Read and visit every file."""
        from curate.bulk import Work, visit  # noqa: PLC0415 - as in working.py

        seen = self._all()
        taken = seen.taken
        work = Work(lambda path: taken[path].item, config, each)
        visited = visit(sorted(taken), work, 1)
        versions = {path: found.version for path, found in taken.items()}
        return Whole(visited, versions, seen.stamps, seen.state)

    def _all(self) -> Seen:
        """Read every file."""
        base = _head(self._root)
        entries = git.staged_entries(self._root)
        items = git.texts(self._root, entries)
        taken = {
            entry.path: Taken(item, _version(entry.mode, entry.blob))
            for entry, item in zip(entries, items, strict=True)
        }
        held = {
            entry.path: _version(entry.mode, entry.blob)
            for entry in git.entries_of(self._root, base)
        }
        now = {path: found.version for path, found in taken.items()}
        differ: Differences = {
            path: (held.get(path), now.get(path))
            for path in held.keys() | now.keys()
            if held.get(path) != now.get(path)
        }
        return Seen(taken, (), {}, {"base": base, "differ": differ})

    def changes(self, shelf: Shelf) -> Seen:
        """Read what has changed."""
        base, before = shelf.root["base"], shelf.root["differ"]
        now = _against(self._root, base)
        taken: dict[str, Taken] = {}
        gone = []
        for path in sorted(before.keys() | now.keys()):
            new = now[path][1] if path in now else before[path][0]
            old = before[path][1] if path in before else now[path][0]
            if new is None and old is not None:
                gone.append(path)
            elif new is not None and new != old:
                taken[path] = Taken(self._blobs.item(path, new), new)
        state = {"base": base, "differ": now}
        return Seen(taken, tuple(gone), {}, _rebased(self._root, state))

    def read(self, path: str, version: str) -> Entry:
        """Read a file of the index."""
        memory = current_memory()
        if memory is None:
            return entry_of(self._blobs.item(path, version))
        found = memory.entry(self._root, path, version)
        if found is None:
            found = entry_of(self._blobs.item(path, version))
            memory.keep_entry(self._root, path, version, found)
        return found

    def settle(self, shelf: Shelf) -> None:
        """Note nothing: what is staged is named by its content."""

    def close(self) -> None:
        """End the process of git that reads texts."""
        self._blobs.close()


def _version(mode: bytes, blob: bytes) -> str:
    return f"{mode.decode()} {blob.decode()}"


def _head(root: Path) -> str:
    """Return the tree of the commit that is checked out."""
    try:
        return git.run(root, "rev-parse", "--verify", "--quiet", "HEAD^{tree}").decode().strip()
    except Refusal as error:
        raise Moved("there is no commit yet") from error


_RAW = ("--raw", "-z", "--no-renames", "--no-abbrev", "--relative", "--ignore-submodules=none")


def _against(root: Path, tree: str) -> Differences:
    """Compare git's index with a tree."""
    try:
        told = git.run(root, "diff-index", "--cached", *_RAW, tree, "--", RECORDS)
    except Refusal as error:
        raise Damaged(f"git no longer has {tree}") from error
    found = _differences(told)
    if any(new is not None and new.split()[1].encode() in git.EMPTY for _, new in found.values()):
        for path in git.intended(root) & found.keys():
            found[path] = found[path][0], None
    return found


def _rebased(root: Path, state: dict[str, Any]) -> dict[str, Any]:
    """Take the tree of the commit that is checked out, where too much differs from the old one."""
    if len(state["differ"]) <= MOST:
        return state
    head = _head(root)
    if head == state["base"]:
        return state
    told = git.run(root, "diff-tree", "-r", *_RAW, state["base"], head, "--", RECORDS)
    moved, now = _differences(told), state["differ"]
    differ: Differences = {}
    for path in moved.keys() | now.keys():
        old = now[path][0] if path in now else moved[path][0]
        staged = now[path][1] if path in now else old
        new = moved[path][1] if path in moved else old
        if new != staged:
            differ[path] = new, staged
    return {"base": head, "differ": differ}


def _differences(told: bytes) -> Differences:
    """Take apart `:mode mode name name status NUL path NUL`."""
    found: Differences = {}
    fields = told.split(b"\0")
    for meta, raw in zip(fields[::2], fields[1::2], strict=False):
        old_mode, new_mode, old, new, status = meta.lstrip(b":").split()
        path = os.fsdecode(raw)
        if status[:1] == b"U":
            raise Moved("there is a merge to be resolved")
        if git.is_record(path):
            found[path] = _side(old_mode, old), _side(new_mode, new)
    return found


def _side(mode: bytes, blob: bytes) -> str | None:
    return None if mode == b"000000" else _version(mode, blob)
