"""Time a check after one changed record, beside starting Python and beside check-jsonschema.

Prints Markdown. Each round runs all in turn, so that what else the machine does hits all alike; a
ratio is that of two runs of one round, and the median of all rounds is told.
"""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from corpus import write

SCHEMAS = Path(__file__).parents[2] / "schemas"
SCRIPTS = Path(sysconfig.get_path("scripts"))
PEER = SCRIPTS / "check-jsonschema"
ROUNDS = 15
START = [sys.executable, "-c", "pass"]


def main(sizes: Iterable[int]) -> None:
    """Measure each size and print a table."""
    print("| records | | ms | × `python -c pass` | × check-jsonschema on the one file |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="w") as scratch:
        for size in sizes:
            Bench(Path(scratch) / str(size), size).run()


class Bench:
    """A corpus in git, with an index and a resident process of its own."""

    def __init__(self, root: Path, size: int) -> None:
        self._size = size
        self._root = root / "corpus"
        self._root.mkdir(parents=True)
        written = write(self._root, size)
        for path in written["procedure"]:
            # What is said on each of a thousand records would be timed, too.
            path.write_text(f"{path.read_text()}note: What harms were seen is in the studies.\n")
        self._edited = written["study"][len(written["study"]) // 2]
        self._text = self._edited.read_text()
        self._runtime = root / "r"
        self._runtime.mkdir(mode=0o700)
        self._environment = {
            **os.environ,
            "CURATE_CACHE": str(root / "cache"),
            "XDG_RUNTIME_DIR": str(self._runtime),
            "CURATE_RESIDENT": "1",
        }
        self._environment.pop("CI", None)
        self._git("init", "-q")
        self._git("add", "-A")
        self._git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x")

    def run(self) -> None:
        """Print what each way takes."""
        staged = [str(SCRIPTS / "curate"), "validate", "--staged"]
        working = staged[:2]
        for call in (staged, working):
            self._time([*call], CURATE_RESIDENT="0")
        time.sleep(2.1)  # what is younger is read every time
        self._print("staged, alone", staged, 5, CURATE_RESIDENT="0")
        self._print("working copy, alone", working, 5, CURATE_RESIDENT="0")
        self._wait_for_process(staged)
        self._print("staged", staged)
        self._print("staged, nothing changed", staged, edit=False)
        for _ in range(2):
            self._time(working)
            time.sleep(2 + self._size / 5_000)  # until every file is watched
        self._print("working copy", working)
        self._print("working copy, nothing changed", working, edit=False)
        for lock in self._runtime.glob("*.lock"):
            with suppress(ProcessLookupError):
                os.killpg(int(lock.read_text()), signal.SIGKILL)

    def _print(
        self, name: str, call: list[str], rounds: int = ROUNDS, *, edit: bool = True, **more: str
    ) -> None:
        own, to_start, to_peer = [], [], []
        for number in range(rounds):
            if edit:
                self._edit(number)
            start, peer = self._time(START), self._peer()
            own.append(self._time(call, **more))
            to_start.append(own[-1] / start)
            to_peer.append(peer / own[-1])
        middle = statistics.median
        versus = f"{middle(to_peer):.1f}" if PEER.exists() else "–"
        print(
            f"| {self._size} | {name} | {1000 * middle(own):.0f} | {middle(to_start):.1f} "
            f"| {versus} |",
            flush=True,
        )

    def _edit(self, number: int) -> None:
        self._edited.write_text(self._text.replace("mean: 25.40", f"mean: 25.4{number % 10}"))
        self._git("add", "-A")

    def _peer(self) -> float:
        if not PEER.exists():
            return 0.0
        schema = str(SCHEMAS / "study.schema.json")
        return self._time([str(PEER), "--schemafile", schema, str(self._edited)])

    def _time(self, call: list[str], **more: str) -> float:
        begun = time.perf_counter()
        subprocess.run(
            call,
            cwd=self._root,
            env={**self._environment, **more},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return time.perf_counter() - begun

    def _wait_for_process(self, call: list[str]) -> None:
        ready: Callable[[], bool] = lambda: any(  # noqa: E731 - asked in one place
            path.is_socket() for path in self._runtime.iterdir()
        )
        while not ready():
            self._time(call)
            time.sleep(1)

    def _git(self, *arguments: str) -> None:
        git = shutil.which("git") or "git"
        subprocess.run([git, *arguments], cwd=self._root, check=True)


if __name__ == "__main__":
    main(map(int, sys.argv[1:] or ["1000"]))
