"""`curate refs status`: show what is known of each paper."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from curate.counted import counted

if TYPE_CHECKING:
    from curate.cli.refs.corpus_at import Workplace


@click.command("status", short_help="Show what is known of each paper.")
def command() -> int:
    """Show every paper that is cited or has a reference, how it is known, and what became of it.

    Exit code: 0.
    """
    # A call for help must not wait for what only the work needs.
    from curate.cli.common import write  # noqa: PLC0415
    from curate.cli.refs.corpus_at import Workplace  # noqa: PLC0415
    from curate.printable import printable  # noqa: PLC0415

    place = Workplace()
    rows = [("PMID", "known by", "as of", "paper is", "cited", "title"), *_rows(place)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        write([f"{'  '.join([*cells, printable(row[5])]).rstrip()}\n"])
    write([_summary(place)])
    return 0


def _rows(place: "Workplace") -> Iterator[tuple[str, ...]]:
    cited = set(place.cited())
    for pmid in sorted(cited | set(place.corpus.references_by_pmid)):
        reference = place.corpus.reference_of(pmid)
        uses = "yes" if pmid in cited else "no"
        if reference is None:
            yield (str(pmid), "nothing", "", "", uses, "")
            continue
        yield (
            str(pmid),
            reference.origin,
            reference.retrieved or "",
            "a notice" if reference.notice_of else reference.publication_status or "not known",
            uses,
            reference.title,
        )


def _summary(place: "Workplace") -> str:
    references = place.corpus.references_by_pmid.values()
    by_hand = sum(one.origin == "by-hand" for one in references)
    unknown = sum(not place.known(pmid) for pmid in place.cited())
    return (
        f"{counted(len(references), 'reference')}: {len(references) - by_hand} verified, "
        f"{by_hand} entered by hand; {counted(unknown, 'cited paper')} without a reference\n"
    )
