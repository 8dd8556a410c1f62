"""Laying a record out changes nothing that it says, and the result is stable everywhere."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from curate.canonical import MENDED, canonical, hindrances
from curate.document import Document
from curate.quoting import is_plain, scalar
from untidy import records

many = settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def laid_out(text: str) -> str:
    document = Document("records/studies/x.yaml", text.encode())
    assert not hindrances(document)
    return canonical(document)


def readable(text: str) -> Document | None:
    document = Document("records/studies/x.yaml", text.encode("utf-8", "surrogatepass"))
    return None if hindrances(document) else document


def plain(value: Any) -> Any:
    """Return a value with floats, as other readers have it."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


def yaml_1_1(text: str) -> Any:
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 1)
    return reader.load(text)


OTHER_READERS: list[Callable[[str], Any]] = [
    yaml.safe_load,
    YAML(typ="safe", pure=True).load,
    yaml_1_1,
]


@many
@given(records())
def test_values_and_comments_are_the_same_before_and_after(text: str) -> None:
    document = readable(text)
    if document is not None:
        # canonical() itself reads back what it wrote and refuses where anything differs.
        again = Document("x", canonical(document).encode())
        assert not {fault.name for fault in again.faults} & MENDED


@many
@given(records())
def test_laying_out_twice_is_laying_out_once(text: str) -> None:
    document = readable(text)
    if document is not None:
        once = canonical(document)
        assert laid_out(once) == once


@many
@given(records())
def test_every_reader_of_yaml_reads_what_we_read(text: str) -> None:
    document = readable(text)
    if document is not None:
        written = canonical(document)
        wanted = plain(Document("x", written.encode()).value)
        for read in OTHER_READERS:
            assert repr(read(written)) == repr(wanted)


@settings(max_examples=1000)
@given(st.text(alphabet="0123456789-+.:_,eExXobTZnaN~ yYsS#=<é", min_size=1, max_size=10))
def test_a_text_is_a_text_to_every_reader(text: str) -> None:
    written = f"a:\n  - {scalar(text)}\nb: {scalar(text)}\n"
    for read in OTHER_READERS:
        assert read(written) == {"a": [text], "b": text}


@given(st.text(max_size=20))
def test_any_text_can_be_written_on_one_line(text: str) -> None:
    written = scalar(text)
    assert "\n" not in written
    assert yaml.safe_load(f"a: {written}") == {"a": text}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Relief in 7 of 9", "Relief in 7 of 9"),
        ("12 mo", "12 mo"),
        ("10.1159/000525763", "10.1159/000525763"),
        ("horisawa-2019#recurrence", "horisawa-2019#recurrence"),
        ("p <0.001", "p <0.001"),
        ("2026-11-21", '"2026-11-21"'),
        ("2003-10", '"2003-10"'),
        ("2019", '"2019"'),
        ("no", '"no"'),
        ("null", '"null"'),
        ("2:51", '"2:51"'),
        ("0171", '"0171"'),
        ("E10", '"E10"'),
        ("", '""'),
        ("a: b", '"a: b"'),
        ("group #2", '"group #2"'),
        ("- 5", '"- 5"'),
        ("[sic]", '"[sic]"'),
        ('the "so-called" cure', 'the "so-called" cure'),
        ('"so-called" cure', "'\"so-called\" cure'"),
        ("it's: so", '"it\'s: so"'),
        ("two\nlines", '"two\\nlines"'),
        ("zero\u200bwidth", '"zero\\u200Bwidth"'),
    ],
)
def test_quotes_stand_only_where_they_are_needed(text: str, written: str) -> None:
    assert scalar(text) == written
    assert is_plain(text) == (text == written)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("a:   1\n", "a: 1\n", id="one space after a colon"),
        pytest.param("a:\n- 1\n-   2\n", "a:\n  - 1\n  - 2\n", id="lists below their key"),
        pytest.param("a: [1, 2]\nb: {c: 3}\n", "a:\n  - 1\n  - 2\nb:\n  c: 3\n", id="no brackets"),
        pytest.param("a: []\nb: {}\n", "a: []\nb: {}\n", id="but for what is empty"),
        pytest.param("a:\n    b:\n        c: 1\n", "a:\n  b:\n    c: 1\n", id="two spaces"),
        pytest.param("a: 'x'\nb: \"12\"\n", 'a: x\nb: "12"\n', id="needless quotes"),
        pytest.param("a: 2026-11-21\n", 'a: "2026-11-21"\n', id="dates in quotes"),
        pytest.param("a: 4.30\nb: 0.0\n", "a: 4.30\nb: 0.0\n", id="numbers as printed"),
        pytest.param("\n\na: 1\n\n\n\nb: 2\n\n\n", "a: 1\n\nb: 2\n", id="empty lines"),
        pytest.param("a:\n\n  - 1\n", "a:\n  - 1\n", id="no empty line below a key"),
        pytest.param("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n", id="line feeds"),
        pytest.param("a: 1", "a: 1\n", id="a last line feed"),
        pytest.param("a: cafe\u0301 # re\u0301\n", "a: café # ré\n", id="NFC"),
        pytest.param("a: one\n  two\n", "a: one two\n", id="a text on one line"),
        pytest.param('a: "one\n\n  two"\n', "a: |-\n  one\n  two\n", id="or in a block"),
        pytest.param("a: |\n      x\n\n      y\n\n\nb: 1\n", "a: |\n  x\n\n  y\n\nb: 1\n", id="|"),
        pytest.param("a: >-\n   x\n   y\n", "a: >-\n  x\n  y\n", id="> is not broken anew"),
        pytest.param("a: |+\n  x\n\nb: 1\n", "a: |+\n  x\n\nb: 1\n", id="chomping"),
        pytest.param("---\na: 1\n...\n", "a: 1\n", id="no markers"),
        pytest.param("# s\n\n# t\na: 1   # u\n", "# s\n\n# t\na: 1 # u\n", id="comments"),
        pytest.param("a: [1, # x\n  2] # y\n", "a:\n  - 1 # x\n  - 2 # y\n", id="in brackets"),
        pytest.param("a: [1, 2] # x\n", "a: # x\n  - 1\n  - 2\n", id="after brackets"),
        pytest.param("a:\n  # x\n  1\n", "# x\na: 1\n", id="between key and value"),
        pytest.param("a:\n  - # x\n    b: 1\n", "a:\n  # x\n  - b: 1\n", id="behind a dash"),
        pytest.param("a:\n- 1\n# x\nb: 2\n", "a:\n  - 1\n# x\nb: 2\n", id="of the next field"),
        pytest.param("a:\n    - 1\n    # x\nb: 2\n", "a:\n  - 1\n  # x\nb: 2\n", id="of the list"),
        pytest.param("a: | # x\n  y\n", "# x\na: |\n  y\n", id="above a block"),
        pytest.param("a: 'b c d' # x\n", 'a: "b c d" # x\n', id="a quoted text keeps its comment"),
    ],
)
def test_the_canonical_form(before: str, after: str) -> None:
    assert laid_out(before) == after
    assert laid_out(after) == after


def test_a_long_text_stays_on_its_line() -> None:
    text = f"a: {'relief ' * 60}lasted\n"
    assert laid_out(text) == text


@pytest.mark.parametrize(
    "text", ["a: 1\na: 2\n", "a: &x 1\n", "a: [\n", "", "- 1\n", "a: b\u200bc\n", "12: a\n"]
)
def test_what_cannot_be_read_is_not_laid_out(text: str) -> None:
    assert hindrances(Document("x", text.encode()))


@pytest.mark.no_cover  # 20,000 times the same
def test_a_large_file_is_laid_out_in_bounded_time() -> None:
    rows = "".join(f"  - 'a text' # a comment\n  # {number}\n" for number in range(20_000))
    flow = ", ".join(["'a'"] * 20_000)
    text = f"a:\n{rows}b: [{flow}] # end\n"
    assert laid_out(text).count("#") == 40_001
