"""Make a record of a value that its schema has found right, without judging it again.

In one thing a record asks for more than its schema: to a schema 7.0 is a whole number. A field of a
sort that is not known here stops the program before anything can be made wrongly.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from curate.part import Part, PartT, made

Convert = Callable[[Any], Any]


class NotWholeError(ValueError):
    """A number fits its schema, to which 7.0 is whole, and not its field, which takes an int."""


def construct(model: type[PartT], value: dict[str, Any]) -> PartT:
    """Return the part or record that a value of the right shape stands for.

    It may keep the value itself, which nobody may change then.
    """
    return cast("PartT", _maker(model)(value))


@cache
def _maker(model: type[Part]) -> Convert:
    conversions = ((name, _convert(hint)) for name, hint in model.fields.items())
    known = {name: convert for name, convert in conversions if convert is not None}
    whole = tuple(name for name, convert in known.items() if convert is _whole)
    special = {name: convert for name, convert in known.items() if convert is not _whole}
    names = special.keys()

    def make(value: dict[str, Any]) -> Part:
        for name in whole:
            if value.get(name).__class__ is Decimal:
                raise NotWholeError
        if names.isdisjoint(value):
            return made(model, value)
        fields = value.copy()
        for name, item in value.items():
            if name in special:
                fields[name] = special[name](item)
        return made(model, fields)

    return make


def _convert(hint: Any) -> Convert | None:
    """Return what to do with a value of a field, or None where it stays as it is."""
    leaves = set(_leaves(hint))
    parts = [leaf for leaf in leaves if isinstance(leaf, type) and issubclass(leaf, Part)]
    lists = [leaf for leaf in leaves if get_origin(leaf) is tuple]
    plain = leaves - {*parts, *lists}
    if not plain <= _PLAIN or len(lists) > 1 or (parts and (lists or plain - {NoneType})):
        raise TypeError(f"how to make {hint} of a value is not known")
    if lists:
        return _list(_convert(get_args(lists[0])[0]))
    if parts:
        return _maker(parts[0]) if len(parts) == 1 else _one_of(parts)
    return _whole if int in plain and Decimal not in plain else None


_PLAIN = {str, int, bool, Decimal, NoneType}


def _leaves(hint: Any) -> list[Any]:
    """Return the classes that a value of a field may be of; a list is a tuple[…]."""
    origin = get_origin(hint)
    if origin is Annotated:
        return _leaves(get_args(hint)[0])
    if origin in {Union, UnionType}:
        return [leaf for one in get_args(hint) for leaf in _leaves(one)]
    if origin is Literal:
        return [type(one) for one in get_args(hint)]
    return [hint]


def _one_of(parts: list[type[Part]]) -> Convert:
    """Make the part whose own word the value holds, as `system: loinc` is that of a LOINC code."""
    (field,) = set.intersection(*(set(_words(part)) for part in parts))
    makers = {word: _maker(part) for part in parts for word in _words(part)[field]}
    return lambda value: makers[value[field]](value)


def _words(part: type[Part]) -> dict[str, tuple[str, ...]]:
    """Return the fields of a part that are one of a few words, and the words."""
    return {
        name: get_args(hint) for name, hint in part.fields.items() if get_origin(hint) is Literal
    }


def _list(convert: Convert | None) -> Convert:
    def make(value: Any) -> Any:
        if value.__class__ is not list:
            return value
        return tuple(value) if convert is None else tuple([convert(item) for item in value])

    return make


def _whole(value: Any) -> Any:
    """Return a number as it is; to a JSON Schema 7.0 is a whole one, and to a field it is not."""
    if value.__class__ is Decimal:
        raise NotWholeError
    return value
