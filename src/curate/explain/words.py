"""Show values and choices in a sentence."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from curate.document import number_text
from curate.printable import printable
from curate.quoting import scalar

_SHOWN, _WRITTEN = 60, 300


def shown(value: Any) -> str:
    """Show a value briefly, to begin a sentence with."""
    if isinstance(value, dict):
        return "A set of fields"
    if isinstance(value, list):
        return "A list"
    if value is None:
        return "Nothing"
    return f"`{short(_plain(value))}`"


def short(text: str) -> str:
    """Return the beginning of a text, safe to print."""
    return printable(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def written(value: Any, before: str = "") -> str:
    """Return how a value is written in a record, after a field name if there is one."""
    text = scalar(value) if isinstance(value, str) else _plain(value)
    return f"`{before}{text if len(text) <= _WRITTEN else '…'}`"


def listed(choices: Iterable[str]) -> str:
    """List names for a sentence."""
    return ", ".join(f"`{choice}`" for choice in choices)


def one_of(choices: Iterable[str]) -> str:
    """List names to choose from: `a`, `b` or `c`."""
    return _joined(choices, " or ")


def all_of(names: Iterable[str]) -> str:
    """List names that all belong: `a`, `b` and `c`."""
    return _joined(names, " and ")


def sentences(*parts: str) -> str:
    """Join what is not empty."""
    return " ".join(part for part in parts if part)


def _joined(names: Iterable[str], last: str) -> str:
    quoted = [f"`{name}`" for name in names]
    return last.join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, int | Decimal) else str(value)
