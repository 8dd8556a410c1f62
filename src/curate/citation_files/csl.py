"""CSL-JSON (.json), as PubMed and reference managers write it. It says nothing of notices."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from curate.citation_files.entry import Entry, person
from curate.medline.identifiers import DOI, PMCID
from curate.medline.words import bare_title, one_line
from curate.refusal import Refusal
from curate.snapshot import Snapshot, snapshot

NAME: Final = "CSL-JSON"
SUFFIXES: Final = (".json", ".csl")

_NUMBER: Final = re.compile(r"[1-9][0-9]{0,7}")
_SAID: Final = re.compile(r"\b(?:pubmed|pmid): *([1-9][0-9]{0,7})\b", re.IGNORECASE)


def read(text: str) -> Iterator[Entry]:
    """Yield the entries; a file that is no list of CSL items is refused."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        why = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise Refusal(f"The file is no JSON: {why}.") from error
    items = [found] if isinstance(found, dict) else found
    if not isinstance(items, list) or not items or not all(isinstance(one, dict) for one in items):
        raise Refusal("The file is no list of CSL-JSON items.")
    for number, item in enumerate(items, 1):
        facts = _facts(item)
        title = str(facts.get("title", f"entry {number}"))
        yield Entry(title, facts, "\n".join([title, _text(item, "abstract") or ""]))


def _facts(item: Mapping[str, Any]) -> Snapshot:
    title = _text(item, "title")
    year, published = _issued(item.get("issued"))
    doi, pmcid = _text(item, "DOI") or "", _text(item, "PMCID") or ""
    return snapshot(
        {
            "title": title and bare_title(title),
            "pmid": _pmid(item),
            "doi": doi if DOI.fullmatch(doi) else None,
            "pmcid": pmcid if PMCID.fullmatch(pmcid) else None,
            "authors": [name for name in map(_name, _list(item.get("author"))) if name],
            "journal": _text(item, "container-title-short", "journalAbbreviation")
            or _text(item, "container-title"),
            "year": year,
            "published": published,
            "volume": _text(item, "volume"),
            "issue": _text(item, "issue"),
            "pages": _text(item, "page"),
        }
    )


def _pmid(item: Mapping[str, Any]) -> int | None:
    number = _text(item, "PMID") or ""
    if _NUMBER.fullmatch(number):
        return int(number)
    said = _SAID.search(f"{_text(item, 'id') or ''} {_text(item, 'note') or ''}")
    return int(said[1]) if said else None


def _name(author: Any) -> str:
    if not isinstance(author, dict):
        return ""
    literal = _text(author, "literal")
    if literal:
        return literal
    particles = (_text(author, key) for key in ("dropping-particle", "non-dropping-particle"))
    family = " ".join(part for part in (*particles, _text(author, "family")) if part)
    return person(family, _text(author, "given") or "", _text(author, "suffix") or "")


def _issued(issued: Any) -> tuple[int | None, str | None]:
    parts = _list(_list(issued.get("date-parts"))[:1]) if isinstance(issued, dict) else []
    figures = [str(part) for part in _list(parts[0] if parts else None)][:3]
    if not figures or not re.fullmatch(r"[12][0-9]{3}", figures[0]):
        return None, None
    rest = [part.zfill(2) for part in figures[1:] if re.fullmatch(r"[0-9]{1,2}", part)]
    return int(figures[0]), "-".join([figures[0], *rest])


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(item: Mapping[str, Any], *keys: str) -> str | None:
    """Return the first of these values on one line; a number as its text."""
    for key in keys:
        value = item.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return one_line(str(value))
    return None
