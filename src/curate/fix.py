"""Mend what needs nobody's decision: edits on a file's text, each proven before it is kept.

Only the stretch that is wrong is written anew; all else stays byte for byte. The text is read again
after every edit, and must say what it said before but for the edit, with all its comments, and have
no fault that it had not. An edit that fails this is left to the person.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import pairwise
from typing import Any, NamedTuple

from curate.canonical.facts import facts, values
from curate.corpus import kind_of
from curate.document import Document, Fault, number_text
from curate.fault import Rename, Respell, Write
from curate.finding import Span, Where
from curate.interpret import interpret
from curate.quoting import scalar

MOST_BYTES = 1 << 20
"""How much is read to mend one file: hundreds of times a usual one. The next call goes on."""


class Fixed(NamedTuple):
    """A file's bytes once mended, and the names of the rules that it broke, one a fix."""

    data: bytes
    names: tuple[str, ...]


def fix(path: str, data: bytes) -> Fixed:
    """Mend what can be mended safely; a file that cannot be read is given back as it is."""
    reader = _Reader(path)
    now = reader.read(data)
    names: list[str] = []
    while now is not None and now.document.value is not None:
        after, mended = _pass(now, reader)
        if not mended:
            break
        now = after
        names.extend(mended)
    return Fixed(data if now is None else now.data, tuple(names))


class _Reading(NamedTuple):
    """One state of a file."""

    data: bytes
    document: Document
    faults: tuple[Fault, ...]

    @property
    def fixable(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.edit is not None]


class _Stretch(NamedTuple):
    """What to write in place of a stretch of the text, by offsets."""

    start: int
    end: int
    text: str


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


def _pass(now: _Reading, reader: _Reader) -> tuple[_Reading, list[str]]:
    """Mend all that is fixable now; more may come to light where a field has got its name."""
    names: list[str] = []
    for group in _groups(now.fixable):
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
        stretches = sorted(stretch for fault in faults for stretch in _stretch(now, fault))
        apart = all(one.end <= other.start for one, other in pairwise(stretches))
        if len(stretches) != len(faults) or not apart:
            return None
        text = _replaced(now.document.text, stretches)
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
    mended = all(new[_key(fault)] < old[_key(fault)] for fault in faults)
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
        elif isinstance(fault.edit, Rename):
            fields = [(fault.edit.name if key == last else key, around[key]) for key in around]
            around.clear()
            around.update(fields)
    return changed


def _stretch(now: _Reading, fault: Fault) -> Iterator[_Stretch]:
    """Yield what to write and where, unless the place is not there or holds several values."""
    if isinstance(fault.where, Span):
        return
    place = now.document.places.get(fault.where)
    if place is None:
        return
    if isinstance(fault.edit, Rename) and place.key is not None:
        yield _between(now.document, place.key, fault.edit.name)
    is_one_value = not isinstance(now.document.get(fault.where), dict | list)
    if isinstance(fault.edit, Write) and is_one_value:
        yield _between(now.document, place.value, _written(fault.edit.value))


def _between(document: Document, span: Span, text: str) -> _Stretch:
    return _Stretch(
        _offset(document.text, span.line, span.column),
        _offset(document.text, span.end_line, span.end_column),
        text,
    )


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


def _replaced(text: str, stretches: list[_Stretch]) -> str:
    for start, end, new in reversed(stretches):
        text = text[:start] + new + text[end:]
    return text


def _respelt(text: str, how: Respell) -> str:
    if how is Respell.NFC:
        return unicodedata.normalize("NFC", text)
    unix = text.replace("\r\n", "\n")
    return unix if unix.endswith("\n") else f"{unix}\n"


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return scalar(value) if isinstance(value, str) else number_text(value)
