"""Show the groups of a study, and what was found in them."""

from collections.abc import Iterator
from typing import Any

from click import style

from curate.page.figures import figures
from curate.page.lines import bullet, heading, said
from curate.wrapping import table


def groups(value: Any, width: int) -> Iterator[str]:
    """Yield a table of groups, the parts of each below it."""
    rows = [["id", "who", "role", "enrolled", "of"]]
    for group in _parts(value):
        rows.append(_group(group, ""))
        rows.extend(_group(part, "· ") for part in _parts(group.get("parts")))
    yield from _shown("groups", rows, width)


def results(key: str, value: Any, width: int) -> Iterator[str]:
    """Yield a table of outcomes or adverse events, and below it what is noted of them."""
    rows = [["id", "what", "group", "at", "of", "found"]]
    notes = []
    for result in _parts(value):
        first = said(result["follow_up_from"]) + " to " if "follow_up_from" in result else ""
        when = first + _cell(result, "follow_up") or _cell(result, "time_frame")
        what = _cell(result, "title") + _cell(result, "measure", " [{}]")
        what += _cell(result, "quantity", " ({})").replace("-", " ")
        analysed = "" if "count" in result else _cell(result, "analysed")
        row = [_cell(result, "id"), what, _cell(result, "group"), when, analysed, figures(result)]
        rows.append(row)
        if "note" in result:
            notes.append(f"{_cell(result, 'id')}: {said(result['note'])}")
    yield from _shown(key, rows, width)
    for note in notes:
        yield from bullet(note, width)


def _shown(key: str, rows: list[list[str]], width: int) -> Iterator[str]:
    if len(rows) > 1:
        yield from heading(key)
        head, *body = table(rows, width)
        yield style(head, dim=True)
        yield from body


def _group(group: dict[str, Any], mark: str) -> list[str]:
    counted = _cell(group, "counted", " {}")
    return [
        mark + _cell(group, "id"),
        _cell(group, "label"),
        _cell(group, "role"),
        _cell(group, "enrolled") + counted,
        _cell(group, "within"),
    ]


def _cell(part: dict[str, Any], key: str, form: str = "{}") -> str:
    return form.format(said(part[key])) if key in part else ""


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the sets of fields of what should be a list of them."""
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict))
