"""Where a name was given, and every place that speaks of it."""

from collections.abc import Iterable, Iterator

from lsprotocol import types

from curate.lsp.home import Home
from curate.lsp.homes import Homes
from curate.lsp.place import stretch_of, thing_at
from curate.mentions import Mention, Thing, declared, mentions


def definition(
    homes: Homes, home: Home, path: str, position: types.Position
) -> list[types.Location]:
    """Return where what is named at a position got its name."""
    thing = thing_named(home, path, position)
    found = None if thing is None else declared(home.corpus, thing)
    return [] if found is None else [*_locations(homes, home, [found])]


def references(
    homes: Homes, home: Home, path: str, position: types.Position, *, with_declaration: bool
) -> list[types.Location]:
    """Return every place that speaks of what is named at a position, by file and line."""
    thing = thing_named(home, path, position)
    if thing is None:
        return []
    found = [*mentions(home.corpus, thing, home.containing(thing.id))]
    first = declared(home.corpus, thing) if with_declaration else None
    found.extend([] if first is None else [first])
    return sorted(_locations(homes, home, found), key=_reading_order)


def thing_named(home: Home, path: str, position: types.Position) -> Thing | None:
    """Return what is named at a position of a file."""
    entry, buffer = home.entry(path), home.buffer(path)
    if entry is None or buffer is None:
        return None
    found = thing_at(entry, buffer, buffer.offset(position))
    return None if found is None else found[0]


def _locations(homes: Homes, home: Home, found: Iterable[Mention]) -> Iterator[types.Location]:
    for mention in found:
        path = mention.entry.path
        buffer = home.buffer(path)
        if buffer is not None:
            where = buffer.range(*stretch_of(mention, buffer))
            yield types.Location(homes.uri(home, path), where)


def _reading_order(location: types.Location) -> tuple[str, int, int]:
    return location.uri, location.range.start.line, location.range.start.character
