"""The guards of the shape: one verdict from three judges, and a place and a help for every error.

The parts are the source of the schemas, and the schemas judge. With data made from the schemas,
valid and spoilt, pydantic, which reads the same annotations, must agree.
"""

import json
import re
from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from referencing.exceptions import Unresolvable

from curate import judge as judging
from curate.config import Config
from curate.corpus import Corpus, Entry
from curate.document import Document
from curate.explain import explain
from curate.explain.verdict import Refused, _Validator, _validator, refused
from curate.fault import Fault
from curate.interpret import interpret
from curate.judge import judge
from curate.kinds import KINDS
from curate.pipeline import check
from curate.published import schema
from curate.rules import all_rules
from generated import spoilt, valid
from pydantic_models import model_of

GENERATED = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)

# One verdict ----------------------------------------------------------------------------------


def _types(kind: str, value: Any) -> bool:
    try:
        model_of(KINDS[kind]).model_validate(value)
    except ValidationError:
        return False
    return True


def _judges(kind: str, value: Any) -> bool:
    verdict: bool = judge(kind).is_valid(value)
    return verdict


def _holds_null(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(map(_holds_null, value.values() if isinstance(value, dict) else value))
    return value is None


def _whole_with_a_point(value: Any) -> bool:
    """Tell whether a value holds 7.0: a whole number to JSON Schema, a misprint to us."""
    if isinstance(value, dict | list):
        items = value.values() if isinstance(value, dict) else value
        return any(_whole_with_a_point(item) for item in items)
    return isinstance(value, Decimal) and value == value.to_integral_value()


@pytest.mark.parametrize("kind", KINDS)
@GENERATED
@given(data=st.data())
def test_what_the_schema_allows_is_read_as_a_record(kind: str, data: st.DataObject) -> None:
    value = data.draw(valid(kind))
    assert _judges(kind, value)
    assert not list(refused(kind, value))
    assert _types(kind, value)


@pytest.mark.parametrize("kind", KINDS)
@GENERATED
@given(data=st.data())
def test_three_judges_give_one_verdict_on_spoilt_records(kind: str, data: st.DataObject) -> None:
    value = data.draw(spoilt(kind))
    # An optional field is None in Python where the record leaves it out; a record never says null.
    assume(not _holds_null(value))
    typed = _types(kind, value)
    assert typed is not any(True for _ in refused(kind, value))
    if not _whole_with_a_point(value):
        assert _judges(kind, value) is typed


@pytest.mark.parametrize("kind", KINDS)
@GENERATED
@given(data=st.data())
def test_every_error_is_explained_with_help(kind: str, data: st.DataObject) -> None:
    value = data.draw(spoilt(kind))
    faults = explain(kind, value)
    assert bool(faults) is bool(list(refused(kind, value)))
    known = {rule.name for rule in all_rules()}
    for fault in faults:
        assert fault.name in known
        assert fault.message.strip()
        assert fault.help.strip(), fault
    places = [fault.where for fault in faults]
    assert len(places) == len(set(places))


def _text(value: Any) -> str:
    """Write a value as JSON, which our reader takes for YAML, one field a line."""
    return json.dumps(value, indent=1, ensure_ascii=False, default=float) + "\n"


@pytest.mark.parametrize("kind", KINDS)
@GENERATED
@given(data=st.data())
def test_every_error_stands_at_a_place_that_the_text_has(kind: str, data: st.DataObject) -> None:
    document = Document("x.yaml", _text(data.draw(spoilt(kind))).encode())
    assume(document.value is not None)
    record, faults = interpret(kind, document)
    shape = [fault for fault in faults if fault not in document.faults]
    assert (record is None) is bool(shape)
    for fault in shape:
        _stands_in(document, fault)


def _stands_in(document: Document, fault: Fault) -> None:
    where = fault.where
    assert isinstance(where, tuple)
    if fault.name == "missing-field":
        # What is missing is told at what should hold it.
        where = where[:-1]
    if where:
        assert where in document.places, fault
        assert document.span(where).line == document.places[where].value.line or isinstance(
            document.get(where), dict | list
        )
    lines = document.text.split("\n")
    for span in (document.span(fault.where), document.key_span(where)):
        assert 1 <= span.line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1


def test_a_count_with_a_decimal_point_is_an_error_and_no_crash() -> None:
    text = (
        "id: x\ntitle: X\nstatus: draft\ndesign: survey\nscreened: 7.0\n"
        "adverse_events_reported: not-reported\n"
    )
    document = Document("x.yaml", text.encode())
    assert _judges("study", document.value)
    record, faults = interpret("study", document)
    assert record is None
    assert [(fault.name, fault.help) for fault in faults] == [("wrong-type", "Write 7.")]


@pytest.mark.parametrize("faults", [(Fault("no-such-rule", (), "It is wrong."),), ()])
def test_what_no_rule_would_say_is_a_bug_and_never_a_clean_record(
    faults: tuple[Fault, ...],
) -> None:
    entry = Entry("records/studies/a.yaml", "study", Document("a", b"id: a\n"), None, faults)
    with pytest.raises(LookupError, match="no rule says so"):
        check(Corpus([entry], Config(name="test")))


# Engines --------------------------------------------------------------------------------------

PATTERNS = sorted(
    set(
        re.findall(
            r'"pattern": ("(?:[^"\\]|\\.)*")', "".join(json.dumps(schema(kind)) for kind in KINDS)
        )
    )
)


@pytest.mark.parametrize("pattern", [json.loads(pattern) for pattern in PATTERNS])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_pattern_means_the_same_in_python_and_in_rust(pattern: str, data: st.DataObject) -> None:
    near = st.from_regex(pattern) | st.text(max_size=12) | st.sampled_from(["", "\n", "a\n", "٣"])
    end = st.sampled_from(["", "\n", "\r", "\u2028", "\u017f", "x"])
    text = data.draw(near) + data.draw(end)
    node = {"type": "string", "pattern": pattern}
    rust = jsonschema_rs.Draft202012Validator(node).is_valid(text)
    assert _Validator(node).is_valid(text) is rust


@pytest.mark.parametrize("address", ["https://example.org/x.json", "file:///etc/passwd", "x.json"])
def test_no_schema_is_fetched(address: str) -> None:
    node = {"$ref": address}
    with pytest.raises(jsonschema_rs.ValidationError, match="is not present in a registry"):
        jsonschema_rs.Draft202012Validator(node, retriever=judging._refuse)  # noqa: SLF001
    with pytest.raises(Unresolvable):
        _validator("study").evolve(schema=node).is_valid(1)


def test_an_explanation_knows_the_fields_beside_a_value() -> None:
    value = {
        "id": "x",
        "title": "X",
        "status": "draft",
        "design": "survey",
        "adverse_events_reported": "not-reported",
        "outcomes": [{"id": "a", "title": "A", "group": "all", "ci": {"level": 95, "low": "x"}}],
    }
    found: dict[str, Refused] = {one.keyword: one for one in refused("study", value)}
    assert "low" in found["type"].around[-1]["properties"]
    assert "outcomes" in found["type"].around[0]["properties"]
