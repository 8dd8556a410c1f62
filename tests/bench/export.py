"""Time and weigh `curate export` of JSON, CSV and FHIR beside `curate validate`, in one run.

Cold, after one changed record, and after a commit, which every resource and row names. Prints
Markdown. Processor time is told, of all processes of a call, since other work sways it less than
the clock; what counts is the ratio. An export checks the records first.

    python tests/bench/export.py 100 1000 10000 [--without-peer]
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from corpus import write
from peers import SCRIPTS, Files, check_jsonschema
from timing import Run, in_turn, run

CURATE = SCRIPTS / "curate"
FORMATS = ("--format", "json", "--format", "csv", "--format", "fhir")
SIZES = (100, 1000)
ROUNDS = 3
AUTHOR = ("-c", "user.name=a", "-c", "user.email=a@example.org")


def main(sizes: Iterable[int], *, with_peer: bool) -> None:
    """Measure each size and print a table."""
    print("| records | | processor, s | × validate | MiB | KiB more a record |")
    print("|---|---|---|---|---|---|")
    before: dict[str, tuple[int, float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["CURATE_RESIDENT"] = "0"
        os.environ["CURATE_CACHE"] = str(Path(scratch) / "cache")
        for size in sizes:
            found = _measure(Path(scratch) / "corpus", size, with_peer=with_peer)
            shutil.rmtree(Path(scratch) / "corpus")
            base = found["curate validate --no-cache"].busy
            for name, one in found.items():
                more = ""
                if name in before:
                    fewer, mebibytes = before[name]
                    more = f"{1024 * (one.mebibytes - mebibytes) / (size - fewer):.1f}"
                before[name] = size, one.mebibytes
                print(
                    f"| {size:,} | {name} | {one.busy:.2f} | {one.busy / base:.1f} "
                    f"| {one.mebibytes:.0f} | {more} |",
                    flush=True,
                )


def _measure(folder: Path, size: int, *, with_peer: bool) -> dict[str, Run]:
    files = write(folder, size)
    for call in (["init", "-q"], ["add", "records", "curate.toml"], ["commit", "-qm", "x"]):
        _git(folder, *call)
    export: list[str | Path] = [CURATE, "export", *FORMATS, "--out", "out"]
    changed = files["study"][0]
    text = changed.read_text()
    texts = iter(range(10**9))

    def edited() -> Run:
        changed.write_text(text.replace("number 0", f"number {next(texts)}"))
        return run(export, folder)

    def committed() -> Run:
        _git(folder, "commit", "-qam", "x", "--allow-empty")
        run(export, folder)  # what the edit before concerned is known then
        _git(folder, "commit", "-q", "--allow-empty", "-m", "x")
        return run(export, folder)

    tasks: dict[str, Callable[[], Run]] = {
        "curate validate --no-cache": lambda: run([CURATE, "validate", "--no-cache"], folder),
        "curate export --no-cache": lambda: run([*export, "--no-cache"], folder),
        "— in one process": lambda: run([*export, "--no-cache", "--jobs", "1"], folder),
        "— and keeping what it made": lambda: _forgotten(lambda: run(export, folder)),
        "— after one changed record": edited,
        "— after a commit": committed,
    }
    if with_peer:
        tasks["check-jsonschema"] = _peer(folder, files)
    return in_turn(tasks, ROUNDS)


def _forgotten(call: Callable[[], Run]) -> Run:
    shutil.rmtree(os.environ["CURATE_CACHE"], ignore_errors=True)
    return call()


def _peer(folder: Path, files: Files) -> Callable[[], Run]:
    return lambda: check_jsonschema(folder, files)


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *AUTHOR, *arguments], cwd=folder, check=True)


if __name__ == "__main__":
    chosen = [int(one.replace(",", "")) for one in sys.argv[1:] if not one.startswith("--")]
    main(chosen or SIZES, with_peer="--without-peer" not in sys.argv)
