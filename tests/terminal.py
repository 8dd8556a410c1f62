"""A real terminal of a given size, with curate running in it."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

_PATIENCE = 60


class Terminal:
    """A program in a terminal: what it has printed so far, and what is typed into it."""

    def __init__(self, arguments: list[str], folder: Path, columns: int = 80) -> None:
        self.said = ""
        self.pid, self._handle = pty.fork()
        if self.pid == 0:  # pragma: no cover - it becomes another program
            os.chdir(folder)
            for name in ("NO_COLOR", "CI", "FORCE_COLOR", "COLUMNS", "LINES"):
                os.environ.pop(name, None)
            os.environ["TERM"] = "xterm"
            # Tests that run in the background ignore an interruption, and so would their children.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            # The size is set before anything asks for it.
            os.read(0, 1)
            # Readline may have written a size into the environment, unseen by Python.
            call = [sys.executable, "-m", "curate", *arguments]
            os.execve(sys.executable, call, {**os.environ})  # noqa: S606
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.type("\n")

    def type(self, text: str) -> None:
        """Type into the terminal."""
        os.write(self._handle, text.encode())

    def wait_for(self, text: str) -> str:
        """Wait until a text was printed after all that was waited for before; return it all."""
        while text not in self.said:
            if not self._read():
                raise AssertionError(f"ended without {text!r}: {self.said}")
        before, found, self.said = self.said.partition(text)
        return before + found

    def end(self, key: str = "") -> int:
        """Wait for the end of the program; return its exit code.

        An interruption in the instant in which a question is printed and not yet read is noticed by
        Python at the next key only. So a key is pressed again as long as nothing happens.
        """
        self.type(key)
        while self._read(key):
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self._handle)
        return os.waitstatus_to_exitcode(status)

    def _read(self, key: str = "") -> bool:
        """Read some of what is printed; False at the end."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            if select.select([self._handle], [], [], 1)[0]:
                try:
                    data = os.read(self._handle, 65536)
                except OSError:  # as Linux says that the other end is closed
                    return False
                self.said += data.decode("utf-8", "replace")
                return bool(data)
            self.type(key)
        os.kill(self.pid, signal.SIGKILL)
        raise AssertionError(f"still running: {self.said}")
