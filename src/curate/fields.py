"""Find values in a record by how their fields are marked, such as with `RefTo`.

A field that a kind gains later is found without a change here.
"""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

from curate.finding import Where
from curate.record import Part


class Marked(NamedTuple):
    """A value whose field is marked: where it stands, itself, and its mark."""

    where: Where
    value: Any
    mark: Any


def marked(part: Part, mark: type, where: Where = ()) -> Iterator[Marked]:
    """Yield the values of a record whose fields carry a mark of this class, in field order.

    A list's items are yielded one by one; a field that is not filled in is left out.
    """
    for step in _steps(type(part), mark):
        value = getattr(part, step.field)
        items: Any = enumerate(value) if step.listed else ((None, value),)
        for index, item in items:
            if item is None:
                continue
            here = (*where, step.field) if index is None else (*where, step.field, index)
            if step.mark is not None:
                yield Marked(here, item, step.mark)
            else:
                yield from marked(item, mark, here)


class _Step(NamedTuple):
    """A field that is marked, or whose parts have fields that are."""

    field: str
    listed: bool
    mark: Any


@cache
def _steps(model: type[Part], mark: type) -> tuple[_Step, ...]:
    """Return which fields of a part lead to marked values; found once for each class."""
    hints = get_type_hints(model, include_extras=True)
    found = (_step(field, hints[field], mark) for field in model.model_fields)
    return tuple(step for step in found if step is not None)


def _step(field: str, hint: Any, mark: type) -> _Step | None:
    inside = list(_inside(hint))
    listed = tuple in inside
    for item in inside:
        if isinstance(item, mark):
            return _Step(field, listed, item)
    parts = [item for item in inside if isinstance(item, type) and issubclass(item, Part)]
    return _Step(field, listed, None) if any(_steps(part, mark) for part in parts) else None


def _inside(hint: Any) -> Iterator[Any]:
    """Yield the classes and the marks that a field's annotation is made of."""
    origin = get_origin(hint)
    if origin is None:
        yield hint
    elif origin is Annotated:
        base, *marks = get_args(hint)
        yield from marks
        yield from _inside(base)
    else:
        if origin is tuple:
            yield tuple
        for inner in get_args(hint):
            yield from _inside(inner)
