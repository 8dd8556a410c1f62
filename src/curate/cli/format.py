"""`curate format`: lay records out in one way."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from curate.counted import counted

if TYPE_CHECKING:
    from curate.source import Obstacle, Source


@click.command("format", short_help="Lay the records out in one way.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; list the records that would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.option("--sort", is_flag=True, help="Also put the fields in the order of their schema.")
def command(paths: tuple[Path, ...], *, check: bool, diff: bool, sort: bool) -> int:
    """Lay the records in PATHS, or all of them, out in one way; nothing that they say changes.

    Two spaces a level, quotes only where they are needed, at most one empty line in a row. Comments
    and the order of fields are kept, and a number stays as it is printed. A record that cannot be
    read is left alone, and what is wrong with it is said.

    --sort puts the fields in the order in which `curate new` explains them, comments with them, the
    lists as they are. It is not done without being asked: the order may have been chosen.
    `curate validate --fix` does both, and mends.

    Exit code: 0 every record is laid out, 1 one cannot be, or with --check or --diff would change.
    """
    # A call for help must not wait for what only the work needs.
    from curate.cli.common import diff_of, write  # noqa: PLC0415
    from curate.disk.write_file import replace_file  # noqa: PLC0415
    from curate.printable import printable  # noqa: PLC0415

    root, found = _records(paths)
    results = [_laid_out(item, sort=sort) for item in found]
    changed = [result for result in results if result.new not in (None, result.old)]
    unread = [result.path for result in results if result.new is None]
    if diff:
        write(line for one in changed for line in diff_of(one.path, one.old, one.new or b""))
    for result in changed:
        if not (check or diff):
            replace_file(root / result.path, result.old, result.new or b"")
        if not diff:
            write([f"{'would change' if check else 'laid out'} {printable(result.path)}\n"])
    if unread:
        _report(root, unread)
    write([_summary(len(results), len(changed), len(unread), done=not (check or diff))], sys.stderr)
    return 1 if unread or (changed and (check or diff)) else 0


class _Result(NamedTuple):
    """One record's text before and after; None after where it cannot be laid out."""

    path: str
    old: bytes
    new: bytes | None


def _records(paths: tuple[Path, ...]) -> "tuple[Path, list[Source | Obstacle]]":
    """Return the corpus, and those of its records that the paths name."""
    from curate.cli.common import inside, is_within, root_of  # noqa: PLC0415 - see above
    from curate.refusal import Refusal  # noqa: PLC0415
    from curate.source import find  # noqa: PLC0415

    root = root_of(paths)
    found = list(find(root))
    wanted = [inside(root, path, [item.path for item in found]) for path in paths]
    chosen = [
        item for item in found if not wanted or any(is_within(item.path, one) for one in wanted)
    ]
    if not chosen:
        raise Refusal(f"There is no record in {root} to lay out; start one with `curate new`.")
    return root, chosen


def _laid_out(item: "Source | Obstacle", *, sort: bool) -> _Result:
    from curate.canonical import canonical, hindrances  # noqa: PLC0415 - see above
    from curate.corpus import kind_of  # noqa: PLC0415
    from curate.document import Document  # noqa: PLC0415
    from curate.field_order import in_order  # noqa: PLC0415
    from curate.source import Obstacle  # noqa: PLC0415

    if isinstance(item, Obstacle):
        return _Result(item.path, b"", None)
    document = Document(item.path, item.data)
    if hindrances(document):
        return _Result(item.path, item.data, None)
    kind = kind_of(item.path)
    new = in_order(kind, document) if sort and kind is not None else canonical(document)
    return _Result(item.path, item.data, new.encode())


def _report(root: Path, paths: list[str]) -> None:
    """Say what is wrong with records that cannot be read."""
    from curate import config, source  # noqa: PLC0415 - see above
    from curate.cli.common import write  # noqa: PLC0415
    from curate.pipeline import check, load  # noqa: PLC0415
    from curate.report import Report, load_render  # noqa: PLC0415

    corpus = load((source.read(root, path) for path in paths), config.load(root))
    reading = [finding for finding in check(corpus).findings if finding.code.startswith("Y")]
    *paragraphs, _ = load_render("text")(Report(reading, paths), corpus)
    write(paragraphs)


def _summary(records: int, changed: int, unread: int, *, done: bool) -> str:
    said = [counted(records, "record")]
    said.append(f"{changed} {'laid out' if done else 'would change'}")
    if unread:
        said.append(f"{unread} cannot be read and {'was' if unread == 1 else 'were'} left alone")
    return f"{', '.join(said)}\n"
