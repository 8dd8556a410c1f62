"""Time curate beside what else validates YAML, on the same files and schemas, in one run.

Prints Markdown. What counts is the ratio, since machines differ: the programs run in turn, and of
several rounds the median is taken, but what takes long is run twice, before and after the rest. No
program has to wait for the disk. Memory is the peak of the largest process.

    python tests/bench/bench.py 100 1000 10000 [--without-peers]
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click
import copies
from corpus import write
from peers import SCRIPTS, Files, Peer, peers
from timing import Run, in_turn, run

from curate.cli.main import _group as main_command

CURATE = SCRIPTS / "curate"
PASS = [sys.executable, "-c", "pass"]
BASE = "check-jsonschema"
ROUNDS = 3
STARTS = 5
LARGE = 5_000
"""More records than this take most programs a minute."""
MOST_EXPORTED = 10_000
"""More records than this take minutes to export, and say no more of how it grows."""


def main(arguments: Sequence[str]) -> None:
    """Measure each size and print the tables."""
    sizes = [int(one.replace(",", "")) for one in arguments if not one.startswith("--")]
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        known: list[Peer] = []
        missing = ["The other programs were left out."]
        if "--without-peers" not in arguments:
            known, missing = peers(scratch / "npm")
        print("### Everything read and checked\n")
        _print(_cold(scratch, sizes, known))
        for one in missing:
            print(f"\n{one}")
        print("\n### The same of copies of the shipped records\n")
        _print(_shipped(scratch, sizes, known))
        print("\n### One record changed, and no process left from the last call\n")
        _print(_warm(scratch, sizes, known))
        print("\n### Starting\n")
        _print(_starting(scratch))


def _print(lines: Iterator[str]) -> None:
    """Show each line as soon as it is known."""
    for line in lines:
        print(line, end="", flush=True)


def _cold(scratch: Path, sizes: Iterable[int], known: Sequence[Peer]) -> Iterator[str]:
    yield "| records | | s | ms a record | MiB | check-jsonschema takes |\n"
    yield "|---|---|---|---|---|---|\n"
    for size in sizes:
        folder = scratch / "cold"
        files = write(folder, size)
        other = scratch / "other"
        _lay_out_otherwise(write(other, size))
        tasks: dict[str, Callable[[], Run]] = {
            peer.name: _of_peer(peer, folder, files) for peer in known if size <= peer.most
        }
        for name, root, options in (
            ("curate validate", folder, ["validate", "--no-cache"]),
            ("— in one process", folder, ["validate", "--no-cache", "--jobs", "1"]),
            ("— laid out otherwise", other, ["validate", "--no-cache"]),
            ("— and writing its index", folder, ["validate"]),
            ("curate export", folder, ["export", "--out", "out"]),
        ):
            tasks[name] = _of_curate(root, scratch, options)
        if size > MOST_EXPORTED:
            del tasks["curate export"]
        found = in_turn(tasks, ROUNDS)
        shutil.rmtree(folder)
        shutil.rmtree(other)
        yield from _rows(size, found)


def _shipped(scratch: Path, sizes: Iterable[int], known: Sequence[Peer]) -> Iterator[str]:
    """Yield what records take that are as dense and as often waived as real ones, of all kinds.

    linkml-validate has no word for a field that is one text or several, and refuses them.
    """
    yield "| records | | s | ms a record | MiB | check-jsonschema takes |\n"
    yield "|---|---|---|---|---|---|\n"
    for size in (size for size in sizes if size <= MOST_EXPORTED):
        folder = scratch / "shipped"
        files = copies.write(folder, size)
        records = sum(map(len, files.values()))
        tasks: dict[str, Callable[[], Run]] = {
            peer.name: _of_peer(peer, folder, files)
            for peer in known
            if peer.name != "linkml-validate"
        }
        for name, options in (("curate validate", []), ("— in one process", ["--jobs", "1"])):
            tasks[name] = _of_curate(folder, scratch, ["validate", "--no-cache", *options])
        found = in_turn(tasks, ROUNDS)
        shutil.rmtree(folder)
        yield from _rows(records, found)


def _rows(records: int, found: Mapping[str, Run]) -> Iterator[str]:
    base = found.get(BASE)
    for name, one in found.items():
        ratio = "" if base is None else f"{base.seconds / one.seconds:.1f}×"
        yield (
            f"| {records:,} | {name} | {one.seconds:.2f} | {1000 * one.seconds / records:.2f} "
            f"| {one.mebibytes:.0f} | {ratio} |\n"
        )


def _of_peer(peer: Peer, folder: Path, files: Files) -> Callable[[], Run]:
    few = {kind: of_kind[:1] for kind, of_kind in files.items()}
    is_long = sum(map(len, files.values())) > LARGE

    def call() -> Run:
        _have_at_hand(folder)
        if is_long:  # and not run again where it had to wait for its own files
            peer.check(folder, few)
        return peer.check(folder, files)

    return call


def _of_curate(root: Path, scratch: Path, options: list[str]) -> Callable[[], Run]:
    def call() -> Run:
        _forget(scratch)
        _have_at_hand(root)
        return run([CURATE, *options], root)

    return call


def _have_at_hand(root: Path) -> None:
    """Read all files once: how soon the system forgets them again is no program's doing."""
    for path in root.rglob("*.yaml"):
        path.read_bytes()


def _forget(scratch: Path) -> None:
    """Let nothing be known from the last time, and leave no process behind."""
    os.environ["CURATE_RESIDENT"] = "0"
    os.environ["XDG_CACHE_HOME"] = str(scratch / "cache")
    shutil.rmtree(scratch / "cache", ignore_errors=True)


def _lay_out_otherwise(files: Files) -> None:
    """Write the same records with lists at the edge of their key, for the exact reader alone."""
    for path in (path for of_kind in files.values() for path in of_kind):
        lines, inside = [], ""
        for line in path.read_text().splitlines(keepends=True):
            if not line.startswith("  "):
                inside = ""
            lines.append(line.removeprefix(inside))
            if line in {"groups:\n", "outcomes:\n", "adverse_events:\n", "claims:\n"}:
                inside = "  "
        path.write_text("".join(lines))


def _warm(scratch: Path, sizes: Iterable[int], known: Sequence[Peer]) -> Iterator[str]:
    yield "| records | | ms | of `pass` | MiB |\n|---|---|---|---|---|\n"
    for size in sizes:
        folder = scratch / "warm"
        files = write(folder, size)
        _forget(scratch)
        run([CURATE, "validate"], folder)
        changed = files["study"][0]
        text = changed.read_text()
        texts = iter(range(10**9))

        def edit_and_check(call: list[str | Path]) -> Run:
            changed.write_text(text.replace("number 0", f"number {next(texts)}"))  # noqa: B023
            return run(call, folder)  # noqa: B023

        tasks: dict[str, Callable[[], Run]] = {"python -c pass": lambda: run(PASS, folder)}  # noqa: B023
        tasks["curate validate"] = lambda: edit_and_check([CURATE, "validate"])
        one_file = {"study": [changed]}
        for peer in known:
            tasks[f"{peer.name} on that one file"] = _of_peer(peer, folder, one_file)
        found = in_turn(tasks, ROUNDS)
        shutil.rmtree(folder)
        base = found["python -c pass"].seconds
        for name, one in found.items():
            yield (
                f"| {size:,} | {name} | {1000 * one.seconds:.0f} | {one.seconds / base:.1f}× "
                f"| {one.mebibytes:.0f} |\n"
            )


def _starting(scratch: Path) -> Iterator[str]:
    """Yield how long each command takes to start, on the processor: less swayed by other work."""
    yield "| | of `pass` |\n|---|---|\n"
    tasks: dict[str, Callable[[], Run]] = {"python -c pass": lambda: run(PASS, scratch)}
    for name in main_command.list_commands(click.Context(main_command)):
        tasks[f"curate {name} --help"] = _starts(scratch, [name, "--help"])
    tasks["curate --help"] = _starts(scratch, ["--help"])
    found = in_turn(tasks, STARTS)
    base = found["python -c pass"].busy
    for name, one in found.items():
        yield f"| `{name}` | {one.busy / base:.1f}× |\n"


def _starts(scratch: Path, options: list[str]) -> Callable[[], Run]:
    return lambda: run([CURATE, *options], scratch)


if __name__ == "__main__":
    main(sys.argv[1:])
