"""Keep abstracts outside the repository: they are looked at, and are not ours to publish.

The cache can be thrown away at any time. What is damaged in it is noticed and asked for again.
"""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from curate.disk.write_file import create_file
from curate.quoted import text_digest
from curate.refusal import Refusal


class Abstracts:
    """The abstracts that were fetched on this machine, by PMID."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, pmid: int) -> str | None:
        """Return title and abstract of a paper, or None where they are not there whole."""
        try:
            kept = json.loads(self._file(pmid).read_text(encoding="utf-8"))
            text = kept["text"]
            whole = kept["pmid"] == pmid and kept["digest"] == text_digest(text)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return str(text) if whole else None

    def put(self, pmid: int, text: str) -> None:
        """Keep title and abstract; a cache that cannot be written is none, and no error."""
        kept = {"pmid": pmid, "digest": text_digest(text), "text": text}
        with suppress(OSError, Refusal):
            self._file(pmid).unlink(missing_ok=True)
            create_file(self._file(pmid), json.dumps(kept, ensure_ascii=False).encode())

    def _file(self, pmid: int) -> Path:
        return self._folder / f"{pmid}.json"


def folder() -> Path:
    """Return where this system keeps what a program can fetch again."""
    home = Path.home()
    if sys.platform == "darwin":
        base = home / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "curate" / "abstracts"
