"""What is shown of the word under the cursor."""

from lsprotocol import types

from curate.lsp.card import card
from curate.lsp.home import Home
from curate.lsp.page import page, rule_named
from curate.lsp.place import spot_at, thing_at
from curate.lsp.words import bare


def hover(
    home: Home, path: str, position: types.Position, *, markdown: bool = True
) -> types.Hover | None:
    """Describe the paper, record, outcome, group, claim or rule that is named at a position."""
    entry, buffer = home.entry(path), home.buffer(path)
    if entry is None or buffer is None:
        return None
    offset = buffer.offset(position)
    spot = spot_at(entry, buffer, offset)
    if spot is not None and spot.where[:1] == ("waivers",) and spot.where[-1] == "rule":
        rule = rule_named(entry.document.get(spot.where))
        return (
            None
            if rule is None
            else _shown(page(rule), buffer.range(spot.start, spot.end), markdown=markdown)
        )
    found = thing_at(entry, buffer, offset)
    said = None if found is None else card(home.corpus, found[0])
    if found is None or said is None:
        return None
    return _shown(said, buffer.range(found[1].start, found[1].end), markdown=markdown)


def _shown(text: str, where: types.Range, *, markdown: bool) -> types.Hover:
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    return types.Hover(types.MarkupContent(kind, text if markdown else bare(text)), where)
