"""Show changes as text, Markdown and JSON."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from curate.changes.change import SECTIONS, Change, Field

_NOTHING = "Nothing that is exported changed."


def as_text(found: list[Change], between: str) -> Iterator[str]:
    """Yield lines for a terminal."""
    yield f"Changes {between}\n"
    for title, changes in _sections(found):
        yield f"\n{title} ({len(changes)})\n"
        for change in changes:
            yield f"  {change.verb}: {change.name}: {change.title}\n"
            for field in change.fields:
                yield f"    {field.name}: {_arrow(field)}\n"
            if change.claims:
                yield f"    claims that rest on it: {', '.join(change.claims)}\n"
    if not found:
        yield f"\n{_NOTHING}\n"


def as_markdown(found: list[Change], between: str) -> Iterator[str]:
    """Yield lines for a page or a comment on a pull request."""
    yield f"# Changes {_escaped(between)}\n"
    for title, changes in _sections(found):
        yield f"\n## {title}\n\n"
        for change in changes:
            yield f"- **{change.verb}** `{change.name}`: {_escaped(change.title)}\n"
            for field in change.fields:
                yield f"  - {_escaped(field.name)}: {_escaped(_arrow(field))}\n"
            if change.claims:
                names = ", ".join(f"`{claim}`" for claim in change.claims)
                yield f"  - claims that rest on it: {names}\n"
    if not found:
        yield f"\n{_NOTHING}\n"


def as_json(found: list[Change], before: str, after: str | None) -> dict[str, Any]:
    """Return an object for programs; what is absent before or after is null."""
    return {
        "version": 1,
        "before": before,
        "after": after,
        "changes": [
            {
                "section": change.section,
                "change": change.verb,
                "record": change.record,
                "part": change.part or None,
                "title": change.title,
                "fields": [field._asdict() for field in change.fields],
                "claims": list(change.claims),
            }
            for change in found
        ],
    }


def _sections(found: Iterable[Change]) -> Iterator[tuple[str, list[Change]]]:
    for section, changes in groupby(found, key=lambda change: change.section):
        yield SECTIONS[section], list(changes)


def _arrow(field: Field) -> str:
    before = "(absent)" if field.before is None else field.before
    after = "(absent)" if field.after is None else field.after
    return f"{before} → {after}"


def _escaped(text: str) -> str:
    """Write text so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(text.split()))
