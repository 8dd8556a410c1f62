"""References as CSL-JSON, which citation processors read."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from curate.corpus import Entry
from curate.kinds.reference import Reference
from curate.lines import line_of


def reference_items(entries: Iterable[Entry], commit: str | None) -> Iterator[dict[str, Any]]:
    """Yield one CSL item a reference."""
    for entry in entries:
        if isinstance(entry.record, Reference):
            yield _item(entry, entry.record, commit)


def _item(entry: Entry, reference: Reference, commit: str | None) -> dict[str, Any]:
    source: dict[str, Any] = {
        "source_path": entry.path,
        "source_line": line_of(entry.document, ()),
    }
    if commit is not None:
        source["source_commit"] = commit
    item = {
        "id": reference.id,
        "type": "article-journal",
        "title": reference.title,
        "author": [_name(author) for author in reference.authors],
        "container-title": reference.journal,
        "volume": reference.volume,
        "issue": reference.issue,
        "page": reference.pages,
        "issued": _issued(reference),
        "DOI": reference.doi,
        "PMID": str(reference.pmid),
        "PMCID": reference.pmcid,
        "status": reference.publication_status,
        "accessed": _day(reference.retrieved),
        "custom": source,
    }
    return {key: value for key, value in item.items() if value}


_PERSON = re.compile(r"(?P<family>.+) (?P<given>[A-Z]{1,4})( (?P<suffix>Jr|Sr|2nd|3rd|4th))?")


def _name(author: str) -> dict[str, str]:
    """Take family name, initials and suffix apart; a name of another form is kept whole."""
    person = _PERSON.fullmatch(author)
    if person is None:
        return {"literal": author}
    return {part: text for part, text in person.groupdict().items() if text}


def _day(text: str | None) -> dict[str, Any] | None:
    """Return a date, as far as it is known, as CSL's parts of a date."""
    return {"date-parts": [[int(part) for part in text.split("-")]]} if text else None


def _issued(reference: Reference) -> dict[str, Any] | None:
    """Return the date as far as it is known."""
    if reference.published is not None:
        return _day(reference.published)
    return None if reference.year is None else {"date-parts": [[reference.year]]}
