"""`curate show`: read one record."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from curate.corpus import Corpus, Entry


@click.command("show", short_help="Read one record as a page.")
@click.argument("id_", metavar="ID")
def command(id_: str) -> int:
    """Show a record as a page: its facts, tables of its figures, claims with what carries them.

    ID is a record's id, `study/horisawa-2019` where several kinds have the same, or the PMID of a
    paper. At the end stand the records that speak of it, and what a check finds in it.

    Exit code: 0 shown, 2 there is no such record.
    """
    # A call for help must not wait for what only the work needs.
    from shutil import get_terminal_size  # noqa: PLC0415

    from curate import config, source  # noqa: PLC0415
    from curate.cli.common import write  # noqa: PLC0415
    from curate.page import page  # noqa: PLC0415
    from curate.pipeline import check, load  # noqa: PLC0415

    root = config.find_root(Path.cwd())
    corpus = load(source.find(root), config.load(root))
    entry = _entry(corpus, id_)
    width = min(max(get_terminal_size((100, 24)).columns, 40), 120)
    write(f"{line}\n" for line in page(entry, corpus, check(corpus), width))
    return 0


def _entry(corpus: "Corpus", id_: str) -> "Entry":
    from curate.cli.common import kind_named  # noqa: PLC0415 - see above
    from curate.kinds import KINDS  # noqa: PLC0415
    from curate.refusal import Refusal  # noqa: PLC0415
    from curate.suggest import did_you_mean  # noqa: PLC0415

    kind, _, name = id_.rpartition("/")
    kind = kind_named(kind.removeprefix("records/")) if kind else ""
    name = name.removesuffix(".yaml")
    if re.fullmatch(r"[1-9][0-9]*", name):
        name = f"pmid-{name}"
    found = [corpus.entry(one, name) for one in ([kind] if kind else KINDS)]
    entries = [entry for entry in found if entry is not None]
    if not entries:
        known = [known for one in ([kind] if kind else KINDS) for known in corpus.ids(one)]
        guess = did_you_mean(name, known) or "`curate list` lists them all."
        raise Refusal(f"There is no {kind or 'record'} `{name}`. {guess}")
    if len(entries) > 1:
        named = " or ".join(f"`{entry.kind}/{name}`" for entry in entries)
        raise Refusal(f"Several kinds have a record `{name}`: write {named}.")
    return entries[0]
