"""What git would commit: what has changed in its index since it was last looked at.

git compares its index with a tree faster than anybody can list either. So a tree is kept, and how
the index differed from it when everything was last checked; what differs in another way now has
changed. Trees and texts are named by their content: no clock plays a part.

git reads its whole index to say so. A process that stays keeps the file as it was, and compares it
with the file as it is; it asks git only where that is not certain.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from curate import git
from curate.config import Config
from curate.corpus import Entry
from curate.index.blobs import Blobs
from curate.index.git_index import Changes, Snapshot, Unusual, snapshot
from curate.index.git_place import git_place
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
        self._snapshot: Callable[[], Snapshot] | None = None
        """Makes what was seen of git's index ready for the next time."""

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
        now = self._differ(shelf)
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

    def _differ(self, shelf: Shelf) -> Differences:
        """Compare git's index with the tree, by its file or by asking git."""
        memory = current_memory()
        place = None if memory is None else git_place(self._root)
        data = None if place is None else place.read()
        if memory is None or place is None or data is None:
            return _against(self._root, shelf.root["base"])
        known = memory.staged(self._root, shelf.digest)
        if known is not None:
            with suppress(Unusual):
                found = known.compared(data)
                now = _moved(shelf.root["differ"], found.changes, place.below)
                self._snapshot = found.snapshot
                return now
        now = _against(self._root, shelf.root["base"])
        if place.read() == data:
            self._snapshot = partial(snapshot, data)
        return now

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
        """Keep git's index as it was seen, in a process that stays."""
        memory = current_memory()
        if memory is not None and self._snapshot is not None:
            with suppress(Unusual):
                memory.keep_staged(self._root, shelf.digest, self._snapshot())

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
    found = _differences(_told(root, "diff-index", "--cached", *_RAW, tree))
    if any(new is not None and new.split()[1].encode() in git.EMPTY for _, new in found.values()):
        for path in git.intended(root) & found.keys():
            found[path] = found[path][0], None
    return found


def _told(root: Path, *compared: str) -> bytes:
    """Have git compare a tree that was kept."""
    try:
        return git.run(root, *compared, "--", RECORDS)
    except Refusal as error:
        raise Damaged("git no longer has a tree") from error


def _moved(before: Differences, changes: Changes, below: bytes) -> Differences:
    """Bring the differences from a tree up to date with what has changed in git's index."""
    now = dict(before)
    folder = below + os.fsencode(f"{RECORDS}/")
    for name, (old, new) in changes.items():
        path = os.fsdecode(name[len(below) :])
        if not name.startswith(folder) or not git.is_record(path):
            continue
        base, known = now.pop(path, (old, old))
        if known != old:
            raise Unusual(f"{path} was something else")
        if base != new:
            now[path] = base, new
    return now


def _rebased(root: Path, state: dict[str, Any]) -> dict[str, Any]:
    """Take the tree of the commit that is checked out, where too much differs from the old one."""
    if len(state["differ"]) <= MOST:
        return state
    head = _head(root)
    if head == state["base"]:
        return state
    told = _told(root, "diff-tree", "-r", *_RAW, state["base"], head)
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
