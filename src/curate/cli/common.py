"""What several commands need: how a call is taken apart, a terminal, and what a call names."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import click


class Commands(click.Group):
    """Commands, one of which is meant: what was misspelt is guessed, and a misuse told as its."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, and guess what was meant where there is none."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from curate.suggest import did_you_mean  # noqa: PLC0415 - a right call needs none of it

            guess = did_you_mean(args[0], self.list_commands(ctx))
            raise click.UsageError(f"{error.message} {guess}".strip(), ctx) from error

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; click does not say whose option it was that lacks its value."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            if error.ctx is None:
                error.ctx = click.Context(self, ctx, ctx.invoked_subcommand)
            raise


def write(chunks: Iterable[str], stream: IO[str] | None = None) -> None:
    """Write text to standard output, coloured only where that is wanted.

    Whoever reads it may close it early, as `head` does: that changes no exit code.
    """
    out = sys.stdout if stream is None else stream
    color = wants_color(out)
    try:
        for chunk in chunks:
            out.write(chunk if color else click.unstyle(chunk))
        out.flush()
    except BrokenPipeError:
        discard(out)


def discard(stream: IO[str]) -> None:
    """Send what is left of a closed stream nowhere, so that Python does not fail on it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def wants_color(stream: IO[str]) -> bool:
    """Tell whether to colour: FORCE_COLOR, then NO_COLOR, CI and whether it is a terminal say."""
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("NO_COLOR") or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def is_terminal() -> bool:
    """Tell whether standard output is read by a person, at the width of a screen."""
    return sys.stdout.isatty()


def root_of(paths: tuple[Path, ...]) -> Path:
    """Return the one corpus that all paths lie in, or the one around the current folder."""
    from curate.config import find_root  # noqa: PLC0415 - a call for help needs none of this
    from curate.refusal import Refusal  # noqa: PLC0415

    roots = [find_root(absolute(path)) for path in paths] or [find_root(Path.cwd())]
    for path, root in zip(paths, roots, strict=False):
        if root != roots[0]:
            raise Refusal(f"{path} lies in another corpus than {paths[0]}; take one at a time.")
    return roots[0]


def kind_named(word: str) -> str:
    """Return the kind of record that a word names, alone or as its folder; refuse any other."""
    from curate.kinds import FOLDERS, KINDS  # noqa: PLC0415 - see above
    from curate.refusal import Refusal  # noqa: PLC0415
    from curate.suggest import nearest  # noqa: PLC0415

    kind = FOLDERS.get(word, word)
    if kind not in KINDS:
        near = nearest(word, [*KINDS, *FOLDERS])
        meant = f"Did you mean `{FOLDERS.get(near, near)}`?" if near else ""
        meant = meant or f"There are {', '.join(KINDS)}."
        raise Refusal(f"There is no kind of record `{word}`. {meant}")
    return kind


def absolute(path: Path) -> Path:
    """Return where a path leads, without following links: a record's link is no record."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def inside(root: Path, path: Path, files: Iterable[str]) -> str:
    """Return a path as findings name it, or refuse one that none of the records' files is at."""
    from curate.refusal import Refusal  # noqa: PLC0415 - see above
    from curate.source import RECORDS  # noqa: PLC0415
    from curate.suggest import did_you_mean  # noqa: PLC0415

    below = absolute(path).relative_to(root).as_posix()
    if below in {".", RECORDS}:
        return RECORDS
    if not below.startswith(f"{RECORDS}/"):
        found = [file for file in files if file.endswith(f"/{below}")]
        guess = f" Did you mean `{found[0]}`?" if len(found) == 1 else ""
        raise Refusal(f"{path} is not in {root / RECORDS}, where the records are.{guess}")
    if not any(is_within(file, below) for file in files):
        guess = did_you_mean(below, files)
        raise Refusal(f"There is no record at {path}. {guess}".rstrip())
    return below


def is_within(file: str, path: str) -> bool:
    """Tell whether a file is this one, or in this folder."""
    return file == path or file.startswith(f"{path}/")


def diff_of(path: str, old: bytes, new: bytes) -> Iterator[str]:
    """Yield the unified diff of a record's text before and after, safe to print."""
    from difflib import unified_diff  # noqa: PLC0415 - see above

    from curate.printable import printable  # noqa: PLC0415

    name = printable(path)
    before, after = (data.decode().split("\n") for data in (old, new))
    for line in unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm=""):
        yield f"{printable(line)}\n"
