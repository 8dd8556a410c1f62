"""`curate todo`: see what waits for somebody."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate.counted import counted

if TYPE_CHECKING:
    from curate.todo import Item

_MOST = 10
_WORDS: dict[str, tuple[str, ...]] = {
    "drafts": ("draft",),
    "reviews": ("review",),
    "waivers": ("waiver",),
    "references": ("stale", "unverified"),
}


@click.command("todo", short_help="See what waits for somebody.")
@click.argument("what", required=False, type=click.Choice(list(_WORDS)))
@click.option("--all", "all_", is_flag=True, help=f"List all, not {_MOST} of each.")
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def command(what: str | None, output_format: str, *, all_: bool) -> int:
    """Show what waits for somebody: drafts, reviews that fall due, waivers, references.

    Each with its date and the line that it stands on. A waiver is told with its age, a review with
    the days until it is due. SOURCE_DATE_EPOCH stands for today where it is set.

    Exit code: 0, whatever there is to do.
    """
    # A call for help must not wait for what only the work needs.
    from curate import config, source  # noqa: PLC0415
    from curate.cli.common import write  # noqa: PLC0415
    from curate.pipeline import check, load  # noqa: PLC0415
    from curate.todo import todo  # noqa: PLC0415

    root = config.find_root(Path.cwd())
    corpus = load(source.find(root), config.load(root))
    wanted = None if what is None else _WORDS[what]
    items = [item for item in todo(corpus, check(corpus)) if wanted is None or item.what in wanted]
    if output_format == "json":
        write([_json(items)])
        return 0
    write(_lines(items, None if all_ or what is not None else _MOST))
    if not items:
        write(["nothing waits\n"], sys.stderr)
    return 0


def _lines(items: "list[Item]", most: int | None) -> Iterator[str]:
    from shutil import get_terminal_size  # noqa: PLC0415 - see above

    from curate.cli.common import is_terminal  # noqa: PLC0415
    from curate.printable import printable  # noqa: PLC0415
    from curate.todo import KINDS_OF_WORK  # noqa: PLC0415
    from curate.wrapping import clipped  # noqa: PLC0415

    room = get_terminal_size().columns if is_terminal() else None
    parted = False
    for what, title in KINDS_OF_WORK.items():
        mine = [item for item in items if item.what == what]
        if not mine:
            continue
        yield "\n" if parted else ""
        parted = True
        yield f"{click.style(f'{title} ({len(mine)})', bold=True)}\n"
        for item in mine[:most]:
            when = _when(item)
            line = printable(f"  {item.path}:{item.line}  {when}{'  ' * bool(when)}{item.text}")
            yield f"{line if room is None else clipped(line, room)}\n"
        if most is not None and len(mine) > most:
            yield f"  and {len(mine) - most} more: `curate todo {_word(what)}`\n"


def _when(item: "Item") -> str:
    if item.date is None:
        return ""
    if item.days is None:
        return item.date
    if item.days == 0:
        return f"{item.date}, today"
    if item.what == "review":
        late = (
            f"{counted(item.days, 'day')} late"
            if item.days > 0
            else f"in {counted(-item.days, 'day')}"
        )
        return f"due {item.date}, {late}"
    return f"{item.date}, {counted(item.days, 'day')} ago"


def _word(what: str) -> str:
    return next(word for word, kinds in _WORDS.items() if what in kinds)


def _json(items: "list[Item]") -> str:
    import json  # noqa: PLC0415 - see above

    listed = [item._asdict() for item in items]
    return json.dumps({"version": 1, "items": listed}, indent=2, ensure_ascii=False) + "\n"
