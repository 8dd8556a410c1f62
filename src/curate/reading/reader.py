"""Events to values: compose one record from what libyaml reports, and refuse what is outside.

Nothing is built before it is known to be wanted: depth, number of values, anchors and tags are
judged event by event, so that no file can hang or exhaust the program.
"""

import unicodedata
from functools import lru_cache
from typing import Any, NoReturn

import yaml
from yaml._yaml import CParser

from curate.characters import denormal, stacked
from curate.fault import Fault, Faults, Write
from curate.finding import Span, Where
from curate.reading import plain, subset
from curate.reading.place import Place, Value
from curate.reading.syntax import conflict_markers, explain_syntax
from curate.reading.text import Text, damaged, empty_file, not_nfc
from curate.scalar import NUMBER, PLAIN_WORDS, ambiguity

MAX_DEPTH = 40
MAX_NODES = 50_000
MAX_KEY = 200
_OF_SPELLING = frozenset({"line-ending", "not-nfc", "mixed-script"})
"""What a text may have wrong that does not say why there is no record in it."""


class _Frame:
    """A mapping or list while it is being read."""

    __slots__ = ("double", "hidden", "items", "key", "key_event", "keys", "start", "where")

    def __init__(self, items: Any, where: Where, start: Any, *, hidden: bool) -> None:
        self.items = items
        self.where = where
        self.start = start
        self.key: str | None = None
        self.key_event: Any = None
        self.keys: dict[str, Any] = {}
        self.double = False
        """Whether the field that is being read was written before, and does not count."""
        self.hidden = hidden
        """Whether all of this belongs to such a field."""


class _Stop(Exception):  # noqa: N818 - never leaves this module
    """End reading: what is wrong has been noted."""


class Reader:
    """Read one text, noting faults and, if asked, places."""

    def __init__(self, text: Text, faults: Faults, *, keep_places: bool = False) -> None:
        self._text = text
        self._source = text.readable
        self._keep = keep_places
        self._stack: list[_Frame] = []
        self._nodes = 0
        self._documents = 0
        self._root: Value = None
        self._root_line = 1
        self._root_is_empty = False
        self._sound = True
        self._faults = faults
        self.places: dict[Where, Place] = {}
        self.refused: set[Where] = set()
        """Places whose value has been found wrong, so that the schema need not say so too."""

    def read(self) -> dict[str, Value] | None:
        """Return the record's value, or None where the text holds none that could be judged."""
        for conflict in conflict_markers(self._source):
            self._note(conflict)
            return None
        try:
            self._run()
        except _Stop:
            return None
        except yaml.YAMLError as error:
            self._explain(error)
            return None
        if self._documents == 0:
            if all(fault.name in _OF_SPELLING for fault in self._faults):
                self._faults.add(*empty_file())
            return None
        if not isinstance(self._root, dict):
            if self._sound:
                self._not_a_record()
            return None
        return self._root if self._sound else None

    def _explain(self, error: yaml.YAMLError) -> None:
        """Note why the text cannot be read on, unless a character that was noted is the reason."""
        fault = explain_syntax(error, self._source)
        if self._text.whole or not self._faults:
            if isinstance(fault.where, Span):
                self._faults.drop_on_line(fault.where.line)
            self._note(fault)

    def _not_a_record(self) -> None:
        if self._root_is_empty:
            self._faults.add(*empty_file())
            return
        what = "a list" if isinstance(self._root, list) else "a single value"
        self._say(self._whole_line(self._root_line), subset.not_a_record(what))

    def _whole_line(self, line: int) -> Span:
        return Span(line, 1, line, len(self._text.lines[line - 1]) + 1)

    def _run(self) -> None:
        parser = CParser(self._source)
        try:
            while True:
                event: Any = parser.get_event()
                kind = type(event)
                if kind is yaml.ScalarEvent:
                    self._scalar(event)
                elif kind is yaml.MappingStartEvent:
                    self._open({}, event)
                elif kind is yaml.SequenceStartEvent:
                    self._open([], event)
                elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                    self._close(event)
                elif kind is yaml.AliasEvent:
                    self._refuse(_span(event), subset.alias(event.anchor))
                elif kind is yaml.DocumentStartEvent:
                    self._start_document(event)
                elif kind is yaml.StreamEndEvent:
                    return
        finally:
            parser.dispose()

    def _start_document(self, event: Any) -> None:
        self._documents += 1
        if event.version or event.tags:
            self._refuse(self._whole_line(event.start_mark.line + 1), subset.directive())
        if self._documents > 1:
            self._refuse(self._whole_line(event.start_mark.line + 1), subset.second_document())

    def _check_node(self, event: Any) -> None:
        """Refuse what the subset leaves out, and more nodes than a record can have."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._refuse(_start(event, 1), subset.too_many(MAX_NODES))
        if event.anchor is not None:
            self._refuse(_start(event, len(event.anchor) + 1), subset.anchor(event.anchor))
        if event.tag is not None:
            written = self._source[event.start_mark.index :].split(maxsplit=1)[0]
            self._refuse(_start(event, len(written)), subset.tag(written))

    def _open(self, items: Any, event: Any) -> None:
        self._check_node(event)
        stack = self._stack
        if len(stack) >= MAX_DEPTH:
            self._refuse(_start(event, 1), subset.too_deep(MAX_DEPTH))
        hidden = False
        if stack:
            parent = stack[-1]
            if parent.key is None and isinstance(parent.items, dict):
                self._refuse(_start(event, 1), subset.key_of_parts())
            hidden = parent.hidden or parent.double
        else:
            self._root_line = event.start_mark.line + 1
        stack.append(_Frame(items, self._where(), event.start_mark, hidden=hidden))

    def _close(self, event: Any) -> None:
        frame = self._stack.pop()
        if self._keep:
            start = frame.start
            self._place(frame.where, Span(start.line + 1, start.column + 1, *_end(event.end_mark)))
        self._add(frame.items)

    def _scalar(self, event: Any) -> None:
        self._check_node(event)
        frame = self._stack[-1] if self._stack else None
        if frame is not None and frame.key is None and isinstance(frame.items, dict):
            self._key(frame, event)
            return
        if frame is None:
            self._root_line = event.start_mark.line + 1
            self._root_is_empty = not event.value and not event.style
        if self._keep:
            self._place(self._where(), self._scalar_span(event))
        if not self._text.clean and damaged(event.value):
            self.refused.add(self._where())
        self._add(self._quoted(event) if event.style else self._plain(event, frame))

    def _key(self, frame: _Frame, event: Any) -> None:
        key: str = event.value
        said, is_damaged = _judge_key(key, quoted=bool(event.style))
        if is_damaged:
            # A character that stands there as it is has been noted already.
            written = self._source[event.start_mark.index : event.end_mark.index]
            said = None if damaged(written) else subset.hidden_character()
        if said is not None or is_damaged:
            # Which fields there are is not known: the schema is not asked.
            self._sound = False
        if said is not None:
            self._say(_span(event), said)
        frame.key = key
        frame.key_event = event
        plain_key = key.isascii() or stacked(key) is not None
        normal = key if plain_key else unicodedata.normalize("NFC", key)
        first = frame.keys.setdefault(normal, event)
        frame.double = first is not event
        if frame.double:
            self._say(_span(event), subset.duplicate_key(key, first.start_mark.line + 1))

    def _quoted(self, event: Any) -> str:
        """Return a quoted or block text; in double quotes an escape may hide any character."""
        text: str = event.value
        if event.style == '"' and not (text.isascii() and text.isprintable()):
            self._judge_escapes(text, event)
        return text

    def _judge_escapes(self, text: str, event: Any) -> None:
        written = self._source[event.start_mark.index : event.end_mark.index]
        if "\\" not in written:
            return
        if stacked(text) is not None or (damaged(text) and not damaged(written)):
            self.refused.add(self._where())
            self._say(_span(event), subset.hidden_character())
        elif not unicodedata.is_normalized("NFC", text):
            odd = next(denormal(text)).text
            where = self._pointer(self._stack[-1] if self._stack else None, event)
            edit = Write(unicodedata.normalize("NFC", text))
            self._note(Fault("not-nfc", where, *not_nfc(odd), edit=edit))

    def _plain(self, event: Any, frame: _Frame | None) -> Value:
        """Return what an unquoted scalar stands for, and note where it may mislead."""
        text: str = event.value
        if not text:
            return None
        value, said = plain.read(text)
        if said is not None:
            where = self._pointer(frame, event)
            is_text = said[0] == "ambiguous-scalar"
            self._note(Fault(said[0], where, *said[1:], edit=Write(text) if is_text else None))
            if said[0] == "number-too-long":
                self.refused.add(self._where())
        self._judge_surroundings(text, event, frame)
        return value

    def _judge_surroundings(self, text: str, event: Any, frame: _Frame | None) -> None:
        """Look for a comment that cuts the text, and for a list or field that became part of it."""
        end = event.end_mark
        if self._source[end.index : end.index + 1] == " ":
            rest = self._text.lines[end.line][end.column :]
            fault = plain.cut_by_comment(text, rest, _span(event))
            if fault is not None:
                self._note(fault)
        start = event.start_mark
        entry = frame is None or isinstance(frame.items, list)
        if start.line != end.line or text[0] in plain.OPENING or (entry and ":" in text):
            lines = self._text.lines[start.line : end.line + 1]
            for fault in plain.slips(lines, text, _span(event), entry=entry):
                self._sound = False
                self._note(fault)

    def _where(self) -> Where:
        """Return the place of the value that is being read."""
        if not self._stack:
            return ()
        frame = self._stack[-1]
        step = frame.key if isinstance(frame.items, dict) else len(frame.items)
        return (*frame.where, step if step is not None else "")

    def _pointer(self, frame: _Frame | None, event: Any) -> Where | Span:
        """Return the place of the value that is being read, or its span where it does not count."""
        hidden = frame is None or frame.hidden or frame.double
        return _span(event) if hidden else self._where()

    def _add(self, value: Value) -> None:
        if not self._stack:
            self._root = value
            return
        frame = self._stack[-1]
        if isinstance(frame.items, list):
            frame.items.append(value)
            return
        if not frame.double:
            frame.items[frame.key] = value
        frame.key = None

    def _place(self, where: Where, span: Span) -> None:
        frame = self._stack[-1] if self._stack else None
        if frame is None or not (frame.hidden or frame.double):
            key = frame.key_event if frame is not None and isinstance(frame.items, dict) else None
            self.places[where] = Place(None if key is None else _span(key), span)

    def _scalar_span(self, event: Any) -> Span:
        """Return where a scalar stands: a block of lines ends with its last line."""
        span = _span(event)
        if event.style not in {"|", ">"}:
            return span
        last = span.end_line - (span.end_column == 1)
        while last > span.line and not self._text.lines[last - 1].strip():
            last -= 1
        return Span(span.line, span.column, last, len(self._text.lines[last - 1]) + 1)

    def _say(self, where: Where | Span, said: subset.Said) -> None:
        self._faults.add(said[0], where, *said[1:])

    def _note(self, fault: Fault) -> None:
        self._faults.note(fault)

    def _refuse(self, span: Span, said: subset.Said) -> NoReturn:
        self._say(span, said)
        raise _Stop


@lru_cache(maxsize=4096)
def _judge_key(key: str, *, quoted: bool) -> tuple[subset.Said | None, bool]:
    """Return what is wrong with a field's name, and whether it holds a forbidden character.

    The same few names stand in every record, so the answers are kept.
    """
    return _key_fault(key, quoted=quoted), damaged(key)


def _key_fault(key: str, *, quoted: bool) -> subset.Said | None:
    """Return what is wrong with a field's name, if anything."""
    if not key.isascii():
        return subset.foreign_key(key)
    if not key or len(key) > MAX_KEY:
        return subset.odd_key(key)
    if quoted:
        return None
    if key == "<<":
        return subset.merge_key()
    if NUMBER.fullmatch(key) or key in PLAIN_WORDS or ambiguity(key):
        return subset.odd_key(key)
    return None


def _span(event: Any) -> Span:
    start = event.start_mark
    return Span(start.line + 1, start.column + 1, *_end(event.end_mark))


def _start(event: Any, width: int) -> Span:
    """Return the first characters of what an event stands for."""
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    return Span(line, column, line, column + width)


def _end(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1
