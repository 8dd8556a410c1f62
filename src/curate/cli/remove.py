"""`curate remove`: delete a record that nothing speaks of."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from curate.corpus import Corpus, Entry
    from curate.mentions import Mention


@click.command("remove", short_help="Delete a record that nothing speaks of.")
@click.argument("kind")
@click.argument("id_", metavar="ID")
@click.option(
    "--force", is_flag=True, help="Also delete a text that git does not hold: it is then gone."
)
def command(kind: str, id_: str, *, force: bool) -> int:
    """Delete a record, unless another one speaks of it: those places are then listed.

    Only a text that git holds is deleted, so that it can be had back. A record that was published
    is better retired: `status: retired`, and `replaced_by:` or `retired_because:`.

    Exit code: 0 deleted, 1 another record speaks of it, 2 nothing was deleted.
    """
    # A call for help must not wait for what only the work needs.
    from curate import config, source  # noqa: PLC0415
    from curate.cli.common import write  # noqa: PLC0415
    from curate.disk.move_file import remove_file  # noqa: PLC0415
    from curate.pipeline import load  # noqa: PLC0415
    from curate.printable import printable  # noqa: PLC0415

    root = config.find_root(Path.cwd())
    corpus = load(source.find(root), config.load(root))
    entry = _entry(corpus, kind, id_)
    _refuse_unreadable(corpus, entry)
    places = sorted([*_places(corpus, entry), *_beside(root, entry)])
    if places:
        write(_spoken_of(entry, places))
        return 1
    if not force:
        _refuse_unsaved(root, entry.path)
    remove_file(root / entry.path)
    write([f"deleted {printable(entry.path)}\n"])
    return 0


def _entry(corpus: "Corpus", kind: str, id_: str) -> "Entry":
    from curate.cli.common import kind_named  # noqa: PLC0415 - see above
    from curate.refusal import Refusal  # noqa: PLC0415

    kind = kind_named(kind)
    entry = corpus.entry(kind, id_)
    if entry is None:
        raise Refusal(f"There is no {kind} `{id_}`. {corpus.guess(kind, id_)}".rstrip())
    return entry


def _refuse_unreadable(corpus: "Corpus", entry: "Entry") -> None:
    """Refuse while a file cannot be read that may speak of the record."""
    from curate.mentions import spelled  # noqa: PLC0415 - see above
    from curate.refusal import Refusal  # noqa: PLC0415

    words = [spelled(word) for word in {entry.id, entry.id.removeprefix("pmid-")}]
    for other in corpus.entries:
        unread = other.document.value is None and other is not entry
        if unread and any(word.search(other.document.text) for word in words):
            raise Refusal(
                f"{other.path} cannot be read and may speak of `{entry.id}`; mend that first."
            )


def _places(corpus: "Corpus", entry: "Entry") -> Iterator[tuple[str, int, str]]:
    """Yield where other records speak of one: path, line and the line's text."""
    for mention in _mentions(corpus, entry):
        if mention.entry is not entry:
            document = mention.entry.document
            line = document.span(mention.where).line
            yield mention.entry.path, line, document.line(line).strip()


def _beside(root: Path, entry: "Entry") -> Iterator[tuple[str, int, str]]:
    """Yield where the file that says what the corpus was begun from speaks of a record."""
    from curate.seeds import FILE, lines_about  # noqa: PLC0415 - see above

    name = entry.path.removeprefix("records/").removesuffix(".yaml")
    if (root / FILE).is_file():
        text = (root / FILE).read_text(encoding="utf-8", errors="replace")
        for line in lines_about(text, name):
            yield FILE, line, text.split("\n")[line - 1].strip()


def _mentions(corpus: "Corpus", entry: "Entry") -> "Iterator[Mention]":
    from curate.mentions import Thing, mentions  # noqa: PLC0415 - see above

    kind = str(entry.kind)
    yield from mentions(corpus, Thing("record", kind, entry.id, entry.id))
    pmid = entry.id.removeprefix("pmid-")
    if kind == "reference":
        for mention in mentions(corpus, Thing("paper", kind, entry.id, pmid)):
            # That one notice names another paper's does not lean on what is known of it.
            if mention.entry.kind != kind:
                yield mention


def _spoken_of(entry: "Entry", places: list[tuple[str, int, str]]) -> Iterator[str]:
    from curate.printable import printable  # noqa: PLC0415 - see above

    records = len({path for path, _, _ in places})
    others = "another record speaks" if records == 1 else f"{records} other records speak"
    yield f"nothing was deleted: {others} of {entry.kind} {entry.id}\n"
    for path, line, text in places:
        yield f"  {printable(path)}:{line}: {printable(text)}\n"
    yield "Change or delete these lines first, or retire the record: `status: retired`.\n"


def _refuse_unsaved(root: Path, path: str) -> None:
    """Refuse to delete the only copy of a text."""
    from curate import git  # noqa: PLC0415 - see above
    from curate.refusal import Refusal  # noqa: PLC0415

    try:
        kept = git.file_at(root, "HEAD", path) == (root / path).read_bytes()
    except (Refusal, OSError):
        kept = False
    if not kept:
        raise Refusal(
            f"git does not hold {path} as it stands, so it could not be had back. Commit it "
            "first, or delete it for good with --force."
        )
