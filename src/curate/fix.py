"""Mend what can be mended: edits on a file's text, each proven before it is kept.

Only the stretch that is wrong is written anew; all else stays byte for byte. The text is read again
after every edit, and must say what it said before but for the edit, with all its comments, and have
no fault that it had not. An edit that fails this is left to the person. What is only likely meant
is written on request (`apply`), under the same proof.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import pairwise
from typing import Any, NamedTuple

from curate.canonical.facts import facts, values
from curate.corpus import kind_of
from curate.document import Document, Fault, Place, number_text
from curate.edits import Replacement, replaced
from curate.fault import Listed, Rename, Respell, Write
from curate.finding import Span, Where
from curate.interpret import interpret
from curate.quoting import quoted, scalar
from curate.reading.plain import cut_by_comment

MOST_BYTES = 1 << 20
"""How much is read to mend one file: hundreds of times a usual one. The next call goes on."""


class Fixed(NamedTuple):
    """A file's bytes once mended, and the names of the rules that it broke, one a fix."""

    data: bytes
    names: tuple[str, ...]


def fix(path: str, data: bytes, also: Iterable[Fault] = ()) -> Fixed:
    """Mend what can be mended safely; a file that cannot be read is given back as it is.

    `also` is what rules found in this very text, which reading it again does not tell.
    """
    reader = _Reader(path)
    now = reader.read(data)
    names: list[str] = []
    read = set() if now is None else {_key(fault) for fault in now.faults}
    rest = [fault for fault in also if fault.edit is not None and _key(fault) not in read]
    while now is not None and now.document.value is not None:
        after, mended = _pass(now, [*rest, *now.fixable], reader)
        rest = []
        if not mended:
            break
        now = after
        names.extend(mended)
    return Fixed(data if now is None else now.data, tuple(names))


def apply(path: str, data: bytes, faults: Iterable[Fault]) -> bytes | None:
    """Mend these faults by their edit or their guess, all of them, or return None."""
    reader = _Reader(path)
    now = reader.read(data)
    chosen = [fault._replace(edit=fault.edit or fault.guess) for fault in faults]
    if now is None or now.document.value is None:
        return None
    after = _applied(now, chosen, reader)
    return None if after is None else after.data


def text_edits(document: Document, fault: Fault) -> tuple[Replacement, ...]:
    """Return what to write where to mend one fault; nothing where it would do anything else."""
    how = fault.edit or fault.guess
    data = document.text.encode()
    after = apply(document.path, data, [fault])
    if after is None or how is None:
        return ()
    if isinstance(how, Respell):
        lines = document.text.split("\n")
        return (Replacement(Span(1, 1, len(lines), len(lines[-1]) + 1), after.decode()),)
    return tuple(_edits(document, fault._replace(edit=how)))


class _Reading(NamedTuple):
    """One state of a file."""

    data: bytes
    document: Document
    faults: tuple[Fault, ...]

    @property
    def fixable(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.edit is not None]


class _Reader:
    """Read the states of one file, up to a bound: no file may keep its reader busy for long."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._left = MOST_BYTES

    def read(self, data: bytes) -> _Reading | None:
        """Read one state, or return None where there were too many."""
        self._left -= len(data)
        if self._left < 0:
            return None
        document = Document(self._path, data)
        kind = kind_of(self._path)
        faults = document.faults if kind is None else interpret(kind, document)[1]
        return _Reading(data, document, faults)


def _pass(now: _Reading, fixable: list[Fault], reader: _Reader) -> tuple[_Reading, list[str]]:
    """Mend all that is fixable now; more may come to light where a field has got its name."""
    names: list[str] = []
    for group in _groups(fixable):
        together = _applied(now, group, reader)
        if together is not None:
            now = together
            names.extend(fault.name for fault in group)
            continue
        for fault in group if len(group) > 1 else ():
            alone = _applied(now, [fault], reader)
            if alone is not None:
                now = alone
                names.append(fault.name)
    return now, names


def _groups(faults: Iterable[Fault]) -> Iterator[list[Fault]]:
    """Yield what can be mended in one go: what concerns the whole text goes by itself."""
    found = list(faults)
    for how in Respell:
        if alike := [fault for fault in found if fault.edit is how]:
            yield alike
    if others := [fault for fault in found if not isinstance(fault.edit, Respell)]:
        yield others


def _applied(now: _Reading, faults: list[Fault], reader: _Reader) -> _Reading | None:
    """Return the file with some faults mended, or None where that would do anything else."""
    if isinstance(faults[0].edit, Respell):
        text = _respelt(now.document.text, faults[0].edit)
    else:
        edits = sorted(edit for fault in faults for edit in _edits(now.document, fault))
        apart = all(one.span[2:] <= other.span[:2] for one, other in pairwise(edits))
        if len(edits) != len(faults) or not apart:
            return None
        text = replaced(now.document.text, edits)
    mark = now.data[: -len(now.document.text.encode()) or None]
    after = reader.read(mark + text.encode())
    return after if after is not None and _is_sound(now, after, faults) else None


def _is_sound(before: _Reading, after: _Reading, faults: list[Fault]) -> bool:
    """Tell whether the edits mended what they were for, and nothing else has changed."""
    if after.document.value is None:
        return False
    expected = [fact for fact in facts(before.document) if fact[0] == "comment"]
    expected.extend(values(_expected(before.document.value, faults)))
    if [*facts(after.document)] != expected:
        return False
    old, new = Counter(map(_key, before.faults)), Counter(map(_key, after.faults))
    # What a rule found is not among the faults of reading: it is for the rule to say.
    mended = all(new[_key(fault)] < old[_key(fault)] for fault in faults if old[_key(fault)])
    # What lies in a field that was misspelt comes to light now: it is left if it can be mended too.
    bound_to_stay = Counter(_key(fault) for fault in after.faults if fault.edit is None)
    return mended and not bound_to_stay - old


def _key(fault: Fault) -> tuple[str, Where | None]:
    """Identify a fault by what an edit beside it does not move."""
    return fault.name, None if isinstance(fault.where, Span) else fault.where


def _expected(value: Any, faults: list[Fault]) -> Any:
    """Return what a record is to say once faults are mended."""
    changed = deepcopy(value)
    # What lies deep is changed first, while the names on the way to it are the old ones.
    for fault in sorted(faults, key=lambda fault: -len(fault.where)):
        if isinstance(fault.edit, Respell):
            continue
        *steps, last = fault.where
        around = changed
        for step in steps:
            around = around[step]
        if isinstance(fault.edit, Write):
            around[last] = fault.edit.value
        elif isinstance(fault.edit, Listed):
            around[last] = list(fault.edit.values)
        elif isinstance(fault.edit, Rename):
            fields = [(fault.edit.name if key == last else key, around[key]) for key in around]
            around.clear()
            around.update(fields)
    return changed


def _edits(document: Document, fault: Fault) -> Iterator[Replacement]:
    """Yield what to write and where, unless the place is not there or holds several values."""
    if isinstance(fault.where, Span):
        return
    place = document.places.get(fault.where)
    if place is None:
        return
    is_one_value = not isinstance(document.get(fault.where), dict | list)
    if isinstance(fault.edit, Rename) and place.key is not None:
        yield Replacement(place.key, fault.edit.name)
    elif isinstance(fault.edit, Write) and is_one_value:
        yield Replacement(place.value, _written(fault.edit.value, document, place.value))
    elif isinstance(fault.edit, Listed) and is_one_value and place.key is not None:
        yield from _below_its_key(document, place, fault.edit)


def _below_its_key(document: Document, place: Place, edit: Listed) -> Iterator[Replacement]:
    """Yield the entries of a list on lines of their own, in place of what stands behind a key."""
    key, value = place.key, place.value
    if key is None or key.end_line != value.line:
        return
    row = document.line(key.line)
    behind = len(row[: value.column - 1].rstrip(" \t")) + 1
    indent = " " * (key.column + 1)
    entries = "".join(f"\n{indent}- {_written(one, document, value)}" for one in edit.values)
    yield Replacement(Span(key.line, behind, value.end_line, value.end_column), entries)


def _respelt(text: str, how: Respell) -> str:
    if how is Respell.NFC:
        return unicodedata.normalize("NFC", text)
    unix = text.replace("\r\n", "\n")
    return unix if unix.endswith("\n") else f"{unix}\n"


def _written(value: Any, document: Document, span: Span) -> str:
    """Return how a value is written in place of a stretch; quoted, no comment behind cuts it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return number_text(value)
    behind = document.line(span.end_line)[span.end_column - 1 :]
    is_bare = scalar(value) == value
    return quoted(value) if is_bare and cut_by_comment(value, behind, span) else scalar(value)
