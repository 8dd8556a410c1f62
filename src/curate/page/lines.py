"""The lines that fields are shown in."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from click import style

from curate.document import number_text
from curate.printable import columns, printable
from curate.wrapping import wrapped

_STEP = 2
_NAMES = {"pmid": "PMID", "doi": "DOI", "pmcid": "PMCID", "follow_up": "follow-up"}


def heading(text: str) -> Iterator[str]:
    """Yield an empty line, and the title of what follows."""
    yield ""
    yield style(named(text), bold=True)


def named(key: str) -> str:
    """Write a field's name as words: `adverse_events` is Adverse events."""
    words = _NAMES.get(key) or printable(key).replace("_", " ")
    return words[:1].upper() + words[1:]


def facts(fields: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield fields with short values, each name before its value, the values in one column."""
    if fields:
        yield ""
    labels = {key: named(key) for key in fields}
    margin = min(max(map(columns, labels.values()), default=0), width // 3) + _STEP
    for key, item in fields.items():
        lines = wrapped(said(item), width - margin) or [""]
        label = labels[key]
        if columns(label) > margin - _STEP:
            yield style(label, dim=True)
            label = ""
        yield style(label, dim=True) + " " * (margin - columns(label)) + lines[0]
        yield from (" " * margin + line for line in lines[1:])


def entries(items: Any, width: int) -> Iterator[str]:
    """Yield the entries of a list, one after the other."""
    for item in items:
        yield from bullet(said(item), width)


def bullet(text: str, width: int, indent: int = 0) -> Iterator[str]:
    """Yield a text with a dash before it, its further lines below its first word."""
    margin = " " * (indent + _STEP)
    for number, line in enumerate(wrapped(text, width - len(margin))):
        yield (margin if number else f"{' ' * indent}- ") + line


def said(item: Any) -> str:
    """Write any value on one line, safe to print."""
    if isinstance(item, dict):
        return ", ".join(f"{printable(key).replace('_', ' ')} {said(item[key])}" for key in item)
    if isinstance(item, list):
        return ", ".join(map(said, item))
    if isinstance(item, bool):
        return "yes" if item else "no"
    if isinstance(item, int | Decimal):
        return number_text(item)
    return "nothing" if item is None else printable(" ".join(str(item).split()))
