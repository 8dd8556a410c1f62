"""Show what is accepted in a record, why, and since when."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from curate.counted import counted
from curate.page.lines import bullet, heading, said


def waivers(value: Any, today: date, width: int) -> Iterator[str]:
    """Yield each waiver with its place, reason, person and age."""
    listed = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    if listed:
        yield from heading("waivers")
    for waiver in listed:
        by = ", ".join(filter(None, [_cell(waiver, "by"), _cell(waiver, "date")]))
        until = f"; until {_cell(waiver, 'until')}" if "until" in waiver else ""
        at = f"{_cell(waiver, 'rule')} at {_cell(waiver, 'at')}"
        old = _age(waiver.get("date"), today)
        yield from bullet(f"{at}: {_cell(waiver, 'reason')} ({by}{old}{until})", width)


def _age(since: Any, today: date) -> str:
    try:
        days = (today - date.fromisoformat(str(since))).days
    except ValueError:
        return ""
    return f", {counted(days, 'day')} ago" if days > 0 else ""


def _cell(waiver: dict[str, Any], key: str) -> str:
    return said(waiver[key]) if key in waiver else ""
