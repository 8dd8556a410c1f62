"""Be the resident process that `curate.resident` hands calls over to."""

import fcntl  # as a whole: macOS has not all its names, and tests import this there too
import gc
import io
import os
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from importlib import import_module
from marshal import loads
from pkgutil import iter_modules
from typing import Any

from curate import report, resident
from curate.cli.main import main
from curate.config import Config
from curate.corpus import FOLDERS
from curate.index.memory import remember
from curate.pipeline import check, load
from curate.program import Program
from curate.resident import HEADER, TAKEN
from curate.source import Source
from curate.watch import Unwatched

IDLE = 600.0
"""Seconds after which a process that nobody calls ends."""

PATIENCE = 1.0
"""Seconds that a call waits for the first to be free before the second takes it.

The first may be about to save what it found, and the second knows nothing.
"""


def serve(path: str, program: Program, idle: float = IDLE) -> None:
    """Answer calls until there are none for a while, or the program is no longer this one.

    One process answers them, one after the other, and keeps in memory what it has read; a second
    one, which knows of no corpus, steps in where a call has to wait, and ends with it.
    """
    _detach()
    handle = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return  # another one serves
    os.ftruncate(handle, 0)
    os.write(handle, str(os.getpid()).encode())
    resident.answering = True
    _import_all()
    try:
        program.imported()
    except Unwatched:
        os.unlink(f"{path}.lock")  # noqa: PTH108 - as below
        return
    with socket.socket(socket.AF_UNIX) as listening:
        with suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108 - left by one that was killed
        listening.bind(path)
        listening.listen(64)
        listening.settimeout(0)
        _Processes(listening, program, handle).keep(idle)
        for left in (path, f"{path}.lock"):
            os.unlink(left)  # noqa: PTH108 - likewise


def _detach() -> None:
    """Keep nothing of who started this: no terminal, no folder."""
    with suppress(PermissionError):
        os.setsid()
    os.chdir("/")
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


class _Processes:
    """The two processes that wait for calls, and who keeps them."""

    def __init__(self, listening: socket.socket, program: Program, lock: int) -> None:
        self._listening = listening
        self._program = program
        self._lock = lock
        self._end, self._life = os.pipe()
        self._is_first: dict[int, bool] = {}
        self._was_called: set[int] = set()
        self._poll = select.poll()
        if program.told_by is not None:
            self._poll.register(program.told_by, select.POLLIN)

    def keep(self, idle: float) -> None:
        """Start another process for each that ends; return when no call comes for a while."""
        self._start(is_first=True)
        self._start(is_first=False)
        while ready := self._poll.poll(idle * 1000):
            for handle, _ in ready:
                said = os.read(handle, 1) if handle in self._is_first else _CHANGED
                if said == _CHANGED or (not said and handle not in self._was_called):
                    return  # one that ends before it is called would do so again
                if said:
                    self._was_called.add(handle)
                else:
                    self._poll.unregister(handle)
                    self._was_called.remove(handle)
                    os.close(handle)
                    self._start(is_first=self._is_first.pop(handle))

    def _start(self, *, is_first: bool) -> None:
        ours, theirs = os.pipe()
        if os.fork() == 0:
            try:
                for one in (ours, self._life, self._lock, *self._is_first):
                    os.close(one)
                _Waiting(self._listening, self._program, theirs, self._end).answer(first=is_first)
            finally:
                os._exit(1)
        os.close(theirs)
        self._is_first[ours] = is_first
        self._poll.register(ours, select.POLLIN)


_CALLED, _CHANGED = b"!", b"x"


class _Waiting:
    """A process that waits for calls, and is each."""

    def __init__(self, listening: socket.socket, program: Program, tell: int, parent: int) -> None:
        self._listening = listening
        self._program = program
        self._tell = tell
        self._parent = parent

    def answer(self, *, first: bool) -> None:
        """Answer calls, one if this is the second process; return once there is no parent."""
        rehearse()
        memory = remember()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        poll = select.poll()
        poll.register(self._listening, select.POLLIN)
        poll.register(self._parent, select.POLLIN)
        while all(handle != self._parent for handle, _ in poll.poll()):
            if not first:
                time.sleep(PATIENCE)
            try:
                link, _ = self._listening.accept()
            except BlockingIOError:
                continue
            if self._program.has_changed():
                os.write(self._tell, _CHANGED)
                return
            os.write(self._tell, _CALLED)
            if not first:
                os.close(self._tell)  # and another one waits
            with link:
                is_well = _be(link)
            if not (first and is_well):
                return  # the second saves nothing: the first would know of no file any more
            memory.catch_up()
            gc.collect()
            gc.freeze()


def _be(link: socket.socket) -> bool:
    """Be a call; return whether another can follow in this process."""
    link.settimeout(10)
    call, files = _received(link)
    _become(call, files)
    link.settimeout(None)
    link.sendall(TAKEN)
    # What comes from now on is an interruption, or the end of who has called.
    fcntl.fcntl(link, fcntl.F_SETSIG, signal.SIGINT)
    fcntl.fcntl(link, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(link, fcntl.F_SETFL, fcntl.fcntl(link, fcntl.F_GETFL) | os.O_ASYNC)
    code = main(call[0])
    is_well = code in _USUAL
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            is_well = False  # what it still holds must not be written into another call
    _let_go()
    fcntl.fcntl(link, fcntl.F_SETFL, fcntl.fcntl(link, fcntl.F_GETFL) & ~os.O_ASYNC)
    link.sendall(bytes((code,)))
    return is_well


_USUAL = frozenset({0, 1, 2})


def _let_go() -> None:
    """Hold no file or folder of a call any more: somebody may wait for the end of its output."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.close(nowhere)
    os.chdir("/")


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
    argv, environment, mask, texts = call
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
