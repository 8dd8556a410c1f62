"""Values that have no parts: what JSON writes them as, and the form that R5 gives them."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from curate.document import number_text

# How JSON writes a primitive type; all others are texts.
_WHOLE = frozenset({"integer", "positiveInt", "unsignedInt"})
_FORBIDDEN = re.compile("[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\ud800-\udfff]")
_ANYTHING = r"^[\s\S]+$"

Check = Callable[[Any], str | None]


def primitive_check(name: str, limits: Mapping[str, Any]) -> Check:
    """Return a function that says what is wrong with a value of a primitive type, if anything."""
    if name == "boolean":
        return lambda value: None if isinstance(value, bool) else "is not true or false"
    regex = re.compile(limits["regex"]) if limits["regex"] else None
    if name in _WHOLE or name == "decimal":
        return _number_check(name, regex)
    if regex is not None and regex.pattern == _ANYTHING:
        regex = None
    return _text_check(name, regex, limits.get("longest"))


def _number_check(name: str, regex: re.Pattern[str] | None) -> Check:
    kinds: Any = int if name in _WHOLE else int | Decimal

    def check(value: Any) -> str | None:
        if isinstance(value, bool) or not isinstance(value, kinds):
            return f"is not a number of type {name}"
        if isinstance(value, Decimal) and not value.is_finite():
            return "is not a finite number"
        if regex is not None and not regex.fullmatch(number_text(value)):
            return f"is not written as a {name}"
        return None

    return check


def _text_check(name: str, regex: re.Pattern[str] | None, longest: int | None) -> Check:
    def check(value: Any) -> str | None:
        if not isinstance(value, str):
            return f"is not a text, which a {name} is"
        if not value or value.isspace():
            return "is blank"
        if regex is not None and not regex.fullmatch(value):
            return f"is not written as a {name}"
        if longest is not None and len(value) > longest:
            return f"is longer than {longest} characters"
        # A text of nothing but ASCII that can be printed holds none of them.
        if value.isascii() and value.isprintable():
            return None
        return "holds a character that no text may hold" if _FORBIDDEN.search(value) else None

    return check
