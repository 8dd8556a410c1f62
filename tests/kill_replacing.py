"""Kill a replacement at every call that it makes of the system, and see what is left each time.

`python kill_replacing.py FOLDER [slow]` prints one line of JSON for each moment: the files in the
folder afterwards, what lies beside it, and both again after the next run. With `slow` the folders
are not exchanged in one step but renamed twice, as on a system that cannot exchange. `fail`
instead of a kill lets the n-th call fail as on a full disk.
"""

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import curate.disk.replace_folder as replacing
from curate.artifact import Artifact
from curate.refusal import Refusal

CALLS = ("open", "write", "mkdir", "chmod", "fchmod", "rename", "unlink", "rmdir", "fsync")
UNSTRUCK = 7
untouched_write = os.write


def export(word: str) -> Iterator[Artifact]:
    """Yield an export of a few files; its listing is what makes it one."""
    paths = ("README.md", "json/corpus.json", f"json/studies/{word}.json", "csv/a.csv")
    for path in paths:
        yield Artifact(path, "text/plain", iter([f"# {word}\n".encode(), word.encode() * 9]))
    listing = "".join(f"{'0' * 64}  {path}\n" for path in paths)
    yield Artifact("SHA256SUMS", "text/plain", iter([listing.encode()]))


def state(folder: Path) -> dict[str, Any]:
    """Return every file of a folder, and what lies beside it."""
    files = {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    beside = sorted(path.name for path in folder.parent.iterdir() if path != folder)
    return {"files": files, "beside": beside}


def at_call(number: int, strike: Callable[[], None]) -> Callable[[], bool]:
    """Strike right before the n-th call of the system from now on; return whether it came to it."""
    count = 0

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def struck(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count == number:
                strike()
            return call(*arguments, **options)

        return struck

    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))
    for name in ("exchange", "sync_tree", "sync_folder"):
        setattr(replacing, name, counted(getattr(replacing, name)))
    return lambda: count >= number


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def run(folder: Path, number: int, strike: Callable[[], None]) -> tuple[bool, str]:
    """Replace the folder in a child that is struck at the n-th call; tell whether it was."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        said, came_to_it = "", at_call(number, strike)
        try:
            replacing.replace_folder(folder, export("new"))
        except Refusal as refusal:
            said = str(refusal)
        untouched_write(writer, said.encode())
        os._exit(0 if came_to_it() else UNSTRUCK)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reader) as stream:
        said = stream.read()
    return os.waitstatus_to_exitcode(status) != UNSTRUCK, said


def main(place: Path, *, slow: bool, strike: Callable[[], None]) -> None:
    if slow:
        replacing.exchange = lambda *_: False
    number, struck = 1, True
    while struck:
        folder = place / str(number) / "exports"
        replacing.replace_folder(folder, export("old"))
        struck, said = run(folder, number, strike)
        after = state(folder)
        replacing.replace_folder(folder, export("next"))
        moment = {"struck": struck, "said": said, "after": after, "next": state(folder)}
        print(json.dumps(moment))  # noqa: T201 - what it saw is its output
        shutil.rmtree(folder.parent)
        number += 1


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        slow="slow" in sys.argv,
        strike=fail if "fail" in sys.argv else kill,
    )
