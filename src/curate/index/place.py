"""Where the indexes are kept: outside the repository, where programs keep what may be deleted."""

import os
import sys
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

VARIABLE = "CURATE_CACHE"
"""Names the folder of the indexes; set and empty, none is kept."""

SUFFIX = ".curate-index"
_KEPT = 30 * 24 * 3600
"""Seconds that an index is kept which nobody has written."""


def folder() -> Path | None:
    """Return the folder of the indexes, or None where there is to be none."""
    said = os.environ.get(VARIABLE)
    if said is not None:
        return Path(said).absolute() if said else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")  # noqa: PTH111 - may stay unexpanded
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    # Without a home there is no place that is surely the user's own.
    return Path(base) / "curate" if base and os.path.isabs(base) else None  # noqa: PTH117


def index_of(root: Path, view: str, within: Path) -> Path:
    """Return where the index of one view of a corpus is."""
    name = blake2b(os.fsencode(root.resolve()), digest_size=12).hexdigest()
    return within / f"{name}-{view}{SUFFIX}"


def tidy(within: Path) -> None:
    """Delete what nobody has used for long: the indexes of corpora that are gone."""
    long_ago = time.time() - _KEPT
    for path in within.glob(f"*{SUFFIX}*"):
        with suppress(OSError):
            if path.stat().st_mtime < long_ago:
                path.unlink()
