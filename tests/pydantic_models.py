"""The parts of records as pydantic's models: a second reader of the annotations."""

from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, Strict, create_model

from curate.marks import Shape
from curate.part import Part

_CONFIG = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
_WORDS = {
    "minLength": "min_length",
    "maxLength": "max_length",
    "minItems": "min_length",
    "pattern": "pattern",
    "minimum": "ge",
    "maximum": "le",
    "exclusiveMinimum": "gt",
    "exclusiveMaximum": "lt",
}


@cache
def model_of(part: type[Part]) -> type[BaseModel]:
    """Return the model of a part."""
    fields: dict[str, Any] = {
        name: (_typed(hint), ... if part.requires(name) else getattr(part, name))
        for name, hint in part.fields.items()
    }
    return create_model(part.__name__, __config__=_CONFIG, **fields)


def _typed(hint: Any, bounds: tuple[Any, ...] = ()) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        base, *marks = arguments
        words = [mark.keywords for mark in marks if isinstance(mark, Shape)]
        said = {_WORDS[key]: value for one in words for key, value in one.items() if key in _WORDS}
        return _typed(base, (*bounds, Field(**said)) if said else bounds)
    if origin in {Union, UnionType}:
        return Union[tuple(_typed(one, bounds) for one in arguments)]  # noqa: UP007 - made, not written
    if origin is tuple:
        typed = Annotated[tuple[_typed(arguments[0]), ...], Strict(strict=False)]
    elif isinstance(hint, type) and issubclass(hint, Part):
        typed = model_of(hint)
    else:
        assert origin is Literal or hint in {str, int, bool, Decimal, NoneType}
        typed = hint
    return Annotated[typed, *bounds] if bounds and hint is not NoneType else typed
