"""Be the resident process that `curate.resident` hands calls over to."""

import gc
import io
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from importlib import import_module
from marshal import loads
from pkgutil import iter_modules
from typing import Any

from curate import identity, report
from curate.cli.main import main
from curate.config import Config
from curate.corpus import FOLDERS
from curate.pipeline import check, load
from curate.resident import HEADER
from curate.source import Source

IDLE = 600.0
"""Seconds after which a process that nobody calls ends."""


def serve(path: str, idle: float = IDLE) -> None:
    """Answer calls, each in a process of its own, until there are none for a while."""
    _detach()
    handle = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        flock(handle, LOCK_EX | LOCK_NB)
    except OSError:
        return  # another one serves
    os.ftruncate(handle, 0)
    os.write(handle, str(os.getpid()).encode())
    _import_all()
    with socket.socket(socket.AF_UNIX) as listening:
        with suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108 - left by one that was killed
        listening.bind(path)
        listening.listen(64)
        listening.settimeout(idle)
        while _serves_one(listening):
            pass
        for left in (path, f"{path}.lock"):
            os.unlink(left)  # noqa: PTH108 - likewise


def _detach() -> None:
    """Keep nothing of who started this: no terminal, no folder, no open file."""
    with suppress(PermissionError):
        os.setsid()
    os.chdir("/")
    os.closerange(3, 4096)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)


def _import_all() -> None:
    """Import what a check may need, and let everything that is made once be made."""
    import_module("curate.cli.validate")
    import_module("curate.index")
    for module in iter_modules(report.__path__):
        import_module(f"{report.__name__}.{module.name}")
    rehearse()
    gc.collect()
    gc.freeze()


def rehearse() -> None:
    """Check records of all kinds, right ones and wrong ones.

    What is made once is made then; and a process that was forked has its own copy of the memory
    that it will write to before it is called, not while somebody waits.
    """
    text = b"id: x\ntitle: X\nstatus: draft\n"
    records = [Source(f"records/{folder}/x.yaml", text) for folder in FOLDERS]
    right = (Source("records/studies/s.yaml", STUDY), Source("records/procedures/p.yaml", CLAIM))
    check(load([*records, *right], Config(name="x", publish=("in_review",))))


STUDY = b"""\
id: s
title: A study that nobody did
status: in_review
pmid: 99999991
design: prospective-cohort
follow_up: {mean: 25.4, sd: 3.1, min: 12, max: 36, unit: mo}
groups:
  - {id: all, label: All, role: cohort, enrolled: 40}
outcomes:
  - {id: o, title: Relief, group: all, follow_up: 12 mo, analysed: 40, count: 10, percent: 25}
  - {id: m, title: Score, group: all, follow_up: 12 mo, analysed: 40, mean: 4.5, sd: 1.2, unit: cm}
adverse_events:
  - {id: a, title: Any harm, group: all, follow_up: study, analysed: 40, count: 4}
adverse_events_reported: with-counts
"""
CLAIM = b"""\
id: p
title: A procedure that nobody does
status: in_review
claims:
  - {id: c, about: benefit, text: 10 of 40 people improved., pmids: [99999991], evidence: [s#o]}
"""


def _serves_one(listening: socket.socket) -> bool:
    """Keep a process ready for the next call; return once it has it, or nobody has called."""
    ours, theirs = os.pipe()
    if os.fork() == 0:
        code = 1
        try:
            os.close(ours)
            code = _be_called(listening, theirs)
        finally:
            os._exit(code)
    os.close(theirs)
    called = os.read(ours, 1)
    os.close(ours)
    return called == b"!"


def _be_called(listening: socket.socket, told: int) -> int:
    """Wait for a call, and be it."""
    rehearse()
    try:
        link, _ = listening.accept()
    except TimeoutError:
        return 0
    os.write(told, b"!")
    os.close(told)
    listening.close()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with link:
        link.settimeout(10)
        call, files = _received(link)
        _become(call, files)
        link.settimeout(None)
        link.sendall(os.getpid().to_bytes(HEADER, "big"))
        code = main(call[0])
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        link.sendall(bytes((code,)))
    return 0


def _received(link: socket.socket) -> tuple[Any, list[int]]:
    data, files, _, _ = socket.recv_fds(link, 1 << 16, 4)
    size = HEADER + int.from_bytes(data[:HEADER], "big")
    while len(data) < size:
        more = link.recv(1 << 16)
        if not more:
            raise EOFError
        data += more
    return loads(data[HEADER:]), files  # noqa: S302 - of a process of the same user


def _become(call: Any, files: list[int]) -> None:
    """Take on what a call has: arguments, folder, environment, mask, files."""
    argv, environment, mask, program, texts = call
    *standard, folder = files
    for number, file in enumerate(standard):
        os.dup2(file, number)
        os.close(file)
    os.fchdir(folder)
    os.close(folder)
    os.environ.clear()
    os.environb.update(environment)
    time.tzset()
    os.umask(mask)
    identity.known = program
    sys.argv = ["curate", *argv]
    streams = [
        io.TextIOWrapper(os.fdopen(number, mode, closefd=False), encoding, errors)
        for number, mode, (encoding, errors) in zip(
            (0, 1, 2), ("rb", "wb", "wb"), texts, strict=True
        )
    ]
    for stream in streams:
        stream.reconfigure(line_buffering=stream.isatty() or stream is streams[2])
    sys.stdin, sys.stdout, sys.stderr = streams
