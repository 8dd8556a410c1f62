"""No text can hang, kill, exhaust or fool the reader: one test for each way that is known.

What must be bounded runs in a process of its own, with a limit on its memory and processor time
instead of a clock: past either it dies, and the test fails.
"""

import resource
import subprocess
import sys
from collections.abc import Iterator

import pytest

from curate.document import Document
from curate.fault import MOST_ALIKE

SECONDS = 10
MEMORY = 400 << 20
"""Address space, of which the interpreter and its libraries take half."""

_CHILD = """
import sys
from curate.document import Document
document = Document("x.yaml", sys.stdin.buffer.read())
for fault in document.faults:
    document.span(fault.where)
    print(fault.name)
"""


def _bounded(data: bytes) -> list[str]:
    """Return the names of the faults of a text, found within the limits."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    done = subprocess.run(
        [sys.executable, "-c", _CHILD],
        input=data,
        capture_output=True,
        preexec_fn=limit,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().split()


def _laughs() -> bytes:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines).encode()


def _accents() -> str:
    """Return accents in the order that costs most to sort."""
    return "e" + "\u0315\u0300" * 100_000


HOSTILE = {
    "a billion laughs": (_laughs(), ["alias-or-anchor"]),
    "quadratic aliases": (
        b"a: &a " + b"x" * 9999 + b"\nb: [" + b"*a, " * 9999,
        ["alias-or-anchor"],
    ),
    "a recursive alias": (b"a: &a [*a]\n", ["alias-or-anchor"]),
    "a merge key": (b"<<: {a: 1}\n", ["alias-or-anchor"]),
    "100,000 brackets": (b"a: " + b"[" * 100_000, ["too-deep"]),
    "100,000 braces": (b"{a: " * 100_000, ["too-deep"]),
    "100,000 dashes": (b"a:\n  " + b"- " * 100_000 + b"b\n", ["too-deep"]),
    "100,000 questions": (b"? " * 100_000 + b"a\n", ["key-is-not-text"]),
    "a thousand indents": (
        b"".join(b" " * n + b"a:\n" for n in range(1000)),
        ["too-deep"],
    ),
    "300,000 keys": (b"".join(b"k%d: 1\n" % n for n in range(300_000)), ["too-large"]),
    "300,000 entries": (b"a:\n" + b"- 1\n" * 300_000, ["too-large"]),
    "a million forbidden characters": (
        ("a: " + "\u200b" * 330_000 + "\n").encode(),
        ["forbidden-character"] * MOST_ALIKE,
    ),
    "a million NULs": (b"a: b\nc: " + b"\0" * 1_000_000, ["forbidden-character"] * MOST_ALIKE),
    "100,000 duplicate keys": (
        b"a: 1\n" * 24_000,
        ["duplicate-key"] * MOST_ALIKE,
    ),
    "accents without end": (f"a: {_accents()}\n".encode(), ["forbidden-character"]),
    "accents without end in a name": (
        f"? {_accents()}\n".encode(),
        ["forbidden-character", "key-is-not-text"],
    ),
    "escaped accents without end": (
        b'? "e' + b"\\u0315\\u0300" * 40_000 + b'"\n: "e' + b"\\u0315\\u0300" * 40_000 + b'"\n',
        ["key-is-not-text", "forbidden-character"],
    ),
    "words of mixed script without end": (
        ("a: " + "a\u0430 " * 200_000 + "\n").encode(),
        ["mixed-script"] * MOST_ALIKE,
    ),
    "letters and accents apart without end": (
        ("a: " + "e\u0301 " * 200_000 + "\n").encode(),
        ["not-nfc"] * MOST_ALIKE,
    ),
    "a number without end": (b"a: " + b"9" * 1_000_000 + b"\n", ["number-too-long"]),
    "a number that fits no pattern": (b"a: " + b"9_" * 500_000 + b"x\n", []),
    "a date without end": (b"a: 2026-11-21 " + b"0" * 1_000_000 + b"\n", ["ambiguous-scalar"]),
    "a name without end": (b"a" * 1000 + b": 1\n", ["key-is-not-text"]),
    "a tag without end": (b"a: !" + b"a" * 1_000_000 + b" b\n", ["tag-or-directive"]),
    "an anchor without end": (b"a: &" + b"a" * 1_000_000 + b" b\n", ["alias-or-anchor"]),
    "a quote that is never closed": (b'a: "' + b"b\n" * 500_000, ["syntax-error"]),
    "comments without end": (
        b"- b c d # e\n# f\n" * 40_000,
        ["comment-cuts-text"] * MOST_ALIKE + ["not-a-record"],
    ),
    "line ends without end": (b"\n" * 1_000_000, ["empty-file"]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_time_or_memory_without_end(name: str) -> None:
    data, expected = HOSTILE[name]
    found = _bounded(data[: 1 << 20])
    assert [fault for fault in found if fault != "line-ending"] == expected


def _names(text: str | bytes) -> list[str]:
    document = Document("x.yaml", text if isinstance(text, bytes) else text.encode())
    return [fault.name for fault in document.faults]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a: *b\n", ["alias-or-anchor"]),
        ("a: !!python/object/apply:os.system [ls]\n", ["tag-or-directive"]),
        ("a: !include other.yaml\n", ["tag-or-directive"]),
        ("a: !!binary aGk=\n", ["tag-or-directive"]),
        ("a: !!str 12\n", ["tag-or-directive"]),
        ("%YAML 1.2\n---\na: 1\n", ["tag-or-directive"]),
        ("%TAG ! tag:example.org,2000:\n---\na: 1\n", ["tag-or-directive"]),
        ("a: 1\n---\nb: 2\n", ["several-documents"]),
        ("", ["empty-file"]),
        ("\n\n", ["empty-file"]),
        ("# only a comment\n", ["empty-file"]),
        ("# only a comment", ["line-ending", "empty-file"]),
        ("# only a comment\r\n", ["line-ending", "empty-file"]),
        ("# A\u0301\n", ["not-nfc", "empty-file"]),
        ("---\n", ["empty-file"]),
        ("---\n...\n", ["empty-file"]),
        ("- a\n", ["not-a-record"]),
        ("a\n", ["not-a-record"]),
        ("null\n", ["not-a-record"]),
    ],
)
def test_what_a_record_cannot_hold_is_one_finding_and_no_value(text: str, names: list[str]) -> None:
    assert _names(text) == names
    assert Document("x.yaml", text.encode()).value is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a: 1\nb: 2\na: 3\n", ["duplicate-key"]),
        ("\u00e9: 1\ne\u0301: 2\n", ["key-is-not-text"] * 2 + ["duplicate-key"]),
        ("a: {b: 1, b: 2}\n", ["duplicate-key"]),
        ('a: 1\n"a": 2\n', ["duplicate-key"]),
        ("a: 1\na: no\na: yes\n", ["duplicate-key", "ambiguous-scalar"] * 2),
    ],
)
def test_a_field_written_twice_is_refused(text: str, names: list[str]) -> None:
    assert [name for name in _names(text) if name != "not-nfc"] == names


def test_a_field_written_twice_is_told_with_both_lines() -> None:
    document = Document("x.yaml", b"id: a\ntitle: b\n\nid: c\n")
    (fault,) = document.faults
    assert document.span(fault.where) == (4, 1, 4, 3)
    assert "line 1" in fault.message
    assert document.value == {"id": "a", "title": "b"}


@pytest.mark.parametrize(
    "key",
    ["on", "y", "no", "null", "true", "~", "12", "1.5", "2026-11-21", "\u00e9", "t\u0456tle"],
)
def test_a_field_name_that_is_no_plain_word_is_refused(key: str) -> None:
    document = Document("x.yaml", f"{key}: 1\n".encode())
    assert [fault.name for fault in document.faults if fault.name != "mixed-script"] == [
        "key-is-not-text"
    ]
    assert document.value is None


def test_a_list_as_a_field_name_is_refused() -> None:
    assert _names("? [a]\n: b\n") == ["key-is-not-text"]
    assert _names("{[a]: b}\n") == ["key-is-not-text"]


def _forbidden() -> Iterator[tuple[str, bytes, str]]:
    for name, character in {
        "NUL": "\0",
        "ESCAPE": "\x1b",
        "DELETE": "\x7f",
        "NEXT LINE": "\x85",
        "LINE SEPARATOR": "\u2028",
        "RIGHT-TO-LEFT OVERRIDE": "\u202e",
        "FIRST STRONG ISOLATE": "\u2068",
        "ZERO WIDTH SPACE": "\u200b",
        "ZERO WIDTH JOINER": "\u200d",
        "SOFT HYPHEN": "\u00ad",
        "REPLACEMENT CHARACTER": "\ufffd",
        "CARRIAGE RETURN": "\r",
        "ZERO WIDTH NO-BREAK SPACE": "\ufeff",
    }.items():
        yield name, f"a: b\nc: d{character}e\n".encode(), f"U+{ord(character):04X} ({name})"


@pytest.mark.parametrize(
    ("name", "data", "shown"), list(_forbidden()), ids=lambda value: str(value)[:20]
)
def test_a_character_that_nobody_sees_is_shown_by_number_and_name(
    name: str, data: bytes, shown: str
) -> None:
    document = Document("x.yaml", data)
    assert [fault.name for fault in document.faults] == ["forbidden-character"], name
    assert document.faults[0].where == (2, 5, 2, 6)
    assert shown in document.faults[0].message


@pytest.mark.parametrize("escape", ["\\0", "\\x1b", "\\u202e", "\\u200b", "\\N", "\\L", "\\ufeff"])
def test_an_escape_cannot_write_what_may_not_stand_in_a_record(escape: str) -> None:
    assert _names(f'a: "b{escape}c"\n') == ["forbidden-character"]
    assert _names(f'"a{escape}": 1\n')[-1] == "forbidden-character"
    assert _names('a: "b\\u00e9\\tc \\"d\\" \\\\ e"\n') == []


def test_an_escape_is_held_to_unicode_nfc() -> None:
    assert _names('a: "e\\u0301"\n') == ["not-nfc"]


@pytest.mark.parametrize(
    "data",
    [
        "id: a\n".encode("utf-16"),
        "id: a\n".encode("utf-16-le"),
        "id: a\n".encode("utf-16-be"),
        "id: a\n".encode("utf-32"),
        "id: a\n".encode("utf-32-be"),
    ],
)
def test_utf_16_and_utf_32_are_refused(data: bytes) -> None:
    document = Document("x.yaml", data)
    assert [fault.name for fault in document.faults] == ["not-utf-8"]
    assert "UTF-16" in document.faults[0].message
    assert document.value is None


def test_latin_1_is_refused_at_its_first_byte() -> None:
    document = Document("x.yaml", "id: a\ntitle: B\u00e9zard \u00e9\n".encode("latin-1"))
    assert [fault.name for fault in document.faults] == ["not-utf-8"]
    assert document.faults[0].where == (2, 9, 2, 10)
    assert "0xE9" in document.faults[0].message
    assert document.line(2).startswith("title: B")


def test_a_byte_order_mark_is_refused_and_the_rest_is_read() -> None:
    document = Document("x.yaml", b"\xef\xbb\xbfid: a\nid: b\n")
    assert [fault.name for fault in document.faults] == ["forbidden-character", "duplicate-key"]
    assert document.faults[0].where == (1, 1, 1, 1)
    assert document.faults[1].where == (2, 1, 2, 3)


def test_line_ends_of_windows_are_one_finding_and_lines_are_right() -> None:
    document = Document("x.yaml", b"id: a\r\ntitle: b\r\nid: c\r\n")
    assert [fault.name for fault in document.faults] == ["line-ending", "duplicate-key"]
    assert document.faults[0].where == (1, 6, 1, 7)
    assert document.faults[1].where == (3, 1, 3, 3)
    assert document.line(2) == "title: b"
    assert document.value == {"id": "a", "title": "b"}


def test_a_last_line_without_an_end_is_one_finding() -> None:
    document = Document("x.yaml", b"id: a\ntitle: b")
    assert [fault.name for fault in document.faults] == ["line-ending"]
    assert document.faults[0].where == (2, 9, 2, 9)


def test_line_ends_of_old_macs_are_refused() -> None:
    document = Document("x.yaml", b"id: a\rtitle: b\r")
    assert set(_names(b"id: a\rtitle: b\r")) == {"forbidden-character"}
    assert document.value is None


def test_a_comment_that_cuts_a_sentence_is_told_at_its_sign() -> None:
    document = Document("x.yaml", "t\u00e4xt: no\nb: Patients in group #2 improved\n".encode())
    fault = document.faults[-1]
    assert fault.name == "comment-cuts-text"
    assert fault.where == (2, 22, 2, 23)
    assert _names("title: Trial # 3\n") == ["comment-cuts-text"]


def test_several_mistakes_are_told_in_one_run() -> None:
    text = "id: a\nid: b\ntitle: x\u200by\u202ez\nflag: no\nnote: e\u0301\nflag: 1\nb: Group #1\n"
    assert sorted(_names(text)) == sorted(
        [
            "duplicate-key",
            "forbidden-character",
            "forbidden-character",
            "ambiguous-scalar",
            "not-nfc",
            "duplicate-key",
            "comment-cuts-text",
        ]
    )
    assert Document("x.yaml", text.encode()).value is not None


def test_more_faults_than_anyone_reads_are_counted() -> None:
    document = Document("x.yaml", ("a: " + "\u200b" * 100 + "\n").encode())
    assert len(document.faults) == MOST_ALIKE
    assert document.faults[-1].message.endswith("And 80 more like it follow.")
