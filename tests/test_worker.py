"""Another process does its work and tells what came of it, whichever way it was started."""

import os
import signal
import sys
import time
from multiprocessing import Pipe, active_children
from typing import Any

import pytest

from curate import worker
from curate.refusal import Refusal
from curate.worker import BugError, End, Worker, serve

# xdist runs threads beside the tests; curate has none when it starts a process.
pytestmark = pytest.mark.filterwarnings("ignore:This process.*fork:DeprecationWarning")

LARGE = b"x" * (5 << 20)
"""More than waits in any pipe."""


@pytest.fixture(params=[True, False], ids=["a copy", "a new process"])
def started(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param and not worker.COPIES:
        pytest.skip("a copy of a process is not to be had here")
    monkeypatch.setattr(worker, "COPIES", request.param)


def _echo(end: End, *arguments: Any) -> list[Any]:
    end.send(os.getpid())
    return [*arguments, end.recv()]


@pytest.mark.usefixtures("started")
def test_it_tells_meanwhile_hears_and_tells_what_came_of_it() -> None:
    one = Worker(_echo, "a", {"b": LARGE})
    process = one.receive()
    assert process != os.getpid()
    one.send(LARGE)
    assert one.receive() == ["a", {"b": LARGE}, LARGE]
    one.end()


@pytest.mark.usefixtures("started")
def test_several_work_at_once() -> None:
    several = [Worker(_echo, number) for number in range(4)]
    for number, one in reversed([*enumerate(several)]):
        one.receive()
        one.send(-number)
        assert one.receive() == [number, -number]
    for one in several:
        one.end()


def _die(_: End) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_telling(end: End) -> None:
    if os.fork() == 0:
        time.sleep(0.2)
        os.kill(os.getppid(), signal.SIGKILL)
        os._exit(0)
    while True:
        end.send(LARGE)


@pytest.mark.parametrize("work", [_die, _die_telling])
@pytest.mark.usefixtures("started")
def test_one_that_ends_early_tells_nothing(work: Any) -> None:
    one = Worker(work)
    if work is _die_telling:
        time.sleep(0.5)  # it fills what holds its words, and is killed amid them
    one.send(LARGE)
    told = one.receive()
    while told == LARGE:
        told = one.receive()
    assert told is None
    one.end()


def _refuse(_: End) -> None:
    raise Refusal("This cannot be read.")


def _fail(_: End) -> None:
    raise ZeroDivisionError


@pytest.mark.usefixtures("started")
def test_why_it_cannot_is_said_here() -> None:
    one = Worker(_refuse)
    with pytest.raises(Refusal, match=r"^This cannot be read\.$"):
        one.receive()
    one.end()
    one = Worker(_fail)
    with pytest.raises(BugError, match=r"(?s)^in another process:.*_fail.*ZeroDivisionError"):
        one.receive()
    one.end()


def _work_on(end: End) -> None:
    end.send(os.getpid())
    time.sleep(600)


@pytest.mark.parametrize("work", [_echo, _work_on])
@pytest.mark.usefixtures("started")
def test_nothing_is_left_of_it_once_it_is_ended(work: Any) -> None:
    one = Worker(work)
    process = one.receive()
    if work is _echo:
        one.send("end")
        assert one.receive() == ["end"]
    one.end()
    # As the next one that is started does, and the end of this process.
    worker._wait()  # noqa: SLF001
    for child in active_children():
        child.join()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_what_is_printed_before_is_printed_once(capfd: pytest.CaptureFixture[str]) -> None:
    sys.stdout.write("before")
    one = Worker(_echo)
    one.receive()
    one.send(1)
    one.receive()
    one.end()
    sys.stdout.write(" after")
    sys.stdout.flush()
    assert capfd.readouterr().out == "before after"


@pytest.mark.parametrize(
    ("work", "what", "said"),
    [(_refuse, Refusal, "This cannot be read."), (_fail, BugError, "in another process:\n")],
)
def test_what_stops_the_work_is_told(work: Any, what: type, said: str) -> None:
    here, there = Pipe()
    serve(there, work, ())
    told = here.recv()
    assert told.what is what
    assert told.said.startswith(said)


def test_what_the_work_returns_is_the_last_that_is_told() -> None:
    here, there = Pipe()
    here.send(2)
    serve(there, _echo, (1,))
    assert here.recv() == os.getpid()
    assert here.recv().told == [1, 2]
