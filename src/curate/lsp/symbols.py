"""The outline of a record: its groups, results and claims, each by its id."""

from collections.abc import Iterator
from itertools import islice

from lsprotocol import types

from curate.corpus import Entry
from curate.finding import Where
from curate.kinds import KINDS
from curate.lsp.buffer import Buffer
from curate.lsp.home import Home
from curate.lsp.homes import Homes
from curate.lsp.words import short
from curate.mentions import parts
from curate.source import SUFFIX

_KINDS = {
    "groups": types.SymbolKind.Class,
    "outcomes": types.SymbolKind.Number,
    "adverse_events": types.SymbolKind.Event,
    "claims": types.SymbolKind.String,
}


def symbols(home: Home, path: str) -> list[types.DocumentSymbol]:
    """Return the record, and below it what has an id of its own."""
    entry, buffer = home.entry(path), home.buffer(path)
    if entry is None or buffer is None or entry.document.value is None or entry.kind is None:
        return []
    found: dict[Where, types.DocumentSymbol] = {}
    top: list[types.DocumentSymbol] = []
    for where, thing in parts(entry):
        symbol = _symbol(entry, buffer, where, thing.id)
        found[where] = symbol
        # A part of a group stands below its group.
        above = found.get(where[:2]) if len(where) > 2 else None  # noqa: PLR2004 - list and index
        siblings = top if above is None else above.children
        if isinstance(siblings, list):
            siblings.append(symbol)
    whole = buffer.range(0, len(buffer.text))
    title = short(entry.document.get(("title",)))
    record = types.DocumentSymbol(
        entry.id, types.SymbolKind.File, whole, _first(entry, buffer), title, children=top
    )
    return [record]


def search(homes: Homes, query: str) -> list[types.WorkspaceSymbol]:
    """Return the records whose id holds what is asked for, or whose title all words of it."""
    return [*islice(_search(homes, query.casefold()), _MOST)]


def _search(homes: Homes, query: str) -> Iterator[types.WorkspaceSymbol]:
    for home in homes:
        for kind in KINDS:
            for path, label in sorted(home.labels(kind).items()):
                id_ = path.rpartition("/")[2].removesuffix(SUFFIX)
                title = label.casefold()
                if query in id_ or all(word in title for word in query.split()):
                    where = types.Range(types.Position(0, 0), types.Position(0, 0))
                    location = types.Location(homes.uri(home, path), where)
                    file = types.SymbolKind.File
                    yield types.WorkspaceSymbol(location, id_, file, container_name=short(label))


_MOST = 200


def flat(uri: str, found: list[types.DocumentSymbol]) -> list[types.SymbolInformation]:
    """Return the same for a client that knows no symbols within symbols."""
    listed: list[types.SymbolInformation] = []
    for symbol in found:
        listed.append(
            types.SymbolInformation(types.Location(uri, symbol.range), symbol.name, symbol.kind)
        )
        listed.extend(flat(uri, [*(symbol.children or [])]))
    return listed


def _symbol(entry: Entry, buffer: Buffer, where: Where, id_: str) -> types.DocumentSymbol:
    places = entry.document.places
    name = buffer.range_of(places[(*where, "id")].value)
    start, end = buffer.stretch(places[where].value)
    whole = buffer.range(start, start + len(buffer.text[start:end].rstrip()))
    part = entry.document.get(where)
    said = short(part.get("title") or part.get("label") or part.get("text"))
    return types.DocumentSymbol(id_, _KINDS[str(where[0])], whole, name, said, children=[])


def _first(entry: Entry, buffer: Buffer) -> types.Range:
    place = entry.document.places.get(("id",))
    return buffer.range(0, 0) if place is None else buffer.range_of(place.value)
