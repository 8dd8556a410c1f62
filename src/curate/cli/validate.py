"""`curate validate`: check the records of a corpus."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate.report import report_names

if TYPE_CHECKING:
    from curate.corpus import Corpus


@click.command("validate", short_help="Check the records.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--output-format",
    type=click.Choice(report_names()),
    default="text",
    show_default=True,
    help="How to report what was found; the exit code is the same in every format.",
)
@click.option("--staged", is_flag=True, help="Check what git would commit, not the working copy.")
def command(paths: tuple[Path, ...], output_format: str, *, staged: bool) -> int:
    """Check every record of the corpus, and say what is wrong, where, and what to write instead.

    PATHS limit what is reported to these files and folders; the whole corpus is read all the same,
    because a record is right or wrong only together with the others.

    Exit code: 0 nothing is wrong or only warnings, 1 errors were found, 2 nothing was checked.
    """
    # A call for help must not wait for what only a check needs.
    from curate import config, git, source  # noqa: PLC0415
    from curate.cli.common import write  # noqa: PLC0415
    from curate.pipeline import check, load  # noqa: PLC0415
    from curate.report import load_render  # noqa: PLC0415

    root = _root(paths)
    corpus = load(git.staged(root) if staged else source.find(root), config.load(root))
    wanted = [_inside(root, path, corpus) for path in paths] or [source.RECORDS]
    report = check(corpus).within(wanted)
    _refuse_nothing(report.files, wanted)
    write(load_render(output_format)(report, corpus))
    if output_format != "text":
        write([f"{report.summary}\n"], sys.stderr)
    return 1 if report.summary.errors else 0


def _root(paths: tuple[Path, ...]) -> Path:
    """Return the one corpus that all paths lie in, or the one around the current folder."""
    from curate.config import find_root  # noqa: PLC0415 - see above
    from curate.refusal import Refusal  # noqa: PLC0415

    roots = [find_root(_absolute(path)) for path in paths] or [find_root(Path.cwd())]
    for path, root in zip(paths, roots, strict=False):
        if root != roots[0]:
            raise Refusal(f"{path} lies in another corpus than {paths[0]}; check one at a time.")
    return roots[0]


def _absolute(path: Path) -> Path:
    """Return where a path leads, without following links: a record's link is no record."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def _inside(root: Path, path: Path, corpus: "Corpus") -> str:
    """Return a path as findings name it, or refuse one that holds no record."""
    from curate.refusal import Refusal  # noqa: PLC0415 - see above
    from curate.source import RECORDS  # noqa: PLC0415
    from curate.suggest import did_you_mean  # noqa: PLC0415

    below = _absolute(path).relative_to(root).as_posix()
    if below in {".", RECORDS}:
        return RECORDS
    if not below.startswith(f"{RECORDS}/"):
        raise Refusal(f"{path} is not in {root / RECORDS}, where the records are.")
    files = [entry.path for entry in corpus.entries]
    if not any(file == below or file.startswith(f"{below}/") for file in files):
        guess = did_you_mean(below, files)
        raise Refusal(f"Nothing to check: there is no record at {path}. {guess}".rstrip())
    return below


def _refuse_nothing(files: tuple[str, ...], wanted: list[str]) -> None:
    """Refuse to call it a pass where nothing was checked."""
    from curate.refusal import Refusal  # noqa: PLC0415 - see above

    if not files:
        raise Refusal(f"Nothing to check: there is no record in {', '.join(wanted)}.")
