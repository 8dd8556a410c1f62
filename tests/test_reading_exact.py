"""What is written is what is read, where it is said to stand; for all texts and all bytes."""

import json
from decimal import Decimal
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from curate.characters import FORBIDDEN
from curate.document import Document, Value, number_text
from curate.finding import Span, Where
from curate.printable import printable

_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Co", "Cn", "Zl", "Zp")),
    max_size=12,
).filter(lambda text: not FORBIDDEN.search(text))
_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=9999, places=2),
    _TEXT,
)
_KEYS = st.from_regex(r"[a-z][a-z_]{0,5}", fullmatch=True)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_KEYS, inner, max_size=4)),
    max_leaves=12,
)
_RECORDS = st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=5)


def _write(value: Any, indent: str = "") -> str:
    """Write a value as YAML in blocks: every text in quotes, every number as it is printed."""
    if isinstance(value, dict) and value:
        return "".join(
            f"\n{indent}{_key(key)}:{_write(item, indent + '  ')}" for key, item in value.items()
        )
    if isinstance(value, list) and value:
        return "".join(f"\n{indent}-{_write(item, indent + '  ')}" for item in value)
    if isinstance(value, Decimal):
        return f" {value:f}"
    return f" {json.dumps(value, ensure_ascii=False)}"


def _key(key: str) -> str:
    return json.dumps(key)


def _leaves(value: Any, where: Where = ()) -> list[tuple[Where, Any]]:
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in _leaves(item, (*where, key))]
    if isinstance(value, list):
        return [leaf for index, item in enumerate(value) for leaf in _leaves(item, (*where, index))]
    return [(where, value)]


def _slice(document: Document, span: Span) -> str:
    assert span.line == span.end_line
    return document.line(span.line)[span.column - 1 : span.end_column - 1]


def _exactly(value: Any) -> Any:
    """Tell apart what Python calls equal: 1, 1.0 and true."""
    if isinstance(value, dict):
        return {key: _exactly(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_exactly(item) for item in value]
    return (type(value).__name__, number_text(value) if _is_number(value) else value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _read(text: str) -> Document:
    return Document("x.yaml", text.encode())


@given(_RECORDS)
def test_what_is_written_is_what_is_read(record: dict[str, Value]) -> None:
    document = _read(_write(record).removeprefix("\n") + "\n")
    assert _exactly(document.value) == _exactly(record)


@given(_RECORDS)
def test_json_is_read_as_it_is(record: dict[str, Value]) -> None:
    plain = json.loads(json.dumps(record, default=str))
    document = _read(json.dumps(plain, ensure_ascii=False) + "\n")
    assert document.value == plain


@given(_RECORDS)
@example({"a": ["ü", "\U0001d4b3 é", {"b": "ä", "c": Decimal("4.30")}]})
def test_every_leaf_has_a_place_and_its_text_stands_there(record: dict[str, Value]) -> None:
    document = _read(_write(record).removeprefix("\n") + "\n")
    for where, value in _leaves(record):
        place = document.places[where]
        assert _slice(document, place.value) == _write(value).strip()
        key = where[-1]
        if isinstance(key, str):
            assert place.key is not None
            assert _slice(document, place.key) == _key(key)
        assert document.span(where) == place.value
        assert document.get(where) == value


@given(_RECORDS)
def test_a_container_is_pointed_at_on_one_line(record: dict[str, Value]) -> None:
    document = _read(_write(record).removeprefix("\n") + "\n")
    for where in document.places:
        span = document.span(where)
        assert span.line == span.end_line
        assert 1 <= span.column <= span.end_column <= len(document.line(span.line)) + 1


@given(st.binary(max_size=200))
@example(b"\xff\xfei\x00d\x00")
@example(b"\x00\x00\xfe\xff")
@example(b"\xc3")
@example(b"\xef\xbb\xbf")
@example(b"a: \xed\xa0\x80")
def test_any_bytes_give_a_value_or_a_fault(data: bytes) -> None:
    _gives_a_value_or_a_fault(data)


_MARKUP = st.lists(
    st.sampled_from(
        [
            *"abc:-?,[]{}#&*!|>'\"%@`\n\t\r 01._/\\<=~^()é\u0301\u200b\u2028\ufeff\x00\x85α“”¼",
            ": ",
            "- ",
            "\n  ",
            "\n- ",
            "id: a\n",
            "---\n",
            "...\n",
            "<<: ",
            "\\u200b",
            "<<<<<<< ",
        ]
    ),
    max_size=30,
).map("".join)


@given(st.one_of(st.text(max_size=100), _MARKUP))
@example("\uffff")
@example("a: \ud7ff\ufffe")
@example("? a\n: b\n")
@example("? [a]\n: b\n")
@example("{[a]: b}")
@example("- ")
@example(": ")
@example("\r")
@example("---\n---\n")
@example("---\n#")
@example("|\n0")
@example("!!map {a: 1}")
@example('"\\')
@example("\x00")
def test_any_text_gives_a_value_or_a_fault(text: str) -> None:
    _gives_a_value_or_a_fault(text.encode("utf-8", "surrogatepass"))


def _gives_a_value_or_a_fault(data: bytes) -> None:
    document = Document("x.yaml", data)
    assert document.value is not None or document.faults
    for fault in document.faults:
        span = document.span(fault.where)
        assert 1 <= span.line <= span.end_line <= document.text.count("\n") + 1
        assert 1 <= span.column <= len(document.line(span.line)) + 1
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert fault.message.endswith((".", "?", "`"))
        assert printable(fault.message) == fault.message
        assert fault.help
