"""Which characters may stand in a record, and how those that may not are shown."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.characters import FORBIDDEN, denormal, mixed_script, named, stacked
from curate.printable import printable, short

# Format characters that are seen: they are written over the digits that follow them.
_SEEN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
_SEEN |= set(range(0x13430, 0x13440))
"""And the joiners of hieroglyphs."""


def _every_character() -> list[str]:
    return [chr(code) for code in range(sys.maxunicode + 1)]


def test_what_nobody_sees_is_forbidden() -> None:
    unseen = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    missed = [
        f"U+{ord(character):04X}"
        for character in _every_character()
        if unicodedata.category(character) in unseen
        and character not in "\n\t"
        and ord(character) not in _SEEN
        and not FORBIDDEN.search(character)
    ]
    assert missed == []


def test_noncharacters_are_forbidden() -> None:
    codes = [*range(0xFDD0, 0xFDF0)]
    codes += [plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)]
    assert all(FORBIDDEN.search(chr(code)) for code in codes)


def test_letters_digits_signs_and_spaces_may_stand() -> None:
    wrong = [
        f"U+{ord(character):04X}"
        for character in _every_character()
        if unicodedata.category(character)[0] in "LNPSZ"
        and unicodedata.category(character) not in {"Zl", "Zp"}
        and FORBIDDEN.search(character)
    ]
    # Four Korean fillers are letters that nobody sees; two signs stand for a lost character.
    assert wrong == ["U+115F", "U+1160", "U+3164", "U+FFA0", "U+FFFC", "U+FFFD"]


@pytest.mark.parametrize(
    "text",
    [
        "\u03b1-blocker",
        "\u00b5g and \u03bcg",
        "TNF\u03b1, A\u03b2, \u0394T",
        "\u00b13 \u2013 5",
        "B\u00e9zard, M\u00fcller, \u0141ukasz",
        "\u041c\u043e\u0441\u043a\u0432\u0430",
        "H\u2082O, 10\u207b\u00b3, \u00bd, x\u1d62, 5\u02b9, type\u2161",
        "\u2126, \u212b",
    ],
)
def test_the_way_medicine_writes_passes(text: str) -> None:
    assert list(mixed_script(text)) == []


@pytest.mark.parametrize(
    "text", ["dyst\u043enia", "\u0430lpha", "p\u03bfst", "\u0391lpha", "a\u03b1b", "\u0441\u043ep"]
)
def test_a_word_of_letters_that_look_alike_is_doubted(text: str) -> None:
    assert [odd.text for odd in mixed_script(f"one {text} two")] == [text]


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("caf\u0065\u0301", ["e\u0301"]),
        ("\u212b and \u2126", ["\u212b", "\u2126"]),
        ("q\u0307\u0323", ["q\u0307\u0323"]),
        ("\u1112\u1161\u11ab", ["\u1112\u1161\u11ab"]),
        ("\u09c7\u09be", ["\u09c7\u09be"]),
        ("caf\u00e9", []),
    ],
)
def test_a_letter_that_is_not_nfc_is_found(text: str, odd: list[str]) -> None:
    assert [found.text for found in denormal(text)] == odd


@given(st.text(max_size=30))
def test_a_text_is_nfc_exactly_if_no_letter_is_found(text: str) -> None:
    assert (list(denormal(text)) == []) == unicodedata.is_normalized("NFC", text)


def test_more_accents_than_a_language_has_are_found() -> None:
    assert stacked("ab" + "\u0301" * 30) is None
    assert stacked("ab" + "\u0301" * 31) == 1
    assert stacked("\u4e2d" * 100) is None


def test_a_character_is_named_by_number_and_name() -> None:
    assert named("\u200b") == "U+200B (ZERO WIDTH SPACE)"
    assert named("\x1b") == "U+001B (ESCAPE)"
    assert named("\ue000") == "U+E000 (unnamed)"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("p <.001 \u2013 \u00b13 \u03b1 \u00e9", "p <.001 \u2013 \u00b13 \u03b1 \u00e9"),
        ("a\nb\tc\r", r"a\nb\tc\r"),
        ("\x1b[31mred\x07", r"\x1b[31mred\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("a\udcffb", r"a\xffb"),
        ("\ud800", r"\ud800"),
        ("\u202eabc\u2066", r"\u202eabc\u2066"),
        ("\U000e0041", r"\U000e0041"),
        ("a\\b", r"a\b"),
        ("", ""),
    ],
)
def test_what_no_screen_should_be_sent_is_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.characters(), max_size=40))
def test_whatever_is_printable_can_be_written_and_is_one_line(text: str) -> None:
    shown = printable(text)
    shown.encode("utf-8")
    assert len(shown.splitlines()) <= 1
    assert not FORBIDDEN.search(shown)
    assert printable(shown) == shown


def test_a_long_text_is_quoted_by_its_beginning() -> None:
    assert short("a" * 1000) == "a" * 40 + "\u2026"
    assert short("a\nb") == r"a\nb"
