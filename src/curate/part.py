"""A piece of a record, as the rest of the program handles it.

What a part is made of is said by its annotations alone. They are read into the published schemas
(`json_schema.py`), which judge; a part is only ever made of a value that its schema has found right
(`construct.py`). So it carries no validators, and costs little more than the value itself: most of
what checking does is to look at fields.
"""

from collections.abc import Iterator, KeysView
from functools import cache
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Literal,
    NoReturn,
    Self,
    TypeVar,
    get_origin,
    get_type_hints,
)

PartT = TypeVar("PartT", bound="Part")


class Model(type):
    """A class of parts: which fields they have."""

    @property
    def fields(cls) -> dict[str, Any]:
        """The annotations of the fields by name, in order; those of the base class come first."""
        return _fields(cls)

    def requires(cls, field: str) -> bool:
        """Tell whether a field must be given: it has no default."""
        return not hasattr(cls, field)


@cache
def _fields(model: Model) -> dict[str, Any]:
    found = get_type_hints(model, include_extras=True)
    return {name: hint for name, hint in found.items() if get_origin(hint) is not ClassVar}


class Part(metaclass=Model):
    """A piece of a record: frozen, closed.

    A field that was not given is its default, which stands in the class.
    """

    offered: ClassVar[tuple[str, ...]] = ()
    """Fields that an editor's snippet offers beside those that must be there."""

    @property
    def given(self) -> KeysView[str]:
        """The names of the fields that were given."""
        return self.__dict__.keys()

    def changed(self, **fields: Any) -> Self:
        """Return the part with other values in some of its fields."""
        return made(type(self), {**self.__dict__, **fields})

    if TYPE_CHECKING:

        def __bool__(self) -> Literal[True]:
            """Tell mypy that no part is false; Python knows without asking."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and dict(values(self)) == dict(values(other))

    def __hash__(self) -> int:
        return hash((type(self), *(value for _, value in values(self))))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({said})"

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} is frozen")


def made(model: type[PartT], fields: dict[str, Any]) -> PartT:
    """Make a part of its fields, which it keeps."""
    part: PartT = _new(model)
    _put(part, "__dict__", fields)
    return part


_new: Any = object.__new__
_put = object.__setattr__


def values(part: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a part with their values, in the order of the class, given or not."""
    for name in type(part).fields:
        yield name, getattr(part, name)


def plain(value: Any) -> Any:
    """Return a part as dicts, lists of its parts as tuples; what is not known is left out."""
    if isinstance(value, Part):
        return {name: plain(one) for name, one in values(value) if one is not None}
    return tuple(plain(one) for one in value) if isinstance(value, tuple) else value
