"""Find values in a record by how their fields are marked, such as with `RefTo`.

A field that a kind gains later is found without a change here.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from curate.finding import Where
from curate.part import Part

Marks = type | tuple[type, ...]
"""A class of marks, or several."""


class Marked(NamedTuple):
    """A value whose field is marked: where it stands, itself, and its mark."""

    where: Where
    value: Any
    mark: Any


def marked(part: Part, mark: Marks) -> list[Marked]:
    """Return the values of a record whose fields carry a mark of such a class, in field order.

    A list's items are found one by one; a field that is not filled in is left out.
    """
    found: list[Marked] = []
    _gather(vars(part), _steps(type(part), mark), (), found)
    return found


def _gather(
    given: dict[str, Any], steps: tuple["_Step", ...], where: Where, found: list[Marked]
) -> None:
    for field, listed, mark, below in steps:
        value = given.get(field)
        if value is None:
            continue
        items: Any = enumerate(value) if listed else ((None, value),)
        for index, item in items:
            if mark is not None:
                found.append(Marked(_place(where, field, index), item, mark))
                continue
            inner, leading = below[type(item)]
            inside = vars(item)
            if not leading.isdisjoint(inside):  # most parts have none of these fields
                _gather(inside, inner, _place(where, field, index), found)


def _place(where: Where, field: str, index: int | None) -> Where:
    return (*where, field) if index is None else (*where, field, index)


def written(model: type[Part], value: Any, mark: type, where: Where = ()) -> Iterator[Marked]:
    """Yield likewise from a value as it is written, leaving out what has not its field's shape.

    So a record that is refused elsewhere is still known to speak of others.
    """
    if not isinstance(value, dict):
        return
    for step in _steps(model, mark):
        found = value.get(step.field)
        items: Any = ((None, found),)
        if step.listed:
            items = enumerate(found) if isinstance(found, list) else ()
        for index, item in items:
            here = _place(where, step.field, index)
            if step.mark is not None:
                if isinstance(item, str | int) and not isinstance(item, bool):
                    yield Marked(here, item, step.mark)
            else:
                yield from _once(written(part, item, mark, here) for part in step.below)


def marks_at(model: type[Part], where: Where) -> tuple[Any, ...]:
    """Return the marks of the field that a place is in, whether or not anything stands there."""
    models = [model]
    marks: list[Any] = []
    for step in where:
        if isinstance(step, int):
            continue
        found = [part.fields[step] for part in models if step in part.fields]
        inside = [item for hint in found for item in _inside(hint)]
        marks = [item for item in inside if not isinstance(item, type)]
        models = [item for item in inside if isinstance(item, type) and issubclass(item, Part)]
    return tuple(marks)


def _once(found: Iterable[Iterator[Marked]]) -> Iterator[Marked]:
    """Yield each place once, where a part may be one of several classes with the same field."""
    seen: set[Where] = set()
    for one in chain.from_iterable(found):
        if one.where not in seen:
            seen.add(one.where)
            yield one


class _Step(NamedTuple):
    """A field that is marked, or whose parts have fields that are."""

    field: str
    listed: bool
    mark: Any
    below: Mapping[type[Part], tuple[tuple["_Step", ...], frozenset[str]]]
    """The classes that such a part may be of, each with its own steps and the fields of these."""


@cache
def _steps(model: type[Part], mark: Marks) -> tuple[_Step, ...]:
    """Return which fields of a part lead to marked values; found once for each class."""
    known = model.fields
    found = (_step(field, known[field], mark) for field in known)
    return tuple(step for step in found if step is not None)


def _step(field: str, hint: Any, mark: Marks) -> _Step | None:
    inside = list(_inside(hint))
    listed = tuple in inside
    for item in inside:
        if isinstance(item, mark):
            return _Step(field, listed, item, {})
    parts = [item for item in inside if isinstance(item, type) and issubclass(item, Part)]
    below = {part: _steps(part, mark) for part in parts}
    if not any(below.values()):
        return None
    leading = {part: frozenset(step.field for step in steps) for part, steps in below.items()}
    return _Step(field, listed, None, {part: (below[part], leading[part]) for part in parts})


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
