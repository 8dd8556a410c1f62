"""`curate list`: list the records."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from curate.counted import counted

if TYPE_CHECKING:
    from curate.corpus import Entry

_STATUSES = ("draft", "in_review", "approved", "retired")


@click.command("list", short_help="List the records.")
@click.argument("kind", required=False)
@click.option(
    "--status", "statuses", multiple=True, type=click.Choice(_STATUSES), help="Of this status only."
)
@click.option("--find", "words", multiple=True, help="With this word in id, title or synonyms.")
@click.option("--pmid", type=int, help="That cite this paper, or are about it.")
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def command(
    kind: str | None,
    statuses: tuple[str, ...],
    words: tuple[str, ...],
    pmid: int | None,
    output_format: str,
) -> int:
    """List the records, or those of one KIND, with id, status and title.

    Exit code: 0, also where none is found.
    """
    # A call for help must not wait for what only the work needs.
    from curate import config, source  # noqa: PLC0415
    from curate.cli.common import kind_named, write  # noqa: PLC0415
    from curate.pipeline import load  # noqa: PLC0415

    kind = None if kind is None else kind_named(kind)
    root = config.find_root(Path.cwd())
    corpus = load(source.find(root), config.load(root))
    wanted = [word.casefold() for word in words]
    rows = [
        _row(entry)
        for entry in corpus.entries
        if (kind is None or entry.kind == kind)
        and (not statuses or entry.status in statuses)
        and all(word in _text(entry) for word in wanted)
        and (pmid is None or pmid in _pmids(entry))
    ]
    write([_json(rows)] if output_format == "json" else _lines(rows, with_kind=kind is None))
    write([f"{counted(len(rows), 'record')}\n"], sys.stderr)
    return 0


class _Row(NamedTuple):
    """What is listed of one record."""

    kind: str
    id: str
    status: str
    title: str
    path: str
    readable: bool


def _row(entry: "Entry") -> _Row:
    title = (entry.document.value or {}).get("title")
    return _Row(
        entry.kind or "",
        entry.id,
        entry.status or "",
        title if isinstance(title, str) else "",
        entry.path,
        entry.record is not None,
    )


def _text(entry: "Entry") -> str:
    """Return what a word is looked for in, in lower case."""
    value = entry.document.value or {}
    listed = value.get("synonyms")
    others = listed if isinstance(listed, list) else []
    said = (entry.id, value.get("title"), value.get("abbreviation"), *others)
    return "\n".join(str(item) for item in said if item).casefold()


def _pmids(entry: "Entry") -> set[int]:
    from curate.cited import cited  # noqa: PLC0415 - see above
    from curate.kinds.reference import Reference  # noqa: PLC0415

    if entry.record is None:
        return set()
    own = {entry.record.pmid} if isinstance(entry.record, Reference) else set()
    return own | {pmid for _, pmid in cited(entry.record)}


def _lines(rows: list[_Row], *, with_kind: bool) -> Iterator[str]:
    from shutil import get_terminal_size  # noqa: PLC0415 - see above

    from curate.cli.common import is_terminal  # noqa: PLC0415
    from curate.printable import columns, printable  # noqa: PLC0415
    from curate.wrapping import clipped  # noqa: PLC0415

    cells = [
        [
            *([row.kind] if with_kind else []),
            printable(row.id),
            row.status if row.readable else f"{row.status} (errors)".strip(),
            printable(row.title),
        ]
        for row in rows
    ]
    widths = [max(map(columns, column)) for column in zip(*cells, strict=True)]
    room = get_terminal_size().columns if is_terminal() else None
    for line in cells:
        *first, title = line
        before = "".join(
            cell + " " * (wide - columns(cell) + 2)
            for cell, wide in zip(first, widths, strict=False)
        )
        shown = title if room is None else clipped(title, max(room - columns(before), 20))
        yield f"{before}{shown}".rstrip() + "\n"


def _json(rows: list[_Row]) -> str:
    import json  # noqa: PLC0415 - see above

    listed = [{**row._asdict(), "status": row.status or None} for row in rows]
    return json.dumps({"version": 1, "records": listed}, indent=2, ensure_ascii=False) + "\n"
