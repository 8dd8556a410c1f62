"""Give a record, or a part of one, another id, and change every place that speaks of it.

Pure: it says what to write where, and writes nothing. The text of each file that changes is read
again, and must say what it said before but for the name; all else in it stays byte for byte.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from curate.canonical.facts import facts, values
from curate.corpus import Corpus, Entry
from curate.document import Document
from curate.edits import Replacement, replaced
from curate.finding import Where
from curate.mentions import PAPER, Mention, Thing, declared, mentions, parts, spelled
from curate.quoting import scalar
from curate.refusal import Refusal
from curate.suggest import did_you_mean
from curate.values import BASELINE, ID_LENGTH, ID_PATTERN

_MOST_NAMED = 3


class Move(NamedTuple):
    """A file that gets another path."""

    old: str
    new: str


class Renaming(NamedTuple):
    """All that a new id changes: the edits of each file, by its path of now, and then its move."""

    edits: Mapping[str, tuple[Replacement, ...]]
    move: Move | None
    places: int
    """How many places change, the one that gives the id among them."""


def rename_record(corpus: Corpus, kind: str, old: str, new: str) -> Renaming:
    """Rename a record and its file; refuse where something would be lost or left behind."""
    entry = corpus.entry(kind, old)
    if entry is None:
        raise Refusal(f"There is no {kind} `{old}`. {corpus.guess(kind, old)}".rstrip())
    return rename(corpus, Thing("record", kind, entry.id, old), new)


def rename_part(corpus: Corpus, kind: str, record: str, old: str, new: str) -> Renaming:
    """Rename an outcome, adverse event, group, part of a group or claim of a record."""
    entry = corpus.entry(kind, record)
    if entry is None:
        raise Refusal(f"There is no {kind} `{record}`. {corpus.guess(kind, record)}".rstrip())
    found = [thing for _, thing in parts(entry) if thing.id == old]
    if not found:
        guess = did_you_mean(old, [thing.id for _, thing in parts(entry)])
        raise Refusal(f"Nothing in {entry.path} has the id `{old}`. {guess}".rstrip())
    if len(set(found)) > 1:
        kinds = " and ".join(sorted(f"a {thing.what}" for thing in set(found)))
        raise Refusal(f"{entry.path} has {kinds} of the id `{old}`; rename it in the file.")
    return rename(corpus, found[0], new)


def rename(
    corpus: Corpus, thing: Thing, new: str, among: Sequence[Entry] | None = None
) -> Renaming:
    """Rename what has an id; `Refusal` says in a sentence why it cannot be done.

    `among` are the files in whose text its id is found, where that is known.
    """
    _refuse_name(thing, new)
    entry = corpus.entry(thing.kind, thing.record)
    if entry is None:
        raise Refusal(f"There is no {thing.kind} `{thing.record}`.")
    _refuse_unreadable(corpus.entries if among is None else among, entry, thing)
    _refuse_taken(corpus, entry, thing, new)
    found = [*_declared(corpus, entry, thing), *mentions(corpus, thing, among)]
    by_path: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        by_path[mention.entry.path].append(mention)
    edits = {path: _edits(group[0].entry, group, new) for path, group in by_path.items()}
    move = None
    if thing.what == "record":
        move = Move(entry.path, f"{entry.path.rpartition('/')[0]}/{new}.yaml")
    return Renaming(edits, move, len(found))


def refusal(thing: Thing) -> str | None:
    """Return why such a thing cannot be renamed at all, or None where it can."""
    if thing.what == "paper" or (thing.what, thing.kind) == ("record", PAPER):
        return (
            "A reference is called after its PMID. For another paper, start another reference "
            "(`curate refs fetch`), and cite that."
        )
    return None


def _refuse_name(thing: Thing, new: str) -> None:
    reason = refusal(thing)
    if reason is not None:
        raise Refusal(reason)
    if not re.fullmatch(ID_PATTERN.strip("^$"), new) or len(new) > ID_LENGTH:
        raise Refusal(
            f"`{new}` is no id: an id is lower-case words of a-z and 0-9 joined by hyphens, "
            f"starting with a letter, at most {ID_LENGTH} characters."
        )
    if new == thing.id:
        raise Refusal(f"It is called `{new}` already.")
    if thing.what == "group" and new == BASELINE:
        raise Refusal("`baseline` is the time before treatment; name the group after who is in it.")


def _refuse_taken(corpus: Corpus, entry: Entry, thing: Thing, new: str) -> None:
    if thing.what == "record":
        taken = corpus.entry(thing.kind, new)
        if taken is not None and taken is not entry:
            raise Refusal(f"There is a {thing.kind} `{new}` already: {taken.path}.")
        return
    same = [part for _, part in parts(entry) if part == thing]
    if len(same) > 1:
        raise Refusal(
            f"{entry.path} gives the id `{thing.id}` {len(same)} times; which of them others mean "
            "is not known. Change it in the file."
        )
    if thing._replace(id=new) in [part for _, part in parts(entry)]:
        raise Refusal(f"{entry.path} gives the id `{new}` to something else already.")


def _refuse_unreadable(among: Iterable[Entry], entry: Entry, thing: Thing) -> None:
    """Refuse while a file that names the thing cannot be read: it would be left behind."""
    if entry.document.value is None:
        raise Refusal(f"{entry.path} cannot be read; mend it first.")
    word = spelled(thing.id)
    broken = [
        other.path
        for other in among
        if other.document.value is None and word.search(other.document.text)
    ]
    if broken:
        more = f" and {len(broken) - _MOST_NAMED} more" if len(broken) > _MOST_NAMED else ""
        raise Refusal(
            f"{', '.join(broken[:_MOST_NAMED])}{more} cannot be read and may speak of "
            f"`{thing.id}`; mend that first."
        )


def _declared(corpus: Corpus, entry: Entry, thing: Thing) -> Iterator[Mention]:
    """Yield where the id is given; a record without one is called by its file's name alone."""
    found = declared(corpus, thing)
    if found is not None and isinstance(entry.document.get(found.where), str):
        yield found


def _edits(entry: Entry, found: list[Mention], new: str) -> tuple[Replacement, ...]:
    """Return the edits of one file, once proven to change the name and nothing else."""
    document = entry.document
    said: dict[Where, str] = {}
    # Within one value the last name comes first, so that the others stay where they were found.
    for mention in sorted(found, key=lambda mention: -mention.start):
        value = said.get(mention.where, str(mention.value))
        said[mention.where] = value[: mention.start] + new + value[mention.end :]
    edits = tuple(_edit(document, where, value) for where, value in sorted(said.items(), key=str))
    after = Document(entry.path, replaced(document.text, edits).encode("utf-8", "surrogatepass"))
    expected: Any = deepcopy(document.value)
    for where, value in said.items():
        around = expected
        for step in where[:-1]:
            around = around[step]
        around[where[-1]] = value
    comments = [fact for fact in facts(document) if fact[0] == "comment"]
    if [*facts(after)] != [*comments, *values(expected)]:
        raise Refusal(f"{entry.path} cannot be changed without changing more; rename it by hand.")
    return edits


def _edit(document: Document, where: Where, value: str) -> Replacement:
    span = document.places[where].value
    quote = document.line(span.line)[span.column - 1 : span.column]
    # An id needs no escape in either kind of quotes.
    return Replacement(span, f"{quote}{value}{quote}" if quote in {'"', "'"} else scalar(value))
