"""Find what stands under the cursor."""

from typing import NamedTuple

from curate.corpus import Entry
from curate.finding import Span, Where
from curate.lsp.buffer import Buffer
from curate.mentions import Mention, Thing, named_at


class Spot(NamedTuple):
    """A value under the cursor: its place, where it is written, and what it names."""

    where: Where
    start: int
    end: int
    offset: int
    """How many characters of the value stand before the cursor."""


def spot_at(entry: Entry, buffer: Buffer, offset: int) -> Spot | None:
    """Return the value that an offset lies in or right behind, without its quotes."""
    best: Spot | None = None
    line = buffer.row(offset)
    for where, place in entry.document.places.items():
        if not place.value.line <= line <= place.value.end_line:
            continue
        if isinstance(entry.document.get(where), dict | list):
            continue
        start, end = unquoted(buffer, place.value)
        if start <= offset <= end and (best is None or start >= best.start):
            best = Spot(where, start, end, offset - start)
    return best


def unquoted(buffer: Buffer, span: Span) -> tuple[int, int]:
    """Return the offsets of a value, its quotes left out."""
    start, end = buffer.stretch(span)
    text = buffer.text[start:end]
    is_quoted = len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]
    return (start + 1, end - 1) if is_quoted else (start, end)


def thing_at(entry: Entry, buffer: Buffer, offset: int) -> tuple[Thing, Spot] | None:
    """Return what is named under the cursor, with the stretch of its name."""
    spot = spot_at(entry, buffer, offset)
    if spot is None:
        return None
    thing = named_at(entry, spot.where, spot.offset)
    if thing is None:
        return None
    text = buffer.text[spot.start : spot.end]
    # Of `study#outcome` or `groups.all.parts.cramp`, the word that is meant.
    word = str(thing.id)
    at = text.rfind(word, 0, max(spot.offset, 0) + len(word))
    if at < 0:
        return thing, spot
    return thing, Spot(spot.where, spot.start + at, spot.start + at + len(word), spot.offset)


def stretch_of(mention: Mention, buffer: Buffer) -> tuple[int, int]:
    """Return the offsets of a name where it is mentioned; of all its value if written oddly."""
    place = mention.entry.document.places.get(mention.where)
    if place is None:
        return buffer.stretch(mention.entry.document.span(mention.where))
    start, end = unquoted(buffer, place.value)
    if buffer.text[start:end] != str(mention.value):
        return start, end
    return start + mention.start, start + mention.end
