"""References as CSL-JSON, which citation processors read."""

import re
from typing import Any

from curate.corpus import Entry
from curate.json_text import encode
from curate.kinds.reference import Reference
from curate.lines import line_of


def reference_item(entry: Entry) -> tuple[bytes, bytes]:
    """Return the CSL item of a reference on one line, before the place of the commit and after."""
    reference = entry.record
    assert isinstance(reference, Reference)  # noqa: S101 - others are no item
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
        "custom": {
            "source_path": entry.path,
            "source_line": line_of(entry.document, ()),
        },
    }
    text = encode({key: value for key, value in item.items() if value}, indent=None)
    return text.removesuffix(b"}}"), b"}}"


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
