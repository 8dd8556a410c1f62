"""Compare what the program writes with what is committed below tests/golden/."""

import difflib
from collections.abc import Callable
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"
HOW_TO_UPDATE = "If the change is meant, run `pytest --update-golden` and look at the diff."

Golden = Callable[[str, bytes], None]
"""Hold bytes against the committed file of this path below tests/golden/."""


def hold_against(path: str, actual: bytes) -> None:
    file = GOLDEN / path
    assert file.is_file(), f"tests/golden/{path} does not exist. {HOW_TO_UPDATE}"
    expected = file.read_bytes()
    if actual != expected:
        raise AssertionError(f"{_difference(path, expected, actual)}\n{HOW_TO_UPDATE}")


def update(path: str, actual: bytes) -> None:
    file = GOLDEN / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(actual)


def _difference(path: str, expected: bytes, actual: bytes) -> str:
    lines = difflib.unified_diff(
        expected.decode(errors="backslashreplace").splitlines(),
        actual.decode(errors="backslashreplace").splitlines(),
        f"tests/golden/{path}",
        "as written now",
        lineterm="",
        n=2,
    )
    return "\n".join([f"tests/golden/{path} differs:", *lines][:80])
