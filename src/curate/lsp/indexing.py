"""Make the index of a large corpus in a process of its own, as `curate validate` does.

It reads on every core without keeping whoever types waiting. Where no index can be kept, the editor
has one of its own for as long as it runs.
"""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

from curate import resident
from curate.index import place

_CALL = ("-P", "-m", "curate", "validate", "--output-format", "concise")


def is_kept(within: Path) -> bool:
    """Tell whether an index can be written in a folder, or where it would be made."""
    there = next((folder for folder in (within, *within.parents) if folder.exists()), within)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


async def make_index(root: Path, within: Path) -> None:
    """Bring the index of a working copy up to date; what is wrong there is seen by who opens it."""
    environment = os.environ | {place.VARIABLE: str(within), resident.VARIABLE: "0"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *_CALL,
        cwd=root,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await process.wait()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
