"""A record is made as pydantic makes it, where its schema has found it right."""

import pickle
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from curate.config import Config
from curate.construct import NotWholeError, _convert, construct
from curate.entry import kind_of
from curate.judge import judge
from curate.kinds import KINDS
from curate.part import Part, plain, values
from curate.pipeline import load
from curate.record import Review
from curate.source import find
from full_corpus import full_values
from generated import spoilt, valid
from pydantic_models import model_of

ROOT = Path(__file__).parents[1]


def _same(one: Any, other: Any) -> None:
    """Assert that two values are the same in class, order and text, and were given alike."""
    if isinstance(one, Part):
        assert type(one).__name__ == type(other).__name__
        assert {*one.given} == other.model_fields_set
        assert [*dict(values(one))] == [*vars(other)]
        _same([*dict(values(one)).values()], [*vars(other).values()])
        return
    assert type(one) is type(other)
    if isinstance(one, list | tuple):
        assert len(one) == len(other)
        for mine, theirs in zip(one, other, strict=True):
            _same(mine, theirs)
    else:
        assert repr(one) == repr(other)


def _hold_against_pydantic(kind: str, value: Any) -> None:
    if not judge(kind).is_valid(value):
        return
    try:
        expected = model_of(KINDS[kind]).model_validate(value)
    except ValidationError:
        with pytest.raises(NotWholeError):
            construct(KINDS[kind], value)
        return
    made = construct(KINDS[kind], value)
    _same(made, expected)
    again = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own
    assert again == made
    assert hash(again) == hash(made)


def test_every_shipped_record_is_made_as_pydantic_makes_it() -> None:
    entries = load(find(ROOT), Config(name="made", publish=())).entries
    assert len(entries) > 100
    for entry in entries:
        assert entry.kind is not None
        _hold_against_pydantic(entry.kind, entry.document.value)


@pytest.mark.parametrize("path", full_values())
def test_a_record_with_every_field_is_made_as_pydantic_makes_it(path: str) -> None:
    kind, value = kind_of(path), full_values()[path]
    assert kind is not None
    assert judge(kind).is_valid(value)
    _hold_against_pydantic(kind, value)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_what_the_schema_allows_is_made_as_pydantic_makes_it(
    kind: str, data: st.DataObject
) -> None:
    _hold_against_pydantic(kind, data.draw(valid(kind)))


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_what_the_schema_barely_allows_is_made_as_pydantic_makes_it(
    kind: str, data: st.DataObject
) -> None:
    _hold_against_pydantic(kind, data.draw(spoilt(kind)))


def test_a_field_of_a_sort_that_is_not_known_is_not_made_at_all() -> None:
    for hint in (dict[str, int], Annotated[set[str], "x"], tuple[int, ...] | tuple[str, ...]):
        with pytest.raises(TypeError, match="is not known"):
            _convert(hint)


def test_a_part_is_frozen_and_says_what_it_holds() -> None:
    part = construct(Review, {"by": "Jane Doe", "date": "2026-11-21"})
    assert repr(part) == "Review(by='Jane Doe', date='2026-11-21')"
    with pytest.raises(AttributeError, match="frozen"):
        part.by = "John Doe"
    with pytest.raises(AttributeError, match="frozen"):
        del part.by
    changed = part.changed(by="John Doe")
    assert (part.by, changed.by, changed.orcid) == ("Jane Doe", "John Doe", None)
    assert changed != part
    assert plain(changed) == {"by": "John Doe", "date": "2026-11-21"}
