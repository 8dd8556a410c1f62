"""Write SVG: elements, escaped texts, and lines of text that fit a width."""

import re
from collections.abc import Mapping
from functools import cache
from html import escape

from curate.printable import printable

Attributes = Mapping[str, str | int | float | None]

_NARROW, _WIDE = frozenset("ijlrtfI.,:;'|!()[]/ -·"), frozenset("mwMW@%—×≥≤")
_MARGIN = 16
_LEAST_WIDE = 0x2E80  # from here on, mostly scripts whose characters are square


def element(name: str, attributes: Attributes, *inside: str) -> str:
    """Return an element; attributes that are None are left out, `_` in names stands for `-`."""
    written = "".join(
        f' {key.replace("_", "-").strip("-")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def text(said: str) -> str:
    """Return a text for the inside of an element: every character shown, none of them markup."""
    return escape(printable(said), quote=False)


def declared(svg: str, style: str) -> bytes:
    """Return an SVG file of a drawing, with its style, its paper and a margin."""
    head, _, rest = svg.partition(">")
    found = re.search(r' viewBox="0 0 ([0-9.]+) ([0-9.]+)" width="[0-9.]+" height="[0-9.]+"', head)
    assert found is not None  # noqa: S101 - as `draw` writes it
    width, height = (float(size) + 2 * _MARGIN for size in found.groups())
    framed = f' viewBox="{-_MARGIN} {-_MARGIN} {width:g} {height:g}"'
    sized = f'{framed} width="{width:g}" height="{height:g}"'
    whole = head.replace(found.group(), sized)
    paper: Attributes = {
        "class": "plot-paper",
        "x": -_MARGIN,
        "y": -_MARGIN,
        "width": width,
        "height": height,
        "fill": "#fff",
    }
    inside = f"<style>{escape(style, quote=False)}</style>{element('rect', paper)}"
    return f"{whole}>{inside}{rest}\n".encode()


def wrapped(said: str, width: float, size: float) -> list[str]:
    """Break a text into lines that fit a width in any common sans-serif font of a size."""
    lines: list[str] = []
    line = ""
    for word in _words(printable(said), width, size):
        joined = f"{line} {word}" if line else word
        if line and length(joined, size) > width:
            lines.append(line)
            joined = word
        line = joined
    return [*lines, line]


def length(said: str, size: float) -> float:
    """Return about how long a text is, rather too long: fonts differ, and DejaVu Sans is wide."""
    return size * sum(map(_em, said))


def _words(said: str, width: float, size: float) -> list[str]:
    """Return a text's words, those that fit no line in pieces."""
    found: list[str] = []
    for word in said.split():
        if length(word, size) <= width:
            found.append(word)
            continue
        piece = ""
        for character in word:
            if length(piece + character, size) > width:
                found.append(piece)
                piece = ""
            piece += character
        found.append(piece)
    return found


@cache
def _em(character: str) -> float:
    if character in _NARROW:
        return 0.42
    if character in _WIDE or ord(character) >= _LEAST_WIDE:
        return 1.0
    return 0.7 if character.isupper() else 0.63


def _attribute(value: str | float) -> str:
    if isinstance(value, str | int):
        return escape(printable(str(value)))
    return f"{round(value, 2):g}"
