"""RIS (.ris), as PubMed and reference managers write it. It says nothing of notices."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from curate.citation_files.entry import Entry, date, person
from curate.medline.identifiers import DOI, PMCID
from curate.medline.words import bare_title, one_line
from curate.refusal import Refusal
from curate.snapshot import Snapshot, snapshot

NAME: Final = "RIS"
SUFFIXES: Final = (".ris",)

_BEGINS: Final = re.compile(r"^TY  ?- ", re.MULTILINE)
_ENDS: Final = re.compile(r"^ER  ?-[ ]*$", re.MULTILINE)
_IN_A_LINK: Final = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|/pubmed)/([1-9][0-9]{0,7})\b")
_IN_A_NOTE: Final = re.compile(r"\bPMID: *([1-9][0-9]{0,7})\b")


def read(text: str) -> Iterator[Entry]:
    """Yield the entries; a file without any, or one that breaks off, is refused."""
    import rispy  # type: ignore[import-untyped, unused-ignore] # noqa: PLC0415 - only who imports RIS waits for it

    begun, ended = len(_BEGINS.findall(text)), len(_ENDS.findall(text))
    if not begun:
        raise Refusal("The file holds no entry in RIS (TY  - …).")
    if begun != ended:
        raise Refusal(f"The file begins {begun} entries and ends {ended} (ER  -); is it whole?")
    for item in rispy.loads(text):
        facts = _facts(item)
        title = str(facts.get("title", "an entry without a title"))
        yield Entry(title, facts, "\n".join([title, str(item.get("abstract", ""))]))


def _facts(item: Mapping[str, Any]) -> Snapshot:
    year, published = date(_one(item, "date", "year", "publication_year") or "")
    pages = [page for key in ("start_page", "end_page") if (page := _one(item, key))]
    title = _one(item, "title", "primary_title")
    names = [*item.get("authors", ()), *item.get("first_authors", ())]
    return snapshot(
        {
            "title": title and bare_title(title),
            "pmid": _pmid(item),
            "doi": _fits(DOI, re.sub(r"^https?://(dx\.)?doi\.org/", "", _one(item, "doi") or "")),
            "pmcid": _fits(PMCID, _one(item, "custom2")),
            "authors": [_name(name) for name in names],
            "journal": _one(
                item,
                "alternate_title2",
                "alternate_title1",
                "journal_name",
                "secondary_title",
                "alternate_title3",
            ),
            "year": year,
            "published": published,
            "volume": _one(item, "volume"),
            "issue": _one(item, "number"),
            "pages": "-".join(dict.fromkeys(pages)),
        }
    )


def _pmid(item: Mapping[str, Any]) -> int | None:
    """Return the PMID where the entry says that it is one: other data banks have numbers too."""
    number = _one(item, "accession_number") or ""
    bank = (_one(item, "name_of_database") or "").casefold()
    if re.fullmatch(r"[1-9][0-9]{0,7}", number) and bank in {"pubmed", "medline"}:
        return int(number)
    links = " ".join([*item.get("urls", ()), *item.get("link", ()), _one(item, "url") or ""])
    notes = " ".join(item.get("notes", ()))
    found = _IN_A_LINK.search(links) or _IN_A_NOTE.search(notes)
    return int(found[1]) if found else None


def _name(text: str) -> str:
    family, _, rest = text.partition(",")
    given, _, suffix = rest.partition(",")
    return person(family, given, suffix)


def _one(item: Mapping[str, Any], *keys: str) -> str | None:
    values = (item.get(key) for key in keys)
    return next((one_line(value) for value in values if isinstance(value, str) and value), None)


def _fits(pattern: re.Pattern[str], text: str | None) -> str | None:
    return text if text and pattern.fullmatch(text) else None
