"""Show which other records speak of one."""

from collections.abc import Iterator

from curate.corpus import Corpus, Entry
from curate.mentions import PAPER, Thing, mentions
from curate.page.lines import bullet, heading
from curate.printable import printable


def mentioned(entry: Entry, corpus: Corpus, width: int) -> Iterator[str]:
    """Yield the records that speak of one, with the lines where they do."""
    if entry.kind is None:
        return
    things = [Thing("record", entry.kind, entry.id, entry.id)]
    if entry.kind == PAPER:
        things.append(Thing("paper", PAPER, entry.id, entry.id.removeprefix("pmid-")))
    lines: dict[str, set[int]] = {}
    for thing in things:
        for mention in mentions(corpus, thing):
            if mention.entry is not entry:
                line = mention.entry.document.span(mention.where).line
                lines.setdefault(mention.entry.path, set()).add(line)
    if lines:
        yield from heading("spoken of in")
    for path, numbers in sorted(lines.items()):
        word = "line" if len(numbers) == 1 else "lines"
        listed = ", ".join(map(str, sorted(numbers)))
        yield from bullet(f"{printable(path)}, {word} {listed}", width)
