"""`curate lsp` starts without what only others need, and says what it lacks."""

import subprocess
import sys

CALL = "import sys; sys.modules[{!r}] = None; from curate.cli import main; sys.exit(main(['lsp']))"


def call(missing: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CALL.format(missing)],
        capture_output=True,
        text=True,
        input="",
        check=False,
    )


def test_without_pygls_it_says_what_to_install() -> None:
    done = call("pygls")
    assert done.returncode == 2
    assert done.stderr == (
        "curate: The language server needs pygls: install `curate[lsp]` in place of `curate`.\n"
    )


def test_another_module_that_is_missing_is_a_bug() -> None:
    done = call("curate.lsp.home")
    assert done.returncode == 3
    assert "curate.lsp.home" in done.stderr


def test_an_editor_that_hangs_up_ends_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "curate", "lsp"],
        capture_output=True,
        text=True,
        input="",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert "Traceback" not in done.stderr
