"""`curate diff`: tell what changed between two revisions, in what is exported."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from curate.corpus import Corpus

_SHORT = 12


@click.command("diff", short_help="Tell what changed between two revisions.")
@click.argument("before", metavar="REV1")
@click.argument("after", metavar="[REV2]", required=False)
@click.option(
    "--output-format",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Text to read, Markdown for a page, or JSON for programs.",
)
def command(before: str, after: str | None, output_format: str) -> None:
    """Compare what two revisions export, or REV1 with the records as they are now.

    Told first are results whose numbers changed, then claims, papers that were withdrawn or
    corrected, waivers, and records. Nothing is checked out: revisions are read from git.
    """
    # A call for help must not wait for what only a comparison needs.
    from curate import changes, config, git, source  # noqa: PLC0415
    from curate.cli.common import write  # noqa: PLC0415
    from curate.json_text import encode  # noqa: PLC0415
    from curate.pipeline import load  # noqa: PLC0415

    here = Path.cwd()
    old = git.resolve(here, before)
    new = None if after is None else git.resolve(here, after)
    root = _root(here)
    now = load(source.find(root), config.load(root)) if new is None else _corpus(root, new, after)
    found = changes.changes(_corpus(root, old, before), now)
    if output_format == "json":
        write([encode(changes.as_json(found, old, new)).decode() + "\n"])
        return
    until = "now" if after is None or new is None else _named(after, new)
    show = changes.as_text if output_format == "text" else changes.as_markdown
    write(show(found, f"from {_named(before, old)} to {until}"))


def _named(revision: str, commit: str) -> str:
    """Name a revision as it was asked for, with its commit unless that is what was asked for."""
    short = commit[:_SHORT]
    return short if commit.startswith(revision) else f"{revision} ({short})"


def _root(here: Path) -> Path:
    """Return the corpus around a folder; a bare repository is one without a working copy."""
    from curate.config import find_root  # noqa: PLC0415 - see above
    from curate.refusal import Refusal  # noqa: PLC0415

    try:
        return find_root(here)
    except Refusal:
        if (here / "HEAD").is_file() and (here / "objects").is_dir():
            return here
        raise


def _corpus(root: Path, commit: str, named: str | None) -> "Corpus":
    """Read the corpus that a commit holds."""
    from curate import config, git  # noqa: PLC0415 - see above
    from curate.pipeline import load  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415

    settings = git.file_at(root, commit, config.FILE)
    if settings is None:
        raise Refusal(f"{named} holds no {config.FILE} here, so no corpus.")
    parsed = config.parse(settings, Path(f"{named}:{config.FILE}"))
    return load(git.at_revision(root, commit), parsed, commit)
