"""Both readers of YAML agree: what is read line by line is what the exact reader reads."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from both_readers import read_both
from curate.canonical import canonical, hindrances
from curate.document import Document
from curate.reading import line_by_line
from curate.rule import Rule
from curate.rules import all_rules
from examples import blocks, files_of
from generated import spoilt, valid
from test_hostile_yaml import HOSTILE
from untidy import records
from yaml_text import written

ROOT = Path(__file__).parents[1]
SHIPPED = sorted((ROOT / "records").glob("*/*.yaml"))
ALL = [*SHIPPED, *sorted((ROOT / "tests").rglob("*.y*ml"))]
KINDS = st.sampled_from(["study", "procedure", "condition", "measure", "reference"])


def test_nearly_every_shipped_record_is_read_line_by_line() -> None:
    read = [read_both(path.read_bytes()) for path in SHIPPED]
    assert sum(read) >= 0.95 * len(SHIPPED)


def test_both_readers_agree_on_every_file_of_the_tests() -> None:
    read = [path for path in ALL if read_both(path.read_bytes())]
    assert 0 < len(read) < len(ALL)


@pytest.mark.parametrize("name", HOSTILE)
def test_both_readers_agree_on_hostile_texts(name: str) -> None:
    read_both(HOSTILE[name][0][: 1 << 20])


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_both_readers_agree_on_the_examples_of_rules(rule: Rule) -> None:
    doc = rule.doc
    examples = (*blocks(doc, "Bad:"), *blocks(doc, "Good:"), *blocks(doc, "Fixed:"))
    files = [file for example in examples for file in files_of(example) if file.link is None]
    for file in files:
        read_both(file.data)


@given(KINDS.flatmap(valid))
def test_both_readers_agree_on_records_as_they_are_formatted(value: dict[str, object]) -> None:
    document = Document("x.yaml", written(value).encode())
    if not hindrances(document):
        read_both(canonical(document).encode())


@given(KINDS.flatmap(spoilt))
def test_both_readers_agree_on_records_that_are_wrong(value: dict[str, object]) -> None:
    read_both(written(value).encode())


@given(records())
def test_both_readers_agree_on_records_as_people_write_them(text: str) -> None:
    read_both(text.encode())


_PIECES = st.sampled_from(
    [
        *(
            "a: b",
            "a:",
            "- a",
            "- a: b",
            "- a:",
            "b: 1",
            "c: 4.30",
            "d: -7",
            "  ",
            "    ",
            "\n",
            "\n  ",
        ),
        *(
            "- ",
            ": ",
            " #",
            "#",
            '"',
            "'",
            "\\",
            "|",
            ">",
            "|-",
            "[",
            "]",
            "{",
            "}",
            ",",
            "&a",
            "*a",
        ),
        *(
            "!a",
            "%",
            "@",
            "`",
            "?",
            "? ",
            "---",
            "...",
            "<<",
            "~",
            "null",
            "no",
            "y",
            "true",
            "0171",
        ),
        *("1e3", "-0", "2026-11-21", "2:51", ".5", "+5", "<0.05", "e", "é", "\u201c", "\u2022 a"),
        *(
            "a:b",
            "a#b",
            "a : b",
            "12 mo",
            "x" * 90,
            "9" * 18,
            "\t",
            " ",
            "\u00a0",
            "=",
            "<<<<<<< a",
        ),
        *("=======", ">>>>>>> b", "id: a", "E10", "0x1F", "None", "pmid: 12", "e\u0301", "\u0435a"),
    ]
)


@settings(max_examples=500)
@given(st.lists(_PIECES, max_size=12).map("".join))
def test_both_readers_agree_on_texts_of_odd_pieces(text: str) -> None:
    read_both(f"{text}\n".encode())


@settings(max_examples=500)
@given(st.sampled_from(SHIPPED), st.data())
def test_both_readers_agree_on_records_that_were_mistyped(path: Path, data: st.DataObject) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        number = data.draw(st.integers(0, len(lines) - 1))
        line = lines[number]
        at = data.draw(st.integers(0, len(line)))
        gone = data.draw(st.integers(0, 3))
        lines[number] = line[:at] + data.draw(_PIECES | st.just("")) + line[at + gone :]
    read_both("\n".join(lines).encode())


@pytest.mark.parametrize(
    "text",
    [
        *("a:\n", "a: b:\n", "a: b: c\n", "a: b #c\n", "a: b \n", "a:  b\n", "a : b\n", " a: b\n"),
        *(
            "a: b\n  c\n",
            "a: b\n  c: d\n",
            "a:\n- b\n",
            "a:\n  b: c\n d: e\n",
            "a:\n  - b\n  c: d\n",
        ),
        *("a: |\n  b\n", 'a: "b\\n"\n', "a: [b]\n", "a: {b: c}\n", "a: no\n", "a: ~\n"),
        *("a: b\na: c\n", "a:\n  - b: 1\n    b: 2\n", "no: b\n", "y: b\n", "null: b\n", "- a\n"),
        *(
            "a:\n  - b:c\n",
            "a:\n  -  b\n",
            "a:\n  - - b\n",
            "a: -\n",
            "a: - b\n",
            "a: ? b\n",
            "---\n",
        ),
        *("A: b\n", "a-b: c\n", '"a": b\n', "a: b\tc\n", "a: \u201cb\u201d\n", "# only\n", "\n"),
        *(
            "a: 12345678901234567890\n",
            "a: 2026-11-21\n",
            "a:\n  - b\n    - c\n",
            "a: b\n...\n",
            "a:\n  - \n",
            "a: \n",
        ),
        "a: b\n" + "# c\n" * line_by_line.MAX_LINES,
        "".join(f"{'  ' * n}a:\n" for n in range(30)) + "  " * 30 + "a: b\n",
        "".join(f"{'    ' * n}- a:\n" for n in range(30)),
    ],
)
def test_what_is_laid_out_otherwise_is_left_to_the_exact_reader(text: str) -> None:
    assert line_by_line.read(text) is None


def test_what_each_line_can_be_is_read() -> None:
    text = (
        "# a comment\n\na: b\nb: 4.30\nc: -7\nd: true\ne: null\nf: \"12\"\ng: 'x: ''y'\nh:\n"
        "  # another\n  - i\n  - 3\n  - j: k\n    l:\n      m: w\n\n  - o:\n      - p\nq:\n"
        "  r: 12 mo\n"
    )
    assert read_both(text.encode())
    assert line_by_line.read(text) == {
        "a": "b",
        "b": Decimal("4.30"),
        "c": -7,
        "d": True,
        "e": None,
        "f": "12",
        "g": "x: 'y",
        "h": ["i", 3, {"j": "k", "l": {"m": "w"}}, {"o": ["p"]}],
        "q": {"r": "12 mo"},
    }


def test_what_is_kept_of_lines_is_bounded() -> None:
    for number in range(20_000):
        assert line_by_line.read(f"a: {number}\n") == {"a": number}
    assert len(line_by_line._known) <= line_by_line._MOST_KEPT  # noqa: SLF001 - nobody else can tell
