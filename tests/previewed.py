"""A corpus of a few records, and `curate preview` running on it as a process of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError

ROOT = Path(__file__).parent.parent
STUDY = "records/studies/horisawa-2019.yaml"
PAGE = "studies/horisawa-2019.html"
# A shell that starts the tests in the background hands down an ignored SIGINT; a terminal, where
# Ctrl-C is pressed, does not.
_AS_A_TERMINAL_DOES = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from curate.cli import main
sys.exit(main(sys.argv[1:]))
"""


class Running(NamedTuple):
    """A preview that runs."""

    process: "subprocess.Popen[str]"
    address: str


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    text: str


def small_corpus(folder: Path) -> Path:
    """Put a few of the shipped records into a folder, with all that they lean on."""
    wanted = ("horisawa-2019", "ventro-oral", "thalamotomy.yaml", "tsfd-scale", "30587520")
    wanted += ("focal-hand", "writers-cramp", "musicians-dystonia", "radiofrequency-thalamotomy")
    for path in (ROOT / "records").rglob("*.yaml"):
        if any(name in path.name for name in wanted):
            target = folder / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    shutil.copy(ROOT / "curate.toml", folder)
    return folder


@contextmanager
def preview(folder: Path, *arguments: str) -> Iterator[Running]:
    """Run `curate preview` until the block ends."""
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", _AS_A_TERMINAL_DOES, "preview", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Running(process, _address(process))
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        if found is not None:
            return found.group()
    assert process.stderr is not None
    raise AssertionError(process.stderr.read())


def ask(address: str, *, method: str = "GET", **headers: str) -> Answer:
    """Ask a server, and return what it answers, also where it refuses."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, headers=named, method=method)  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - likewise
            return Answer(answer.status, dict(answer.headers), answer.read().decode())
    except HTTPError as error:
        with error:
            return Answer(error.code, dict(error.headers), error.read().decode())


def edited(folder: Path, path: str, old: str, new: str) -> None:
    """Change a record as an editor does: a new file takes the place of the old one."""
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    beside = file.with_name(f".{file.name}.swp")
    beside.write_text(text.replace(old, new), encoding="utf-8")
    beside.replace(file)
