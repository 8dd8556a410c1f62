"""Another process that works for this one and tells what came of it."""

import atexit
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, NamedTuple, Protocol

from curate.refusal import Refusal

COPIES: Final = sys.platform == "linux"
"""Whether another process is a copy of this one, which knows all that this one has read; where the
system's own libraries do not bear to be copied, it is a new one."""

_CAPACITY: Final = 1 << 20
"""Bytes that wait in a pipe, as many as anybody may ask for: who tells less waits for nobody."""


class BugError(RuntimeError):
    """What went wrong in another process, with its traceback."""


class End(Protocol):
    """One end of what two processes tell each other through."""

    def send(self, what: Any, /) -> None:
        """Tell the other process something; raise OSError where it has ended."""

    def recv(self) -> Any:
        """Return what it tells next; raise EOFError or OSError where it has ended."""

    def close(self) -> None:
        """Close this end."""


class Worker:
    """Another process, seen from this one.

    It calls `work` with its end and the arguments; what that returns is the last that it tells.
    """

    def __init__(self, work: Callable[..., Any], *arguments: Any) -> None:
        start = _copied if COPIES else _anew
        self._end, self._process = start(work, arguments)
        self._is_done = False

    def send(self, what: Any) -> None:
        """Tell it something; where it has ended, `receive` will see."""
        with suppress(OSError):
            self._end.send(what)

    def receive(self) -> Any:
        """Return what it tells next, or None where it has ended early.

        Raise the Refusal that it met, and what else it met as a BugError.
        """
        try:
            told = self._end.recv()
        except (EOFError, OSError):
            return None
        if isinstance(told, _Last):
            self._is_done = True
            return told.told
        if isinstance(told, _Failure):
            raise told.what(told.said)
        return told

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._end.close()
        self._process.kill()
        if not self._is_done:
            self._process.join()


class _Last(NamedTuple):
    """The last that is told: what the work returned."""

    told: Any


class _Failure(NamedTuple):
    """Why there will be none."""

    what: type[Exception]
    said: str


def _serve(end: End, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    # Whoever interrupts the command is told so by the process that he started.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    serve(end, work, arguments)


def serve(end: End, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Do the work, and tell what came of it."""
    try:
        end.send(_Last(work(end, *arguments)))
    except Refusal as refusal:
        end.send(_Failure(Refusal, str(refusal)))
    except Exception:  # noqa: BLE001 - it is told in the process that can report it
        import traceback  # noqa: PLC0415 - no work but one that fails needs it

        end.send(_Failure(BugError, f"in another process:\n{traceback.format_exc()}"))


class _Process(Protocol):
    """Another process, as multiprocessing has it."""

    def kill(self) -> None:
        """End it."""

    def join(self) -> None:
        """Wait until it has ended."""


class _Pipes:
    """The end of two pipes, one in each direction."""

    def __init__(self, incoming: int, outgoing: int) -> None:
        self._incoming = open(incoming, "rb")  # noqa: SIM115 - `close` does
        self._outgoing = open(outgoing, "wb")  # noqa: SIM115 - likewise

    def send(self, what: Any, /) -> None:
        pickle.dump(what, self._outgoing, pickle.HIGHEST_PROTOCOL)
        self._outgoing.flush()

    def recv(self) -> Any:
        try:
            return pickle.load(self._incoming)  # noqa: S301 - ours
        except pickle.UnpicklingError as error:
            raise EOFError from error

    def close(self) -> None:
        self._incoming.close()
        with suppress(OSError):  # what was not sent is for a process that has ended
            self._outgoing.close()


def _piped() -> tuple[int, int]:
    """Return a pipe that holds much."""
    import fcntl  # noqa: PLC0415 - not every system has it

    incoming, outgoing = os.pipe()
    with suppress(OSError, AttributeError):  # it then holds less
        fcntl.fcntl(outgoing, fcntl.F_SETPIPE_SZ, _CAPACITY)
    return incoming, outgoing


def _copied(work: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[End, _Process]:
    """Start a copy of this process."""
    _wait()
    incoming, its_outgoing = _piped()
    its_incoming, outgoing = _piped()
    process = os.fork()
    if process == 0:
        # Nothing of this process may happen twice: neither what it still has to write, nor its end.
        try:
            os.close(incoming)
            os.close(outgoing)
            _serve(_Pipes(its_incoming, its_outgoing), work, arguments)
        finally:
            os._exit(0)
    os.close(its_incoming)
    os.close(its_outgoing)
    return _Pipes(incoming, outgoing), _Copy(process)


class _Copy(NamedTuple):
    """A copy of this process, by its number."""

    number: int

    def kill(self) -> None:
        """End it."""
        os.kill(self.number, signal.SIGKILL)
        _ended.append(self)

    def join(self) -> None:
        """Wait until it has ended."""
        _ended.remove(self)
        os.waitpid(self.number, 0)


_ended: Final[list[_Copy]] = []
"""Those that were ended, and have not been waited for: to give back much memory takes a while."""


@atexit.register
def _wait() -> None:
    """Wait for all that were ended: before another one is started, and before this one ends."""
    for process in [*_ended]:
        with suppress(ChildProcessError):  # to a copy of this one, the others are not its own
            process.join()


def _anew(work: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[End, _Process]:
    """Start a new process, which is sent what it is to do."""
    from multiprocessing import Pipe, get_context  # noqa: PLC0415 - a copy needs none of it

    end, its_end = Pipe()
    call = its_end, work, arguments
    process = get_context("spawn").Process(target=_serve, args=call, daemon=True)
    process.start()
    its_end.close()
    return end, process
