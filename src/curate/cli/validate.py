"""`curate validate`: check the records of a corpus."""

import sys
from pathlib import Path

import click

from curate.report import report_names


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
    from curate.cli.common import inside, root_of, write  # noqa: PLC0415
    from curate.pipeline import check, load  # noqa: PLC0415
    from curate.report import load_render  # noqa: PLC0415

    root = root_of(paths)
    corpus = load(git.staged(root) if staged else source.find(root), config.load(root))
    files = [entry.path for entry in corpus.entries]
    wanted = [inside(root, path, files) for path in paths] or [source.RECORDS]
    report = check(corpus).within(wanted)
    _refuse_nothing(report.files, wanted)
    write(load_render(output_format)(report, corpus))
    if output_format != "text":
        write([f"{report.summary}\n"], sys.stderr)
    return 1 if report.summary.errors else 0


def _refuse_nothing(files: tuple[str, ...], wanted: list[str]) -> None:
    """Refuse to call it a pass where nothing was checked."""
    from curate.refusal import Refusal  # noqa: PLC0415 - see above

    if not files:
        raise Refusal(f"Nothing to check: there is no record in {', '.join(wanted)}.")
