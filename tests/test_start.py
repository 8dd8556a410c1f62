"""A call ends at once, and yet loses nothing that anybody waits for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def _run(before: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a call in a process that does something else before."""
    code = f"import sys\nsys.argv[1:] = {arguments!r}\n{before}\n"
    code += "from curate.start import main\nsys.exit(main())\n"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_call_does_what_was_left_for_the_end() -> None:
    done = _run("import atexit\natexit.register(lambda: print('at the end'))", "--version")
    assert done.stdout.startswith("curate ")
    assert done.stdout.endswith("at the end\n")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_call_waits_for_who_still_works() -> None:
    work = (
        "import threading, time\n"
        "def work():\n"
        "    while 'curate.cli.main' not in sys.modules or threading.main_thread().is_alive():\n"
        "        time.sleep(0.01)\n"
        "    print('worked')\n"
        "threading.Thread(target=work).start()"
    )
    assert _run(work, "--version").stdout.endswith("worked\n")


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--version"], 0), (["rule", "no-such-rule"], 2), (["--nonsense"], 2)]
)
def test_a_call_ends_with_its_code(arguments: list[str], code: int) -> None:
    assert _run("", *arguments).returncode == code


def test_a_call_whose_reader_is_gone_ends_quietly() -> None:
    out, theirs = os.pipe()
    os.close(out)
    done = subprocess.run(
        [sys.executable, "-m", "curate", "rule"],
        cwd=ROOT,
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_call_does_not_take_apart_what_it_holds() -> None:
    held = "class Held:\n    def __del__(self):\n        print('taken apart')\nheld = Held()"
    assert _run(held, "--version").stdout.startswith("curate ")
    assert "taken apart" not in _run(held, "--version").stdout
