"""One entry of a file of citations, and how names and dates are brought into PubMed's form."""

import re
from typing import Final, NamedTuple

from curate.medline.words import one_line
from curate.snapshot import Snapshot

_GIVEN: Final = re.compile(r"[\s.\-‐]+")  # noqa: RUF001 - a hyphen of its own
_DATE: Final = re.compile(r"([12][0-9]{3})(?:[-/ ]([0-9]{1,2}))?(?:[-/ ]([0-9]{1,2}))?")


class Entry(NamedTuple):
    """What an entry says; without a PMID it is of no paper that PubMed knows."""

    name: str
    """How the user can find the entry: its title, or its number in the file."""
    facts: Snapshot
    text: str = ""
    """Title and abstract, for looking up quotations; kept in no record."""

    @property
    def pmid(self) -> int | None:
        """The PMID that the entry gives."""
        pmid: int | None = self.facts.get("pmid")
        return pmid


def person(family: str, given: str = "", suffix: str = "") -> str:
    """Write a name as PubMed does: `Horisawa S`, `van der Berg AB Jr`."""
    initials = "".join(part[0].upper() for part in _GIVEN.split(given) if part)
    parts = (one_line(family), initials, one_line(suffix).rstrip("."))
    return " ".join(part for part in parts if part)


def date(text: str) -> tuple[int | None, str | None]:
    """Return the year and, as far as it is known, the date of a text such as 2019/01/22."""
    found = _DATE.match(text.strip())
    if found is None:
        return None, None
    parts = [found[1], *(part.zfill(2) for part in found.groups()[1:] if part and int(part))]
    return int(found[1]), "-".join(parts)
