"""Call curate as a shell in some folder would, in this process: quickly, and traced."""

import io
import os
import subprocess
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from curate.cli.main import main


def called(
    folder: Path, *arguments: str | Path, umask: int = 0o022, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Return the exit code of a call, and what it wrote to two pipes."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    call = [str(one) for one in arguments]
    with chdir(folder), redirect_stdout(out), redirect_stderr(err), _around(umask, environment):
        code = main(call)
    return subprocess.CompletedProcess(call, code, _all(out), _all(err))


def _all(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@contextmanager
def _around(umask: int, environment: dict[str, str]) -> Iterator[None]:
    before, old = os.environ.copy(), os.umask(umask)
    os.environ.update(environment)
    try:
        yield
    finally:
        os.umask(old)
        os.environ.clear()
        os.environ.update(before)
