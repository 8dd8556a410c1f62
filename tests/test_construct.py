"""A record is made as pydantic makes it, where its schema has found it right."""

import pickle
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from curate.config import Config
from curate.construct import NotTheModelsError, _convert, construct
from curate.entry import kind_of
from curate.interpret import _judge
from curate.kinds import KINDS
from curate.pipeline import load
from curate.record import Part
from curate.source import find
from full_corpus import full_values
from generated import spoilt, valid

ROOT = Path(__file__).parents[1]


def _same(one: Any, other: Any) -> None:
    """Assert that two values are the same in class, order, text and all that pydantic keeps."""
    assert type(one) is type(other)
    if isinstance(one, Part):
        assert one.__pydantic_fields_set__ == other.__pydantic_fields_set__
        assert one.__pydantic_extra__ == other.__pydantic_extra__
        assert one.__pydantic_private__ == other.__pydantic_private__
        assert [*vars(one)] == [*vars(other)]
        _same([*vars(one).values()], [*vars(other).values()])
        assert one == other
    elif isinstance(one, list | tuple):
        assert len(one) == len(other)
        for mine, theirs in zip(one, other, strict=True):
            _same(mine, theirs)
    else:
        assert repr(one) == repr(other)


def _hold_against_pydantic(kind: str, value: Any) -> None:
    if not _judge(kind).is_valid(value):
        return
    try:
        expected = KINDS[kind].model_validate(value)
    except ValidationError:
        with pytest.raises(NotTheModelsError):
            construct(KINDS[kind], value)
        return
    made = construct(KINDS[kind], value)
    _same(made, expected)
    assert pickle.loads(pickle.dumps(made)) == expected  # noqa: S301 - our own


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
    assert _judge(kind).is_valid(value)
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
