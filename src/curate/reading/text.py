"""Bytes to text: the characters of a file, and what is wrong with them before YAML is asked."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from curate.characters import (
    FORBIDDEN,
    HARD,
    MOST_MARKS,
    REPLACEMENT,
    denormal,
    forbidden,
    mixed_script,
    named,
    stacked,
)
from curate.fault import MOST_ALIKE, Fault, Faults, Respell
from curate.finding import Span
from curate.printable import short

_PLAIN = bytes(range(0x20, 0x7F)) + b"\n"
_BLANK = "\ufeff \t\r\n"


class Text:
    """The text of one file: as it is written, as YAML may see it, and its faults."""

    def __init__(self, data: bytes, faults: Faults) -> None:
        self._faults = faults
        self.written = ""
        """The text, without a byte order mark; what is no UTF-8 is shown as U+FFFD."""
        self.clean = True
        """Whether no character was found that may not stand in a record."""
        self.readable = ""
        """The text with U+FFFD for what would lead YAML astray; empty where nothing can be read."""
        if data.translate(None, _PLAIN):
            self._decode(data)
        else:
            self.written = self.readable = data.decode("ascii")
        if not self.written.strip(_BLANK) and not faults:
            faults.add(*empty_file())
        if self.readable:
            self._judge_line_ends()

    @property
    def whole(self) -> bool:
        """Tell whether YAML sees every character as it is written."""
        return self.readable == self.written

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text as written, without their ends."""
        return [line.removesuffix("\r") for line in self.written.split("\n")]

    def span(self, start: int, end: int) -> Span:
        """Return the stretch between two offsets on one line."""
        line = bisect_right(self._starts, start)
        column = start - self._starts[line - 1] + 1
        return Span(line, column, line, column + end - start)

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.written.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        return starts[:-1]

    def _decode(self, data: bytes) -> None:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _wide(data):
            self._not_utf8(Span(1, 1, 1, 1), "The file is written in UTF-16 or UTF-32.")
            return
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8")
            self.written = data.decode("utf-8", "replace").removeprefix("\ufeff")
            at = len(before.removeprefix("\ufeff"))
            byte = data[error.start]
            self._not_utf8(self.span(at, at + 1), f"The byte 0x{byte:02X} is not UTF-8.")
            return
        if text.startswith("\ufeff"):
            text = text[1:]
            self._faults.add(
                "forbidden-character",
                Span(1, 1, 1, 1),
                "The file starts with U+FEFF (BYTE ORDER MARK), which no editor shows.",
                'Save the file as "UTF-8" without a byte order mark.',
            )
        self.written = text
        self._judge_characters()
        # A lone carriage return is a line end to YAML and to no editor: no place would be right.
        lone = text.count("\r") > text.count("\r\n")
        self.readable = "" if lone else HARD.sub(REPLACEMENT, text)

    def _not_utf8(self, span: Span, message: str) -> None:
        help_ = 'Save the file again with the encoding "UTF-8".'
        self._faults.add("not-utf-8", span, message, help_)

    def _judge_characters(self) -> None:
        text = self.written
        for odd in islice(forbidden(text), MOST_ALIKE):
            self.clean = False
            self._faults.add(
                "forbidden-character",
                self.span(odd.start, odd.end),
                f"The character {named(odd.text)} may not stand in a record.",
                "Delete it, or type the character that was meant.",
            )
        if not self.clean:
            total = sum(1 for _ in FORBIDDEN.finditer(text))
            self._faults.count("forbidden-character", max(total - MOST_ALIKE, 0))
        if text.isascii():
            return
        self._judge_accents()
        for odd in mixed_script(text):
            if self._faults.wants("mixed-script"):
                self._faults.add(
                    "mixed-script",
                    self.span(odd.start, odd.end),
                    f"`{short(odd.text)}` mixes letters of several alphabets that may look alike: "
                    + ", ".join(_foreign_letters(odd.text))
                    + ".",
                    "Type the word again with one keyboard.",
                )

    def _judge_accents(self) -> None:
        at = stacked(self.written)
        if at is not None:
            self._faults.add(
                "forbidden-character",
                self.span(at, at + 1),
                f"More than {MOST_MARKS} accents are piled on one letter here.",
                "Delete them; no language writes so.",
            )
            return
        if unicodedata.is_normalized("NFC", self.written):
            return
        for odd in self._denormal():
            if self._faults.wants("not-nfc"):
                span = self.span(odd[0], odd[1])
                self._faults.note(Fault("not-nfc", span, *not_nfc(odd[2]), edit=Respell.NFC))

    def _denormal(self) -> Iterator[tuple[int, int, str]]:
        start = 0
        for line in self.written.split("\n"):
            if not line.isascii():
                for odd in denormal(line):
                    yield start + odd.start, start + odd.end, odd.text
            start += len(line) + 1

    def _judge_line_ends(self) -> None:
        text = self.written
        # One character is found thirty times faster than two, and hardly any text has this one.
        if "\r" in text and "\r\n" in text:
            at = text.index("\r\n")
            self._note_line_end(
                self.span(at, at + 1),
                "Lines end in carriage return and line feed, as Windows writes them.",
                "Run `curate format`, and set your editor to end lines with LF.",
            )
        elif not text.endswith("\n"):
            self._note_line_end(
                self.span(len(text), len(text)),
                "The last line has no line end.",
                "Run `curate format`, or press Enter at the end of the file.",
            )

    def _note_line_end(self, span: Span, message: str, help_: str) -> None:
        self._faults.note(Fault("line-ending", span, message, help_, Respell.LINE_ENDS))


def empty_file() -> tuple[str, Span, str, str]:
    """Return what to say of a file that holds no value."""
    return (
        "empty-file",
        Span(1, 1, 1, 1),
        "There is no record in this file.",
        "Write the record, or delete the file.",
    )


def not_nfc(odd: str) -> tuple[str, str]:
    """Return what to say of a letter that is not written as NFC writes it, and what to do."""
    normal = unicodedata.normalize("NFC", odd)
    message = f"`{short(odd)}` is stored as {_codes(odd)}, not as {_codes(normal)} (Unicode NFC)."
    return message, "Run `curate format`: they look the same, but a search finds only one of them."


def damaged(text: str) -> bool:
    """Tell whether a text holds what may not stand in a record."""
    return FORBIDDEN.search(text) is not None


def _codes(text: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in text[:4])


def _foreign_letters(word: str) -> list[str]:
    """Name the first few letters of a word that are not ASCII."""
    return [named(letter) for letter in word if not letter.isascii()][:5]


def _wide(data: bytes) -> bool:
    """Tell whether a text looks like UTF-16 or UTF-32 without its mark: ASCII between NULs."""
    return tuple(map(bool, data[:4])) in _WIDE


_WIDE = {
    (True, False, True, False),
    (False, True, False, True),
    (True, False, False, False),
    (False, False, False, True),
}
