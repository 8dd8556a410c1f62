"""YAML to JSON values, exactly: every value knows where it stands, every number how it is printed.

The only module that knows YAML. It reads a safe subset from libyaml's events, so that no file can
hang, exhaust or fool it: no anchors, aliases, tags, directives or second documents; bounded depth,
size and digits. A plain scalar is a number only in JSON's own notation without exponent, else
`true`, `false`, nothing (null), or text. What cannot be read is a `Fault`, never an exception.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

import yaml
from yaml._yaml import CParser

from curate.characters import forbidden, mixed_script, named
from curate.finding import Span, Where
from curate.scalar import NUMBER, PLAIN_WORDS, ambiguity
from curate.syntax import Mistake, conflict_markers, explain_syntax

MAX_DEPTH = 40
MAX_NODES = 50_000
MAX_DIGITS = 17
MAX_SAFE_INTEGER = 2**53

Value = Any
"""A JSON value; a number is an int, or a Decimal that keeps its printed text."""


class Fault(NamedTuple):
    """What is wrong with one place of one file, by the name of the rule that it breaks."""

    name: str
    where: Where | Span
    message: str
    help: str = ""


class Place(NamedTuple):
    """Where one value is written: its key, if it has one, and itself."""

    key: Span | None
    value: Span


class Document:
    """One file's text, the value that it holds (None where it holds none), and its faults."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.text, faults = _decode(data)
        self.value: dict[str, Value] | None = None
        if self.text:
            reader = _Reader(self.text)
            faults.extend(_layout_faults(self.text))
            self.value = reader.read()
            faults.extend(reader.faults)
        self.faults: tuple[Fault, ...] = tuple(faults)

    @cached_property
    def places(self) -> Mapping[Where, Place]:
        """Where every value stands. Read again on demand: most files are never reported."""
        reader = _Reader(self.text, keep_places=True)
        reader.read()
        return reader.places

    def span(self, where: Where | Span) -> Span:
        """Return the stretch to point at: a scalar itself, the key of a mapping or list.

        A place that the text does not have (a missing key) is its nearest ancestor.
        """
        if isinstance(where, Span):
            return where
        at = where
        while at not in self.places:
            if not at:
                return self._first_line()
            at = at[:-1]
        place = self.places[at]
        if place.key is not None and isinstance(self.get(at), dict | list):
            return place.key
        return place.value if at else self._first_line()

    def key_span(self, where: Where) -> Span:
        """Return the stretch of the key that leads to a place, or of the place itself."""
        place = self.places.get(where)
        return place.key if place is not None and place.key is not None else self.span(where)

    def get(self, where: Where) -> Value:
        """Return the value at a place, or None where there is none."""
        value: Value = self.value
        for step in where:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def line(self, number: int) -> str:
        """Return one line of the text, counted from 1, without its line end."""
        lines = self._lines
        return lines[number - 1] if 0 < number <= len(lines) else ""

    @cached_property
    def _lines(self) -> list[str]:
        return [line.removesuffix("\r") for line in self.text.split("\n")]

    def _first_line(self) -> Span:
        """Point at the first line that says something."""
        for number, line in enumerate(self._lines, 1):
            if line.strip() and not line.lstrip().startswith("#"):
                return Span(number, 1, number, len(line) + 1)
        return Span(1, 1, 1, 1)


def number_text(value: int | Decimal) -> str:
    """Return a number as it was printed: `4.30` stays `4.30`."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _decode(data: bytes) -> tuple[str, list[Fault]]:
    """Return the text, or an empty one and the fault that hinders reading it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:2].strip(b"\0") != data[:2]:
        return "", [_not_utf8(Span(1, 1, 1, 1), "The file is written in UTF-16.")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        byte = data[error.start]
        message = f"The byte 0x{byte:02X} is not UTF-8."
        return "", [_not_utf8(Span(line, column, line, column + 1), message)]
    faults = [_forbidden_fault(text, odd.start, odd.text) for odd in forbidden(text)]
    # libyaml stops at control characters and takes NEL, LS and PS for line ends: one mistake
    # would become two, on lines that no editor shows.
    hard = any(odd.text in _STOPPERS or odd.text < " " for odd in forbidden(text))
    if not text.strip("\ufeff \t\r\n"):
        faults.append(_empty())
    return ("" if hard else text), faults


_STOPPERS = frozenset("\ufeff\x7f\x85\u2028\u2029") | {chr(code) for code in range(0x80, 0xA0)}


def _not_utf8(span: Span, message: str) -> Fault:
    return Fault("not-utf-8", span, message, 'Save the file again with the encoding "UTF-8".')


def _empty() -> Fault:
    return Fault(
        "empty-file",
        Span(1, 1, 1, 1),
        "There is no record in this file.",
        "Write the record, or delete the file.",
    )


def _forbidden_fault(text: str, start: int, character: str) -> Fault:
    help_ = (
        'Save the file as "UTF-8" without a byte order mark.'
        if character == "\ufeff" and start == 0
        else "Delete it, or type the character that was meant."
    )
    return Fault(
        "forbidden-character",
        _span_at(text, start, 1),
        f"The character {named(character)} may not stand in a record.",
        help_,
    )


def _span_at(text: str, start: int, length: int) -> Span:
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return Span(line, column, line, column + length)


def _layout_faults(text: str) -> Iterator[Fault]:
    """Yield what is wrong with the text as text, before YAML is asked."""
    if "\r\n" in text:
        yield Fault(
            "line-ending",
            _span_at(text, text.index("\r\n"), 1),
            "Lines end in carriage return and line feed (Windows).",
            "Run `curate format`, and set your editor to end lines with LF.",
        )
    elif not text.endswith("\n"):
        last = text.count("\n") + 1
        width = len(text) - (text.rfind("\n") + 1)
        yield Fault(
            "line-ending",
            Span(last, width + 1, last, width + 1),
            "The last line has no line end.",
            "Run `curate format`, or press Enter at the end of the file.",
        )
    if not text.isascii():
        yield from _unicode_faults(text)


def _unicode_faults(text: str) -> Iterator[Fault]:
    if not unicodedata.is_normalized("NFC", text):
        for number, line in enumerate(text.split("\n"), 1):
            if not unicodedata.is_normalized("NFC", line):
                yield Fault(
                    "not-nfc",
                    Span(number, 1, number, len(line) + 1),
                    "A letter is written as a letter and a separate accent (not in Unicode NFC).",
                    "Run `curate format`, which joins them.",
                )
    for odd in mixed_script(text):
        yield Fault(
            "mixed-script",
            _span_at(text, odd.start, len(odd.text)),
            f"`{odd.text}` mixes letters of several alphabets that may look alike: "
            + ", ".join(named(letter) for letter in odd.text if not letter.isascii())
            + ".",
            "Type the word again with one keyboard.",
        )


class _Frame:
    """A mapping or list while it is being read."""

    __slots__ = ("items", "key", "key_span", "keys", "start", "where")

    def __init__(self, items: Any, where: Where, start: Any) -> None:
        self.items = items
        self.where = where
        self.start = start
        self.key: str | None = None
        self.key_span: Span | None = None
        self.keys: dict[str, Span] = {}


class _Stop(Exception):  # noqa: N818 - never leaves this module
    """End reading: what is wrong has been noted."""


class _Reader:
    """Compose one document from events, noting faults and, if asked, places."""

    def __init__(self, text: str, *, keep_places: bool = False) -> None:
        self._text = text
        self._keep = keep_places
        self._stack: list[_Frame] = []
        self._nodes = 0
        self._documents = 0
        self._root: Value = None
        self.faults: list[Fault] = []
        self.places: dict[Where, Place] = {}

    def read(self) -> dict[str, Value] | None:
        """Return the record's value, or None where the text holds none."""
        conflicts = list(conflict_markers(self._text))
        if conflicts:
            self.faults.extend(_mistake(mistake) for mistake in conflicts)
            return None
        try:
            self._run()
        except _Stop:
            return None
        except yaml.YAMLError as error:
            self.faults.append(_mistake(explain_syntax(error, self._text)))
            return None
        if self._documents == 0:
            if not self.faults and self._text.strip("\ufeff \t\r\n"):
                self.faults.append(_empty())
            return None
        if not isinstance(self._root, dict):
            self._not_a_record()
            return None
        return self._root

    def _not_a_record(self) -> None:
        what = "a list" if isinstance(self._root, list) else "a single value"
        self._fault(
            "not-a-record",
            Span(1, 1, 1, 1),
            f"The file holds {what}; a record is a set of fields, such as `id: horisawa-2019`.",
            "Start from `curate new`.",
        )

    def _run(self) -> None:
        parser = CParser(self._text)
        try:
            while True:
                event = parser.get_event()
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
                    self._refuse_alias(event)
                elif kind is yaml.DocumentStartEvent:
                    self._start_document(event)
                elif kind is yaml.StreamEndEvent:
                    return
        finally:
            parser.dispose()

    def _start_document(self, event: Any) -> None:
        self._documents += 1
        if event.version or event.tags:
            self._fault(
                "tag-or-directive",
                _span(event),
                "A line that starts with % is a YAML directive, which a record cannot hold.",
                "Delete the line, or put the text in quotes.",
            )
            raise _Stop
        if self._documents > 1:
            self._fault(
                "several-documents",
                _span(event),
                "A second document starts here; a file holds one record.",
                "Move what follows to a file of its own, or delete the line `---`.",
            )
            raise _Stop

    def _refuse_alias(self, event: Any) -> None:
        self._fault(
            "alias-or-anchor",
            _span(event),
            f"`*{event.anchor}` repeats a part of the file by reference (a YAML alias).",
            "Write the part out; if the text itself starts with *, put it in quotes.",
        )
        raise _Stop

    def _check_node(self, event: Any) -> None:
        """Refuse what the subset leaves out, and more nodes than a record can have."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._fault(
                "too-large",
                _span(event),
                f"The file has more than {MAX_NODES} values; no record has.",
                "Check that it is a record, and split what belongs to several.",
            )
            raise _Stop
        if event.anchor is not None:
            self._fault(
                "alias-or-anchor",
                _span(event),
                f"`&{event.anchor}` names a part of the file to repeat it (a YAML anchor).",
                "Delete it and write the part out; if the text starts with &, put it in quotes.",
            )
            raise _Stop
        if event.tag is not None:
            self._fault(
                "tag-or-directive",
                _span(event),
                f"`{event.tag}` is a YAML tag, which a record cannot hold.",
                "Delete it; if the text itself starts with !, put it in quotes.",
            )
            raise _Stop

    def _open(self, items: Any, event: Any) -> None:
        self._check_node(event)
        if len(self._stack) >= MAX_DEPTH:
            self._fault(
                "too-deep",
                _span(event),
                f"Values are nested more than {MAX_DEPTH} deep; no record is.",
                "Check the brackets and the indentation here.",
            )
            raise _Stop
        if self._stack and isinstance(self._stack[-1].items, dict) and self._stack[-1].key is None:
            self._complex_key(event)
        self._stack.append(_Frame(items, self._next_where(), event.start_mark))

    def _close(self, event: Any) -> None:
        frame = self._stack.pop()
        if self._keep:
            start = frame.start
            self._place(frame.where, Span(start.line + 1, start.column + 1, *_end(event.end_mark)))
        self._add(frame.items)

    def _scalar(self, event: Any) -> None:
        self._check_node(event)
        frame = self._stack[-1] if self._stack else None
        if frame is not None and isinstance(frame.items, dict) and frame.key is None:
            self._key(frame, event)
            return
        where = self._next_where()
        if self._keep:
            self._place(where, _span(event))
        self._add(self._value(event, where))

    def _key(self, frame: _Frame, event: Any) -> None:
        key: str = event.value
        span = _span(event)
        if not event.style and (
            key == "<<" or ambiguity(key) or NUMBER.fullmatch(key) or key in PLAIN_WORDS
        ):
            self._bad_key(key, span)
        elif not key.isascii():
            self._fault(
                "key-is-not-text",
                span,
                f"The field name `{key}` holds other letters than a-z.",
                "Field names are plain lower-case words; they are listed in the schema.",
            )
        normal = unicodedata.normalize("NFC", key)
        first = frame.keys.get(normal)
        if first is not None:
            self._fault(
                "duplicate-key",
                span,
                f"The field `{key}` is written twice; it stands on line {first.line} already.",
                "Keep one of them; a list takes several values under one field name.",
            )
        else:
            frame.keys[normal] = span
        frame.key = key
        frame.key_span = span

    def _bad_key(self, key: str, span: Span) -> None:
        if key == "<<":
            self._fault(
                "alias-or-anchor",
                span,
                "`<<` merges another part of the file into this one (a YAML merge key).",
                "Write the fields out.",
            )
        else:
            self._fault(
                "key-is-not-text",
                span,
                f"The field name `{key}` is read as something other than a word.",
                "Field names are plain lower-case words; they are listed in the schema.",
            )

    def _complex_key(self, event: Any) -> None:
        self._fault(
            "key-is-not-text",
            _span(event),
            "A list or a set of fields stands where a field name should.",
            "Check for a stray `?`, `[` or `{`; a text that starts so is put in quotes.",
        )
        raise _Stop

    def _value(self, event: Any, where: Where) -> Value:
        text: str = event.value
        if event.style:
            return text
        self._cut_by_comment(event)
        if not text:
            return None
        if text in PLAIN_WORDS:
            return PLAIN_WORDS[text]
        if NUMBER.fullmatch(text):
            return self._number(text, where, event)
        if (reading := ambiguity(text)) is not None:
            self._fault(
                "ambiguous-scalar",
                where,
                f"`{text}` without quotes is {reading} to some programs and text to others.",
                f'Write it in quotes: "{text}".',
            )
        return text

    def _number(self, text: str, where: Where, event: Any) -> Value:
        digits = sum(character.isdigit() for character in text)
        if digits > MAX_DIGITS or ("." not in text and abs(int(text)) > MAX_SAFE_INTEGER):
            shown = text if digits <= MAX_DIGITS + 10 else f"{text[:12]}…"
            self._fault(
                "number-too-long",
                _span(event),
                f"`{shown}` has more digits than programs keep exactly.",
                "If it is an id, put it in quotes; if it is a measurement, check its digits.",
            )
            return text
        return Decimal(text) if "." in text else int(text)

    def _cut_by_comment(self, event: Any) -> None:
        """Warn where ` #` ends a sentence that was meant to go on."""
        end = event.end_mark.index
        if self._text[end : end + 1] != " ":
            return
        line_end = self._text.find("\n", end)
        rest = self._text[end : len(self._text) if line_end < 0 else line_end]
        comment = rest.lstrip(" ")
        if not comment.startswith("#"):
            return
        glued = len(comment) > 1 and comment[1] not in " #"
        sentence = event.value.count(" ") >= _SENTENCE_SPACES
        if not (glued or sentence):
            return
        at = end + len(rest) - len(comment)
        self._fault(
            "comment-cuts-text",
            _span_at(self._text, at, 1),
            f"The text ends before this #; `{comment[:30]}` is taken for a comment.",
            "If it belongs to the text, put the whole text in quotes; if it is a comment, give "
            "it a line of its own.",
        )

    def _next_where(self) -> Where:
        if not self._stack:
            return ()
        frame = self._stack[-1]
        step = frame.key if isinstance(frame.items, dict) else len(frame.items)
        return (*frame.where, step if step is not None else "")

    def _add(self, value: Value) -> None:
        if not self._stack:
            self._root = value
            return
        frame = self._stack[-1]
        if isinstance(frame.items, list):
            frame.items.append(value)
            return
        if frame.key is not None:
            frame.items.setdefault(frame.key, value)
        frame.key = None
        frame.key_span = None

    def _place(self, where: Where, span: Span) -> None:
        frame = self._stack[-1] if self._stack else None
        self.places.setdefault(where, Place(frame.key_span if frame else None, span))

    def _fault(self, name: str, where: Where | Span, message: str, help_: str) -> None:
        self.faults.append(Fault(name, where, message, help_))


_SENTENCE_SPACES = 2


def _mistake(mistake: Mistake) -> Fault:
    return Fault("syntax-error", mistake.span, mistake.message, mistake.help)


def _span(event: Any) -> Span:
    start = event.start_mark
    return Span(start.line + 1, start.column + 1, *_end(event.end_mark))


def _end(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1
