"""Hand a call over to a resident process: one that has all imported that a check needs.

Importing the models and rules takes thirty times as long as starting Python; no check of one record
is fast that begins with it. So a call that had an index leaves a process behind, which has imported
all that and nothing of any corpus, forks for each call, and ends when there is none for a while.
The forked process is the call: it has its arguments, folder, environment and files, and its code.

It is reached by a socket in a folder of the user's alone, whose name holds a digest of the program:
another version, or one of which a file was edited, never answers. Where there is none, or anything
is unusual, the call is run as ever. Imported first thing, so this imports nothing that takes long.
"""

# signal and socket make enumerations, for longer than a call takes.
import _signal  # type: ignore[import-not-found]
import _socket
import os
import sys
from marshal import dumps

from curate import identity

VARIABLE = "CURATE_RESIDENT"
"""Set to 0, no process is left behind, and none is asked."""

HEADER = 8
"""Bytes of a number on the socket."""

_LONGEST = 100
"""A socket's path may have no more bytes than this on some system."""


class Door:
    """Where the resident process of this program is, or would be."""

    def __init__(self, path: str, program: str) -> None:
        self.path = path
        self.program = program


def door(argv: list[str]) -> Door | None:
    """Return where to hand a call over, or None where it is to be run here.

    Handed over are checks that write nothing; in CI none are, where no process should stay behind.
    """
    environment = os.environ
    if (
        identity.known is not None
        or argv[:1] != ["validate"]
        or sys.platform != "linux"
        or not _STAY_HERE.isdisjoint(word.partition("=")[0] for word in argv)
        or environment.get(VARIABLE) == "0"
        or environment.get("CI")
        or environment.get("CURATE_CACHE") == ""
        or any((sys.flags.optimize, sys.flags.dev_mode, sys.flags.isolated, *sys.warnoptions))
    ):
        return None
    folder = environment.get("XDG_RUNTIME_DIR") or f"/tmp/curate-{os.getuid()}"  # noqa: S108 - is checked to be the user's alone
    program = identity.program()
    path = f"{folder}/curate-{identity.process(program)}"
    is_short = len(os.fsencode(path)) <= _LONGEST
    return Door(path, program) if is_short and _is_mine(folder) else None


_STAY_HERE = frozenset({"--fix", "--diff", "--unsafe-fixes", "--write-baseline", "--no-cache"})


def _is_mine(folder: str) -> bool:
    """Tell whether nobody else can have put anything into a folder; make it, if it is not there."""
    try:
        if not os.path.lexists(folder):
            os.mkdir(folder, 0o700)
        seen = os.lstat(folder)
    except OSError:
        return False
    return seen.st_uid == os.getuid() and seen.st_mode & 0o170077 == _PRIVATE_FOLDER


_PRIVATE_FOLDER = 0o040000


def hand_over(argv: list[str], to: Door) -> int | None:
    """Let the resident process run a call and return its code; None where there is no process."""
    link = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        try:
            link.connect(to.path)
            data = dumps((argv, dict(os.environb), _umask(), to.program, _texts()))
            data = len(data).to_bytes(HEADER, "big") + data
            folder = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            files = b"".join(one.to_bytes(4, sys.byteorder) for one in (0, 1, 2, folder))
            sent = link.sendmsg([data], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)])
            os.close(folder)
            link.sendall(data[sent:])
            answer = link.recv(HEADER)
        except OSError:
            return None
        if len(answer) < HEADER:
            return None
        # From here on it may print: what happens now is what happened, and is not tried again.
        return _wait(link, int.from_bytes(answer, "big"))
    finally:
        link.close()


def leave_behind(argv: list[str]) -> None:
    """Start the resident process for calls like this one; nothing of this call goes with it."""
    to = door(argv)
    if to is None:
        return
    code = (
        f"import sys; sys.path[:] = {sys.path!r}\n"
        f"from curate.cli.resident import serve; serve({to.path!r})"
    )
    nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    try:
        os.posix_spawn(
            sys.executable, [sys.executable, "-c", code], os.environ, file_actions=nowhere
        )
    except OSError:
        return


def _wait(link: _socket.socket, process: int) -> int | None:
    """Wait for the code, and pass an interruption on."""
    _signal.signal(_signal.SIGTERM, _signal.default_int_handler)
    while True:
        try:
            code = link.recv(1)
        except KeyboardInterrupt:
            os.kill(process, _signal.SIGINT)
        else:
            # Whoever ends without a code was killed; so is this call, then.
            return int(code[0]) if code else 128 + _signal.SIGKILL


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _texts() -> list[tuple[str, str]]:
    """Return how the standard files write text."""
    files = (sys.stdin, sys.stdout, sys.stderr)
    return [(one.encoding or "utf-8", one.errors or "strict") for one in files]
