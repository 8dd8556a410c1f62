"""Where git's index is, known without asking git; None wherever git might find another."""

import os
import re
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from curate.git import below_top

_ELSEWHERE = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_CEILING_DIRECTORIES",
    "GIT_ICASE_PATHSPECS",
)
"""What makes git look elsewhere, or at more."""
_CONFIG = re.compile(rb"worktree|objectformat|\bbare\b(?!\s*=\s*false\b)", re.IGNORECASE)
"""What says that paths are not from the folder of `.git` on, or that names are by SHA-256."""
_HEAD = re.compile(rb"ref: refs/|[0-9a-f]{40}\s*$")


class GitPlace(NamedTuple):
    """git's index of a corpus."""

    file: Path
    below: bytes
    """Where the corpus lies in its repository, such as `docs/pain/`; at its top nothing."""

    def read(self) -> bytes | None:
        """Return the file as it is, if it can be read; git puts another in its place at once."""
        try:
            return self.file.read_bytes() if S_ISREG(self.file.stat().st_mode) else None
        except OSError:
            return None


def git_place(root: Path) -> GitPlace | None:
    """Return where the index is, in a plain repository."""
    if any(name in os.environ for name in _ELSEWHERE):
        return None
    here, below = root.resolve(), below_top(root)
    between = [here, *here.parents][: below.count("/")]
    top = between[-1].parent if between else here
    # A folder that looks like one of git's own ends the search for `.git`, and so does a mount.
    if any(os.path.lexists(folder / "HEAD") for folder in between):
        return None
    try:
        if here.stat().st_dev != top.stat().st_dev or not _is_plain(top / ".git"):
            return None
    except OSError:
        return None
    # git stands at the top when it opens the file.
    file = os.environ.get("GIT_INDEX_FILE", ".git/index")
    return GitPlace(top / file, os.fsencode(below)) if file else None


def _is_plain(folder: Path) -> bool:
    """Tell whether git would take a folder for its own, and for one of the usual kind."""
    return (
        (folder / "objects").is_dir()
        and (folder / "refs").is_dir()
        and not os.path.lexists(folder / "commondir")
        and _HEAD.match((folder / "HEAD").read_bytes()) is not None
        and _CONFIG.search((folder / "config").read_bytes()) is None
    )
