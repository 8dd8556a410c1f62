"""`curate export`: write the records for apps to build on."""

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from curate.counted import counted
from curate.formats import format_names

if TYPE_CHECKING:
    from curate.config import Config
    from curate.corpus import Corpus
    from curate.pieces import Pieces

_DEFAULT_FOLDER = "exports"
_HELD: Final = 256
"""Entries that one process holds at a time: a corpus of any size is to fit."""


@click.command("export", short_help="Write the records for apps to build on.")
@click.option(
    "--format",
    "formats",
    type=click.Choice(format_names()),
    multiple=True,
    help="Write only this format; may be given several times.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=f"Write to this folder instead of `{_DEFAULT_FOLDER}` in the corpus.",
)
@click.option(
    "--no-cache", is_flag=True, help="Check and make everything, whatever is known from last time."
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="How many processes work; by default one a core where the records are many.",
)
@click.option(
    "--check-compat",
    "earlier",
    type=click.Path(path_type=Path),
    metavar="OLD",
    help="Write nothing; compare with an earlier export (its folder, corpus.json or schema), and "
    "say what breaks its readers.",
)
def command(
    formats: tuple[str, ...],
    out: Path | None,
    earlier: Path | None,
    *,
    no_cache: bool,
    jobs: int | None,
) -> int:
    """Check every record, and write those that are published for apps to build on.

    Nothing is written while a record has an error. The folder is replaced as a whole: whoever reads
    it sees the old export or the new one, complete.

    What is written of a record is kept, outside the repository, and made again only where the
    record is another, or one that it leans on. The bytes are the same.

    Exit code: 0 written, 1 errors were found, 2 nothing could be written. With --check-compat: 0
    the schema's version is the one that its changes call for, 1 it must rise.
    """
    if earlier is not None:
        return _check_compat(earlier)
    # A call for help must not wait for what only an export needs.
    from curate import config, git  # noqa: PLC0415
    from curate.cli.common import write  # noqa: PLC0415
    from curate.disk.replace_folder import replace_folder  # noqa: PLC0415
    from curate.formats import load_format  # noqa: PLC0415
    from curate.manifest import Revision, assemble  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415

    root = config.find_root(Path.cwd())
    folder = _folder(root, out)
    # Asked first: should somebody commit meanwhile, the export is not credited to that commit.
    revision = Revision(git.commit(root), git.differs(root))
    settings = config.load(root)
    corpus = _checked(root, settings, jobs, revision.of_records, no_cache=no_cache)
    if corpus is None:
        write(["Nothing was exported; mend the errors first.\n"], sys.stderr)
        return 1
    cache = None if no_cache else _cache(root)
    pieces = _pieces(corpus, cache, jobs)
    if not pieces.published:
        statuses = " or ".join(corpus.config.publish) or "that is published"
        raise Refusal(f"Nothing to export: no record has the status {statuses}.")
    every = map(load_format, sorted(set(formats)) or format_names())
    chosen = [format_ for format_ in every if formats or not format_.on_request]
    replace_folder(folder, assemble(corpus, chosen, revision, pieces))
    if cache is not None:
        pieces.keep(cache)
    names = ", ".join(format_.name for format_ in chosen)
    write([f"exported {_counts(pieces)} as {names} to {_shown(folder)}\n"])
    return 0


def _checked(
    root: Path, settings: "Config", jobs: int | None, commit: str | None, *, no_cache: bool
) -> "Corpus | None":
    """Check the records and tell what was found; return the corpus if nothing is wrong with it."""
    from contextlib import closing, suppress  # noqa: PLC0415 - see above

    from curate import bulk, index  # noqa: PLC0415
    from curate.cli.common import write  # noqa: PLC0415
    from curate.report import load_render  # noqa: PLC0415

    render = load_render("text")
    if not no_cache:
        with suppress(index.Unsure):
            known = index.check(root, settings, staged=False, jobs=jobs, held=_HELD)
            with closing(known) as checked:
                # Nothing is printed before all is known: the index may turn out to be damaged.
                text = list(render(checked.report, checked.corpus))
                errors = checked.report.summary.errors
                corpus = None if errors else bulk.on_demand(root, checked.corpus, commit)
            write(text)
            return corpus
        index.forget(root, staged=False)
    report, corpus = bulk.check_files(root, settings, jobs, _HELD)
    write(render(report, corpus))
    return None if report.summary.errors else bulk.on_demand(root, corpus, commit)


def _cache(root: Path) -> Path | None:
    """Return where the pieces of the last export are kept, or None where there is to be none."""
    from curate.index import place  # noqa: PLC0415 - see above

    within = place.folder()
    return None if within is None else place.index_of(root, "export", within)


def _pieces(corpus: "Corpus", cache: Path | None, jobs: int | None) -> "Pieces":
    """Return the pieces of the export, as far as they are known from the last one."""
    from curate import identity  # noqa: PLC0415 - see above
    from curate.bulk import cores  # noqa: PLC0415
    from curate.pieces import Drawer, Pieces  # noqa: PLC0415

    kept = None if cache is None else Drawer.opened(cache)
    return Pieces(corpus, kept, identity.program(), cores() if jobs is None else jobs)


def _check_compat(path: Path) -> int:
    """Compare today's schema with an earlier export's."""
    from curate.cli.common import write  # noqa: PLC0415 - see above
    from curate.compatibility import find_earlier, judge  # noqa: PLC0415
    from curate.published import schema  # noqa: PLC0415

    earlier = find_earlier(path)
    judgement = judge(earlier, schema("export"))
    write(f"{line}\n" for line in (f"Compared with {earlier.path}.", *judgement.lines()))
    return 0 if judgement.holds else 1


def _folder(root: Path, out: Path | None) -> Path:
    """Return the folder to write, without following links; records are no place for exports."""
    from curate.refusal import Refusal  # noqa: PLC0415 - see above
    from curate.source import RECORDS  # noqa: PLC0415

    folder = Path(os.path.abspath(out or root / _DEFAULT_FOLDER))  # noqa: PTH100 - as validate does
    records = root / RECORDS
    if folder == records or records in folder.parents:
        raise Refusal(f"{folder} is among the records; name another folder with --out.")
    return folder


def _counts(pieces: "Pieces") -> str:
    """Say how many records of each kind are published."""
    found = Counter((one.facts.kind, one.path.split("/")[1]) for one in pieces.published)
    kinds = ", ".join(
        f"{number} {kind if number == 1 else folder}"
        for (kind, folder), number in sorted(found.items(), key=str)
    )
    total = found.total()
    return f"{counted(total, 'record')} ({kinds})"


def _shown(folder: Path) -> str:
    """Return a folder as the user would type it."""
    here = Path.cwd()
    return str(folder.relative_to(here) if here in folder.parents else folder)
