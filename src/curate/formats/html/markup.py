"""Write HTML: what is not markup is escaped, and every tag that is opened is closed."""

from collections.abc import Iterable
from html import escape
from typing import TypeAlias


class Html(str):
    """Markup, which is written as it is; any other text is escaped where it is put in."""

    __slots__ = ()


Inside: TypeAlias = "str | Iterable[Inside] | None"
"""What stands in a tag: text, markup, several of either, or nothing."""

_VOID = frozenset({"br", "hr", "input", "link", "meta", "wbr"})


def tag(name: str, /, *inside: Inside, **attributes: str | int | bool | None) -> Html:
    """Return an element.

    Of an attribute's name, an underscore at the end is taken off (`class_`), any other becomes a
    hyphen (`data_label`). One that is None or False is left out, one that is True has no value.
    """
    opened = f"<{name}{''.join(map(_attribute, attributes.items()))}>"
    return Html(opened if name in _VOID else f"{opened}{_written(inside)}</{name}>")


def join(*inside: Inside, by: str = "") -> Html:
    """Return several pieces in a row; those that are nothing are left out."""
    pieces = (_written(piece) for piece in inside)
    return Html(_written(by).join(piece for piece in pieces if piece))


def _attribute(item: tuple[str, str | int | bool | None]) -> str:
    name, value = item
    if value is None or value is False:
        return ""
    written = name.rstrip("_").replace("_", "-")
    return f" {written}" if value is True else f' {written}="{_escaped(str(value))}"'


def _written(inside: Inside) -> str:
    if isinstance(inside, Html):
        return inside
    if isinstance(inside, str):
        return _escaped(inside)
    return "" if inside is None else "".join(map(_written, inside))


def _escaped(text: str) -> str:
    """Escape a text; a browser would make a line feed of a carriage return that stands bare."""
    return escape(text).replace("\r", "&#13;")
