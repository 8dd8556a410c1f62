"""Hand a call over to a resident process: one that has all imported that a check needs.

Importing kinds, rules and schemas takes eight times as long as starting Python; no check of one
record is fast that begins with it. So a call that had an index leaves a process behind, which has
imported all that, answers calls, and ends when there is none for a while.
While it answers it is the call: it has its arguments, folder, environment and files, and its code.

It is reached by a socket in a folder of the user's alone, whose name holds a digest of how Python
was started; it watches the files of the program, and answers no more once one was edited. Where
there is none, or anything is unusual, the call is run as ever.

Imported first thing, so this imports nothing that takes long.
"""

# signal and socket make enumerations, for longer than a call takes.
import _signal  # type: ignore[import-not-found]
import _socket
import os
import sys
from _blake2 import blake2b  # hashlib loads OpenSSL for it, which takes longer than all of this
from marshal import dumps

VARIABLE = "CURATE_RESIDENT"
"""Set to 0, no process is left behind, and none is asked."""

LAYOUT = 2
"""Of what is said on the socket; raised when it changes."""

HEADER = 8
"""Bytes of a number on the socket."""

TAKEN = b"!"
"""Says that a call is being answered, or, from the other side, that it is interrupted."""

answering = False
"""Whether this is the resident process."""

_LONGEST = 100
"""A socket's path may have no more bytes than this on some system."""


def door(argv: list[str]) -> str | None:
    """Return the path of the socket where to hand a call over, or None where it is to be run here.

    Handed over are checks that write nothing; in CI none are, where no process should stay behind.
    """
    environment = os.environ
    if (
        answering
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
    try:
        path = f"{folder}/curate-{started()}"
    except OSError:  # such as without /proc
        return None
    return path if len(os.fsencode(path)) <= _LONGEST and _is_mine(folder) else None


_STAY_HERE = frozenset({"--fix", "--diff", "--unsafe-fixes", "--write-baseline", "--no-cache"})


def started() -> str:
    """Return a digest that changes with how Python was started, by whom, and what files it sees."""
    environment = os.environ
    settings = sorted(f"{name}={environment[name]}" for name in environment if _matters(name))
    root = os.stat("/")
    who = (*os.getresuid(), *os.getresgid(), *os.getgroups())
    where = (os.readlink("/proc/self/ns/mnt"), root.st_dev, root.st_ino, os.path.abspath(__file__))
    how = (sys.executable, sys.path, tuple(sys.flags), sys.warnoptions, sys.version)
    told = repr((LAYOUT, who, where, how, settings))
    return blake2b(told.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()


def _matters(name: str) -> bool:
    return name.startswith(("PYTHON", "COVERAGE", "LD_", "DYLD_"))


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


def hand_over(argv: list[str], to: str) -> int | None:
    """Let the resident process run a call and return its code; None where there is no process."""
    link = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        try:
            link.connect(to)
            data = dumps((argv, dict(os.environb), _umask(), _texts()))
            data = len(data).to_bytes(HEADER, "big") + data
            folder = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            files = b"".join(one.to_bytes(4, sys.byteorder) for one in (0, 1, 2, folder))
            sent = link.sendmsg([data], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)])
            os.close(folder)
            if rest := data[sent:]:  # to send nothing fails where all was answered already
                link.sendall(rest)
            if link.recv(1) != TAKEN:
                return None
        except OSError:
            return None
        # From here on it may print: what happens now is what happened, and is not tried again.
        return _wait(link)
    finally:
        link.close()


def leave_behind(argv: list[str]) -> None:
    """Start the resident process for calls like this one; nothing of this call goes with it."""
    to = door(argv)
    if to is None:
        return
    code = (
        f"import os, sys; sys.path[:] = {sys.path!r}; os.closerange(3, 4096)\n"
        "from curate.program import Program; program = Program()\n"
        f"from curate.cli.resident import serve; serve({to!r}, program)"
    )
    nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    try:
        os.posix_spawn(
            sys.executable, [sys.executable, "-c", code], os.environ, file_actions=nowhere
        )
    except OSError:
        return


def _wait(link: _socket.socket) -> int | None:
    """Wait for the code, and pass an interruption on."""
    _signal.signal(_signal.SIGTERM, _signal.default_int_handler)
    while True:
        try:
            code = link.recv(1)
        except KeyboardInterrupt:
            try:
                link.send(TAKEN)
            except OSError:
                continue  # it is over: its code, or none, waits to be read
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
