"""PubMed's own export, the MEDLINE format (.nbib): what it says of notices is kept."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from curate.citation_files.entry import Entry
from curate.medline.identifiers import DOI, PMCID
from curate.medline.notices import of_its_own_words, said_of
from curate.medline.words import bare_title, month_and_day, one_line
from curate.refusal import Refusal
from curate.snapshot import Snapshot, publication_status, snapshot

NAME: Final = "PubMed's MEDLINE format"
SUFFIXES: Final = (".nbib", ".medline")

_LINE: Final = re.compile(r"([A-Z][A-Z0-9]{0,3}) *- (.*)")
_ABOUT_THIS: Final = {
    "RIN": "retraction",
    "PRIN": "retraction",
    "ECI": "expression-of-concern",
    "EIN": "erratum",
    "RRI": "retracted-and-republished",
    "CRI": "corrected-and-republished",
    "RPI": "corrected-and-republished",
    "UIN": "update",
}
_ABOUT_ANOTHER: Final = {
    "ROF": "retraction",
    "PROF": "retraction",
    "ECF": "expression-of-concern",
    "EFR": "erratum",
}
_PMID: Final = re.compile(r"PMID: *([1-9][0-9]{0,7})\b")

Fields = Mapping[str, list[str]]


def read(text: str) -> Iterator[Entry]:
    """Yield the entries; a file without any is refused."""
    entries = list(_entries(text))
    if not entries:
        raise Refusal("The file holds no entry in PubMed's MEDLINE format (PMID- …).")
    for fields in entries:
        facts = _facts(fields)
        name = facts.get("title") or f"PMID {facts.get('pmid')}"
        abstract = [*fields["TI"], *fields["TT"], *fields["AB"]]
        yield Entry(name, facts, "\n".join(abstract))


def _entries(text: str) -> Iterator[Fields]:
    """Take the file apart: an entry is lines `TAG - text`, an indented line goes on."""
    fields: defaultdict[str, list[str]] = defaultdict(list)
    tag = ""
    for line in [*text.split("\n"), "PMID- "]:
        found = _LINE.match(line)
        if found is not None:
            tag = found[1]
            if tag == "PMID" and fields:
                yield fields
                fields = defaultdict(list)
            fields[tag].append(found[2].strip())
        elif line.startswith(" ") and fields[tag]:
            # The line end is kept, for the sake of words with a hyphen at it.
            fields[tag][-1] += "\n" + line.strip()


def _facts(fields: Fields) -> Snapshot:
    types = [one_line(text) for text in fields["PT"]]
    found = list(_notices(fields, _ABOUT_THIS))
    year, published = _date(fields)
    pmid = _first(fields, "PMID") or ""
    return snapshot(
        {
            "title": _title(fields, "TI") or _title(fields, "BTI"),
            "title_in_original": _title(fields, "TT"),
            "pmid": int(pmid) if re.fullmatch(r"[1-9][0-9]{0,7}", pmid) else None,
            "doi": _doi(fields),
            "pmcid": next((one for one in fields["PMC"] if PMCID.fullmatch(one)), None),
            "authors": [one_line(name) for name in (*fields["AU"], *fields["CN"])],
            "journal": _first(fields, "TA") or _first(fields, "JT") or _title(fields, "BTI"),
            "year": year,
            "published": published,
            "volume": _first(fields, "VI"),
            "issue": _first(fields, "IP"),
            "pages": _first(fields, "PG"),
            "publication_types": types,
            "publication_status": publication_status(found, types),
            "notices": found,
            "notice_of": [
                {name: value for name, value in notice.items() if name != "doi"}
                for notice in _notices(fields, _ABOUT_ANOTHER)
            ]
            or of_its_own_words(types),
            "registrations": list(dict.fromkeys(_registrations(fields))),
            "revised": _revised(_first(fields, "LR")),
        }
    )


def _first(fields: Fields, tag: str) -> str | None:
    return next((one_line(text) for text in fields[tag] if text), None)


def _title(fields: Fields, tag: str) -> str | None:
    text = _first(fields, tag)
    return None if text is None else bare_title(text)


def _doi(fields: Fields) -> str | None:
    marked = (text.removesuffix("[doi]").strip() for text in (*fields["LID"], *fields["AID"]))
    return next((text for text in marked if DOI.fullmatch(text)), None)


def _date(fields: Fields) -> tuple[int | None, str | None]:
    """Read a date such as `2019 Jan 22` or `1998 Dec-1999 Jan`."""
    year, *rest = [*(_first(fields, "DP") or "").split(), ""][:3]
    if not re.fullmatch(r"[12][0-9]{3}", year):
        return None, None
    month, day = [*rest, None, None][:2]
    known = month is not None and "-" not in month
    return int(year), "-".join([year, *month_and_day(month if known else None, day)])


def _revised(text: str | None) -> str | None:
    found = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", text or "")
    return "-".join(found.groups()) if found else None


def _notices(fields: Fields, tags: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for tag, type_ in tags.items():
        for text in fields[tag]:
            pmid = _PMID.search(text)
            yield said_of(type_, one_line(text), int(pmid[1]) if pmid else None)


def _registrations(fields: Fields) -> Iterator[str]:
    for text in fields["SI"]:
        number = text.rpartition("/")[2].strip()
        if re.fullmatch(r"NCT[0-9]{8}|ISRCTN[0-9]{8}", number):
            yield number
