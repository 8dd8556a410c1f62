"""Write a text over several lines, as YAML's literal and folded blocks."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from curate.characters import FORBIDDEN

_HEADER: Final = re.compile(r"[|>](?:([1-9])|[-+])*")
_INDICATOR: Final = 2


def stays_block(text: str, style: str) -> bool:
    """Tell whether a text is written as a block, by its lines and how it was written before."""
    if not text.strip(" \n") or FORBIDDEN.search(text):
        return False
    if style in {"|", ">"}:
        return True
    lines = text.removesuffix("\n").split("\n")
    framed = len(lines) > 1 and lines[0] != "" and lines[-1] != ""
    return framed and all(line == line.strip() for line in lines)


def block(text: str, source: list[str], outer: int, indent: int) -> Iterator[str]:
    """Yield the header of a block and its lines.

    `source` holds the text's lines from where it was read on, the first from the text's start;
    `outer` is the indentation of the list or mapping that held it there, `indent` the one to write
    its lines with.
    """
    header = _HEADER.match(source[0])
    written = header.group() if header is not None else "|"
    if header is not None and written.startswith(">"):
        lines = _as_broken(source[1:], outer + int(header.group(1)) if header.group(1) else None)
    else:
        lines = text.rstrip("\n").split("\n")
    ends = len(text) - len(text.rstrip("\n"))
    chomp = "-" if ends == 0 else "+" if ends > 1 or "+" in written else ""
    # Without an indicator the first line that is not empty would tell the indentation.
    first = next(line for line in lines if line)
    indicator = str(_INDICATOR) if first.startswith(" ") else ""
    yield f"{written[0]}{indicator}{chomp}"
    yield from (" " * indent + line if line else "" for line in lines)
    yield from [""] * (ends - 1)


def _as_broken(rows: list[str], indent: int | None) -> list[str]:
    """Return the lines of a folded block as they were broken, without their indentation."""
    if indent is None:
        first = next(row for row in rows if row.strip(" "))
        indent = len(first) - len(first.lstrip(" "))
    margin = " " * indent
    inside = takewhile(lambda row: row.startswith(margin) or not row.strip(" "), rows)
    lines = [unicodedata.normalize("NFC", row[indent:]) for row in inside]
    while lines[-1] == "":
        lines.pop()
    return lines
